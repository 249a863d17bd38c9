"""The operator's keyboard, key by key. The terminal is put back as it was, whatever happens."""

from __future__ import annotations

import sys
from typing import Protocol

from leitmotor.music.time import Seconds


class Keyboard(Protocol):
    """Keys by name, while it is entered as a context.

    Thread: one of its own, since `read` waits.
    """

    def __enter__(self) -> Keyboard: ...

    def __exit__(self, *_: object) -> None: ...

    def read(self, timeout: Seconds) -> tuple[str, ...]:
        """The keys pressed, at the latest after `timeout`. EOFError once the terminal is gone."""
        ...


def keyboard() -> Keyboard:
    """The keyboard of the terminal that stands on standard input."""
    if sys.platform == "win32":
        from leitmotor.cues.windows_keyboard import WindowsKeyboard

        return WindowsKeyboard()
    from leitmotor.cues.posix_keyboard import PosixKeyboard

    return PosixKeyboard(sys.stdin.fileno())
