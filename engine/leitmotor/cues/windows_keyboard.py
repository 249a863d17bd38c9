"""The keyboard of a Windows console."""

from __future__ import annotations

import msvcrt
import sys
import time

from leitmotor.cues.key_names import named, windows_named
from leitmotor.music.time import Seconds

assert sys.platform == "win32"  # lets type checkers skip what follows anywhere else

_POLL: Seconds = 0.01


class WindowsKeyboard:
    """The console of Windows, which has no way to wait for a key and a time together.

    Thread: one of its own, since `read` waits.
    """

    def __enter__(self) -> WindowsKeyboard:
        return self

    def __exit__(self, *_: object) -> None:
        pass  # nothing was changed

    def read(self, timeout: Seconds) -> tuple[str, ...]:
        """The keys pressed, at the latest after `timeout`."""
        end = time.monotonic() + timeout
        while not msvcrt.kbhit():
            if time.monotonic() >= end:
                return ()
            time.sleep(_POLL)
        character = msvcrt.getwch()
        if character in "\x00\xe0":
            key = windows_named(msvcrt.getwch())
            return (key,) if key else ()
        return (named(character),)
