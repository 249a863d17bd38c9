"""The line for cue names and verbs: keys go in, what is to be done comes out. No terminal in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from leitmotor.records import record

Complete: TypeAlias = Callable[[str], Sequence[str]]
"""The whole lines that a text could become."""

LONGEST_LINE = 500
"""Characters; what is pasted beyond them is dropped."""


@record
class Pressed:
    """A key that means itself."""

    key: str


@record
class Entered:
    """A line was finished with Enter."""

    text: str


@record
class Next:
    """Enter outside of a line: GO."""


@record
class Help:
    """`?`: the score's own keys are asked for."""


Action: TypeAlias = Pressed | Entered | Next | Help


class LineEditor:
    """Keys as they are named by the keyboard; between `:` and Enter or Escape they make a line."""

    def __init__(self, complete: Complete) -> None:
        self._complete = complete
        self._before: list[str] = []
        self._recalled = 0
        self.line: str | None = None
        """What has been typed so far; None while no line is open."""
        self.candidates: tuple[str, ...] = ()
        """What Tab found, where it found several."""

    def feed(self, key: str) -> Action | None:
        """Take a key in. What is to be done, or None where it only changed the line."""
        if self.line is not None:
            return self._edit(self.line, key)
        if key == ":":
            self.line, self._recalled = "", len(self._before)
            return None
        if key == "enter":
            return Next()
        return Help() if key == "?" else Pressed(key)

    def _edit(self, line: str, key: str) -> Action | None:
        self.candidates = ()
        if key == "enter":
            return self._finish(line)
        if key == "escape" or (key == "backspace" and not line):
            self.line = None
        elif key == "backspace":
            self.line = line[:-1]
        elif key == "ctrl-u":
            self.line = ""
        elif key == "ctrl-w":
            self.line = line.rstrip()[: line.rstrip().rfind(" ") + 1]
        elif key == "tab":
            self._extend(line)
        elif key in ("up", "down"):
            self._recall(-1 if key == "up" else 1)
        else:
            character = " " if key == "space" else key
            if len(character) == 1 and len(line) < LONGEST_LINE:
                self.line = line + character
        return None

    def _finish(self, line: str) -> Action | None:
        self.line = None
        text = " ".join(line.split())
        if not text:
            return None
        self._before.append(text)
        return Entered(text)

    def _extend(self, line: str) -> None:
        found = tuple(self._complete(line))
        if len(found) == 1:
            self.line = found[0] + " "
        elif found:
            self.candidates = found
            self.line = max(line, _common_start(found), key=len)

    def _recall(self, step: int) -> None:
        self._recalled = min(max(self._recalled + step, 0), len(self._before))
        at_end = self._recalled == len(self._before)
        self.line = "" if at_end else self._before[self._recalled]


def _common_start(texts: Sequence[str]) -> str:
    shortest, longest = min(texts), max(texts)
    for place, character in enumerate(shortest):
        if longest[place : place + 1] != character:
            return shortest[:place]
    return shortest
