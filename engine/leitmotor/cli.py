"""The command `leitmotor`."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper


def main() -> int:
    """Run the command with the arguments of the process; its exit code."""
    # Blocks of sound are small: threads of the linear algebra would only wait for each other.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Not at the top: the performer process imports this module and plays no command.
    from leitmotor.commands.app import app

    for stream in (sys.stdout, sys.stderr):
        # Titles may hold characters that the terminal cannot show.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        app(prog_name="leitmotor")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0
