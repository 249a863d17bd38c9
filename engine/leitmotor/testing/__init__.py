"""The public test kit: what a third-party output proves itself with."""
