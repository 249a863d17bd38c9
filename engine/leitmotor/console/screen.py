"""The frames of the live display on a terminal, each drawn over the one before."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TextIO

from leitmotor.console.picture import SMALLEST

_UP, _CLEAR_LINE, _CLEAR_BELOW = "\x1b[{}A", "\x1b[K", "\x1b[J"
_HIDE_CURSOR, _SHOW_CURSOR = "\x1b[?25l", "\x1b[?25h"
_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"


class Screen:
    """Draws below what stands on the terminal already; the last frame stays when it is closed.

    Thread: one. A terminal that takes no more blocks `show`: that is why it is in the parent
    process, where no note waits for it.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._shown: tuple[str, ...] = ()
        self._begun = False

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows to draw in. The last row stays free for the cursor."""
        columns, rows = shutil.get_terminal_size()
        return max(columns - 1, SMALLEST[0]), max(rows - 1, SMALLEST[1])

    def show(self, lines: Sequence[str]) -> None:
        """Draw a frame, unless it is the one that stands there."""
        frame = tuple(lines)
        if frame == self._shown and self._begun:
            return
        start = "" if self._begun else self._start()
        back = _UP.format(len(self._shown)) if self._shown else ""
        body = "".join(
            f"{_BOLD}{line}{_PLAIN}{_CLEAR_LINE}\n" if number == 0 else f"{line}{_CLEAR_LINE}\n"
            for number, line in enumerate(frame)
        )
        # One write, so that no half frame is ever seen.
        self._write(f"{start}\r{back}{body}{_CLEAR_BELOW}")
        self._shown = frame

    def close(self) -> None:
        """Give the cursor back."""
        if self._begun:
            self._begun = False
            self._write(_SHOW_CURSOR)

    def _write(self, text: str) -> None:
        # The window may be closed; the music goes on.
        with suppress(OSError):
            self._stream.write(text)
            self._stream.flush()

    def _start(self) -> str:
        self._begun = True
        if sys.platform == "win32":
            os.system("")  # lets a Windows console understand what follows
        return _HIDE_CURSOR
