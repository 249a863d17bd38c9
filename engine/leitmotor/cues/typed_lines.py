"""Lines of standard input as a cue source, where it is no terminal."""

from __future__ import annotations

import codecs
import os

LONGEST_LINE = 4096
"""Characters; the rest of a longer line is dropped."""


class LineReader:
    """Turns bytes into lines, however they are cut into pieces.

    Thread: one; never blocks.
    """

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""

    def feed(self, data: bytes) -> tuple[str, ...]:
        """The lines that end within these bytes, blanks around them and empty ones left out."""
        *lines, rest = (self._rest + self._decoder.decode(data)).split("\n")
        self._rest = rest[:LONGEST_LINE]
        return tuple(line[:LONGEST_LINE].strip() for line in lines if line.strip())

    def end(self) -> tuple[str, ...]:
        """The last line, where it lacks its end."""
        return self.feed(b"\n")


class InputLines:
    """The lines that arrive at a file descriptor.

    Thread: one of its own, since `read` waits. The descriptor is read directly: a thread that
    waits inside a Python file object keeps the interpreter from ending.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._lines = LineReader()
        self._ended = False

    def read(self) -> tuple[str, ...]:
        """The next lines, when there are any. EOFError after the last one."""
        while not self._ended:
            try:
                data = os.read(self._descriptor, 65536)
            except OSError:
                data = b""
            self._ended = not data
            lines = self._lines.feed(data) if data else self._lines.end()
            if lines:
                return lines
        raise EOFError("no more lines")
