"""Where the operator's keys and lines come from, each source in a thread of its own."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum

from leitmotor.commands.operator import Operator
from leitmotor.cues.keyboard import Keyboard, keyboard
from leitmotor.cues.typed_lines import InputLines
from leitmotor.music.time import Seconds

_LOOK: Seconds = 0.1
"""How often the thread at the keyboard looks whether all is over."""


class Source(Enum):
    """What standard input is."""

    KEYS = "a terminal"
    LINES = "a file or pipe"
    NOTHING = "closed, or a terminal that others use"


def source_of_input() -> Source:
    """What the operator can type on."""
    try:
        descriptor = sys.stdin.fileno()
    except (AttributeError, OSError, ValueError):
        return Source.NOTHING
    if not os.isatty(descriptor):
        return Source.LINES
    return Source.KEYS if _is_ours(descriptor) else Source.NOTHING


def _is_ours(terminal: int) -> bool:
    """Whether we may read it: in the background, that would stop the whole performance."""
    if sys.platform == "win32":
        return True
    try:
        return os.tcgetpgrp(terminal) == os.getpgrp()
    except OSError:
        return False  # a terminal, but not the one that controls us


@contextmanager
def listening(
    source: Source, operator: Operator, ended: Callable[[], None] = lambda: None
) -> Iterator[None]:
    """Give `operator` what is typed, from another thread, for the length of a `with`.

    `ended` is called in that thread where nothing more can come.
    """
    over = threading.Event()
    if source is Source.KEYS:
        with keyboard() as keys:
            thread = _started(_read_keys, keys, operator, over, ended)
            try:
                yield
            finally:
                over.set()
                thread.join()
    elif source is Source.LINES:
        # Nobody waits for this thread: it may hang in its read until the process ends.
        _started(_read_lines, InputLines(sys.stdin.fileno()), operator, over, ended)
        try:
            yield
        finally:
            over.set()
    else:
        yield


def _started(target: Callable[..., None], *arguments: object) -> threading.Thread:
    thread = threading.Thread(
        target=target,
        args=arguments,
        name="leitmotor input",
        daemon=True,
    )
    thread.start()
    return thread


def _read_keys(
    keys: Keyboard, operator: Operator, over: threading.Event, ended: Callable[[], None]
) -> None:
    try:
        while not over.is_set():
            for key in keys.read(_LOOK):
                operator.key(key)
    except EOFError:
        ended()


def _read_lines(
    lines: InputLines, operator: Operator, over: threading.Event, ended: Callable[[], None]
) -> None:
    try:
        while not over.is_set():
            for line in lines.read():
                operator.line(line)
    except EOFError:
        # The end of the lines is not the end of the show: what plays goes on.
        ended()
