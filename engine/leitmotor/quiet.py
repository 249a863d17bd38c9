"""Silence for C libraries that print what a caller has long been told by an exception."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_ERROR_STREAM = 2


@contextmanager
def quiet_libraries() -> Iterator[None]:
    """Drop what is printed on the error stream: ALSA and JACK tell every failed attempt there.

    Thread: the whole process is silenced meanwhile, so keep it short.
    """
    try:
        kept = os.dup(_ERROR_STREAM)
    except OSError:  # no error stream at all: nothing to drop
        yield
        return
    try:
        if sys.stderr is not None:
            sys.stderr.flush()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, _ERROR_STREAM)
        os.close(nowhere)
        yield
    finally:
        os.dup2(kept, _ERROR_STREAM)
        os.close(kept)
