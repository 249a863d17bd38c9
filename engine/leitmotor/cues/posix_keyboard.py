"""The keyboard of a terminal on Linux and macOS."""

from __future__ import annotations

import contextlib
import os
import select
import termios
from typing import Any, TypeAlias

from leitmotor.cues.key_names import KeyReader
from leitmotor.music.time import Seconds

_ESCAPE_PAUSE: Seconds = 0.03
"""A terminal sends the rest of an arrow key at once; a person does not."""

_Attributes: TypeAlias = list[Any]  # as `termios` gives them


class PosixKeyboard:
    """A terminal that hands over each key at once and shows none of them.

    Ctrl-C stays what it is. Ctrl-Z and Ctrl-\\ become keys: to suspend the performance with
    notes sounding is never what was meant.

    Thread: one of its own, since `read` waits.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._before: _Attributes | None = None
        self._keys = KeyReader()
        self._half = False

    def __enter__(self) -> PosixKeyboard:
        self._before = termios.tcgetattr(self._descriptor)
        mode = termios.tcgetattr(self._descriptor)
        mode[0] &= ~(termios.IXON | termios.ICRNL)
        mode[3] &= ~(termios.ICANON | termios.ECHO)
        controls = list(mode[6])
        for control in (termios.VSUSP, termios.VQUIT):
            controls[control] = b"\x00"
        controls[termios.VMIN], controls[termios.VTIME] = 1, 0
        mode[6] = controls
        termios.tcsetattr(self._descriptor, termios.TCSANOW, mode)
        return self

    def __exit__(self, *_: object) -> None:
        if self._before is not None:
            with contextlib.suppress(termios.error):  # the window may have been closed
                termios.tcsetattr(self._descriptor, termios.TCSANOW, self._before)
            self._before = None

    def read(self, timeout: Seconds) -> tuple[str, ...]:
        """The keys pressed, at the latest after `timeout`. EOFError once it is gone."""
        wait = _ESCAPE_PAUSE if self._half else timeout
        ready, _, _ = select.select([self._descriptor], [], [], wait)
        if not ready:
            half, self._half = self._half, False
            return self._keys.pause() if half else ()
        try:
            data = os.read(self._descriptor, 1024)
        except OSError:
            data = b""
        if not data:
            raise EOFError("the terminal is gone")
        keys = self._keys.feed(data)
        self._half = self._keys.waiting
        return keys
