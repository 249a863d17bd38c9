"""Measurements of leitmotor. How to run them: bench/README.md."""
