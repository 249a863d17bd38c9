"""What went wrong, in a sentence for whoever can put it right, and the exit code that says who."""

from __future__ import annotations

import os
import sys
import traceback

from leitmotor.errors import InternalError, LeitmotorError, ScoreError

TRACEBACK = "LEITMOTOR_TRACEBACK"
"""The environment variable that shows where in leitmotor an unexpected error arose."""

INTERRUPTED = 130
"""As shells count an end by Ctrl-C."""

_EQUIPMENT = 3


def explained(error: BaseException) -> int:
    """Say on the error stream what went wrong. The exit code."""
    if isinstance(error, KeyboardInterrupt):
        return INTERRUPTED
    if isinstance(error, BrokenPipeError):
        # Whoever read us has seen enough; Python must not complain once more when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    if isinstance(error, ScoreError):
        _say("\n".join(map(str, error.problems)))
        return error.exit_code
    if isinstance(error, LeitmotorError) and not isinstance(error, InternalError):
        _say(f"leitmotor: {error}")
        return error.exit_code
    if isinstance(error, OSError) and error.filename is not None:
        reason = (error.strerror or str(error)).lower()
        _say(f"leitmotor: {error.filename}: {reason}; see whether the place exists and is yours")
        return _EQUIPMENT
    return _ours(error)


def _ours(error: BaseException) -> int:
    if os.environ.get(TRACEBACK) == "1":
        _say("".join(traceback.format_exception(error)))
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    _say(
        f"leitmotor: this is a fault of leitmotor, not yours ({what}). Please report it with the"
        f" score and the command; set {TRACEBACK}=1 and run it again to see where it arose."
    )
    return InternalError.exit_code


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
