"""`python -m leitmotor` is the command `leitmotor`."""

from __future__ import annotations

from leitmotor.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
