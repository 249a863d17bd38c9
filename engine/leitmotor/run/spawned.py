"""A process of our own that talks over a pipe, started with as little ado as possible."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from types import ModuleType


def spawned(target: Callable[[Connection], None], name: str) -> tuple[SpawnProcess, Connection]:
    """Start `target`, a function of a module, in a new process; our end of its pipe.

    Thread: any; from the main thread, Ctrl-C is kept away from the child. Blocks for a few ms.
    OSError where no process can be had.
    """
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=True)
    process = context.Process(target=target, args=(theirs,), name=name, daemon=True)
    try:
        with _nobody_imported(), _interrupts_kept_away():
            process.start()
    except BaseException:
        ours.close()
        raise
    finally:
        theirs.close()
    return process, ours


@contextmanager
def _nobody_imported() -> Iterator[None]:
    """Hide the program's main module: spawn would run it again in the child, imports and all."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def _interrupts_kept_away() -> Iterator[None]:
    """A child that is born deaf to Ctrl-C leaves it to its parent from its first instant on."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        with suppress(ValueError, TypeError):
            signal.signal(signal.SIGINT, before)
