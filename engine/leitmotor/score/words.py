"""A reader over the words of a verb text."""

from __future__ import annotations

import re

from leitmotor.music.length import Boundary, Grid, Length
from leitmotor.score.names import Names, is_capture, longest_name, unknown_name
from leitmotor.score.units import parse_boundary, parse_dynamic, parse_length

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
# Words that end a name nobody has declared, so that its error quotes the name alone.
_AFTER_A_NAME = frozenset(
    ["=", "&", "as", "at", "back", "evenly", "for", "from", "geometric", "in", "on", "out", "over"]
) | frozenset(["quietly", "then", "to", "until", "via", "wait", "with"])


class Words:
    """The words of a text, read from left to right. Methods raise `ValueError` on mistakes."""

    __slots__ = ("_at", "_words", "names")

    def __init__(self, text: str, names: Names) -> None:
        self._words = tuple(text.replace("=", " = ").split())
        self._at = 0
        self.names = names

    @property
    def rest(self) -> tuple[str, ...]:
        """The words not yet read."""
        return self._words[self._at :]

    def peek(self) -> str:
        """The next word, empty at the end."""
        return self._words[self._at] if self._at < len(self._words) else ""

    def take(self, wanted: str) -> str:
        """The next word; `wanted` says what should stand there."""
        word = self.peek()
        if not word:
            raise ValueError(f'{wanted} is missing at the end of "{" ".join(self._words)}"')
        self._at += 1
        return word

    def accept(self, *words: str) -> bool:
        """Reads `words` where they come next."""
        end = self._at + len(words)
        if self._words[self._at : end] != words:
            return False
        self._at = end
        return True

    def need(self, word: str, form: str) -> None:
        """Reads `word`, which the `form` of the verb demands."""
        if not self.accept(word):
            came = f', not "{self.peek()}"' if self.peek() else ""
            raise ValueError(f'"{word}" must come here{came}; write {form}')

    def until(self, wanted: str, stops: frozenset[str]) -> str:
        """At least one word, and all up to the first that is in `stops`."""
        taken = [self.take(wanted)]
        while self.peek() and self.peek() not in stops:
            taken.append(self.take(wanted))
        return " ".join(taken)

    def everything(self, wanted: str) -> str:
        """All that is left, at least one word."""
        return self.until(wanted, frozenset())

    def name(self, *kinds: str) -> str:
        """A declared name of one of these kinds (longest first), or a capture (`$1`)."""
        return self.name_of(self.names.of(*kinds), kinds)

    def name_of(self, sets: tuple[frozenset[str], ...], kinds: tuple[str, ...]) -> str:
        """A name out of these sets; `kinds` says what it names."""
        if is_capture(self.peek()):
            return self.take("")
        name, count = longest_name(self.rest, sets) if self.peek() else ("", 0)
        if count:
            self._at += count
            return name
        from_here = self.until(f"the name of a {kinds[0].removesuffix('s')}", _AFTER_A_NAME)
        raise ValueError(unknown_name(from_here, kinds, frozenset().union(*sets)))

    def length(self) -> Length:
        """A length in words: `2 bars`, `1.5 s`."""
        amount = self.take("a length such as 2 bars")
        unit = self.peek()
        if unit and amount[-1].isdecimal() and unit[0].isalpha() and unit not in _AFTER_A_NAME:
            amount = f"{amount} {self.take('')}"
        return parse_length(amount)

    def boundary(self) -> Boundary:
        """A boundary: `now`, `next bar`, `next 4 bars`, `next phrase`, `end`, `marker X`."""
        if self.accept("marker"):
            return Boundary(Grid.MARKER, marker=self.name("marks"))
        text = self.take("a boundary such as next bar")
        if text == "next":
            text = f"{text} {self.take('beat, bar, phrase or a number of bars')}"
            if text[5:].isdecimal():
                text = f"{text} {self.take('bars')}"
        return parse_boundary(text)

    def dynamic(self) -> int:
        """A dynamic mark as its step, ppp 0 … fff 7."""
        return parse_dynamic(self.take("a dynamic such as mf"))

    def number(self, wanted: str) -> float:
        """A plain number."""
        word = self.take(wanted)
        if not _NUMBER.fullmatch(word):
            raise ValueError(f'{wanted} must come here, not "{word}"')
        return float(word)

    def end(self, verb: str, may_follow: tuple[str, ...]) -> None:
        """Nothing may be left; `may_follow` are the forms that could have."""
        if not self.peek():
            return
        left = " ".join(self.rest)
        hint = f"what may follow is {', '.join(may_follow)}"
        first, _, rest = left.partition(" ")
        played = "with INSTRUMENT" in may_follow and rest in self.names.instruments
        if played and first in ("on", "by", "for"):
            hint = f"{hint}; write with {rest}"
        raise ValueError(f'"{left}" is not understood after "{verb}"; {hint}')
