"""Measurements of leitmotor. Each program prints a table and one line of JSON; see bench/README.md."""
