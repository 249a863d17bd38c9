"""Bar lines are a check, not a meaning: each bar is measured against the metre (T1)."""

from __future__ import annotations

from fractions import Fraction

from leitmotor.music.metre import Metre
from leitmotor.music.time import Ticks


class BarCheck:
    """Measures a text from bar line to bar line. Positions are ticks from the first full bar."""

    __slots__ = ("_first", "_metre", "_pickup", "_since", "_sure", "_written", "lines")

    def __init__(self, metre: Metre, pickup: Ticks) -> None:
        self.lines: list[Ticks] = []
        self._metre = metre
        self._pickup = pickup
        self._since: Ticks = -pickup
        self._first = True
        self._sure = True
        self._written = False  # texts without any bar line are not checked

    def distrust(self) -> None:
        """Something in this bar was not understood, so its length proves nothing."""
        self._sure = False

    def bar_line(self, now: Ticks) -> str:
        """A `|` stands at `now`. Returns what is wrong with the bar it ends, or ""."""
        if now != self._since:
            return self._line(now)
        if self._first or not self._sure:
            return ""
        return "there is nothing between these bar lines: take one away, or write a rest (rw)"

    def line_end(self, now: Ticks) -> str:
        """A line of the text ends at `now`; it may have been closed by a `|` already."""
        return self._line(now) if now != self._since else ""

    def final_line(self) -> None:
        """The last token of the text is a `|`; what it closes is measured by `end`."""
        self._written = True

    def end(self, now: Ticks) -> str:
        """The text ends at `now`: its last bar may be short by the pickup."""
        held, bar = now - self._since, self._metre.bar
        if not self._written or not self._sure or held in (0, bar, bar - self._pickup):
            return ""
        if self._first and self._pickup:
            return self._pickup_fault(held)
        told = self._holds("the last bar", held)
        if self._pickup:
            told += f", or {self._count(bar - self._pickup)} where the pickup is missing"
        return told + self._difference(held)

    def _line(self, now: Ticks) -> str:
        held, first, sure = now - self._since, self._first, self._sure
        self.lines.append(now)
        self._since, self._first, self._sure, self._written = now, False, True, True
        if not sure:
            return ""
        if first and self._pickup:
            return self._pickup_fault(held)
        if held == self._metre.bar:
            return ""
        told = self._holds("bar", held)
        if first and held < self._metre.bar:
            return f"{told}; is this an upbeat? add `pickup: {self._beats(held)}`"
        return told + self._difference(held)

    def _pickup_fault(self, held: Ticks) -> str:
        if held == self._pickup:
            return ""
        if held == self._pickup + self._metre.bar:
            return f"`pickup` says {self._beats(self._pickup)}: write | after the upbeat"
        return (
            f"the upbeat holds {self._beats(held)}, `pickup` says {self._beats(self._pickup)}; "
            f"write `pickup: {self._beats(held)}` or change the notes before this bar line"
        )

    def _holds(self, what: str, held: Ticks) -> str:
        full = _amount(Fraction(self._metre.bar, self._unit))
        return f"{what} holds {self._count(held)}, the metre {self._metre} says {full}"

    def _difference(self, held: Ticks) -> str:
        missing = self._metre.bar - held
        if missing > 0:
            return f": {self._count(missing)} missing"
        return f": {self._count(-missing)} too many"

    @property
    def _unit(self) -> Ticks:
        """What is counted: beats, but eighths where a beat is a dotted quarter (6/8, 9/8, 12/8)."""
        return self._metre.unit

    def _count(self, ticks: Ticks) -> str:
        word = "beat" if self._unit == self._metre.beat else "eighth"
        return _counted(Fraction(ticks, self._unit), word)

    def _beats(self, ticks: Ticks) -> str:
        return _counted(Fraction(ticks, self._metre.beat), "beat")


def _counted(amount: Fraction, word: str) -> str:
    return f"{_amount(amount)} {word if amount <= 1 else word + 's'}"


def _amount(amount: Fraction) -> str:
    """As people write it: 3, 2.5, 1/3, 2 1/3."""
    if 8 % amount.denominator == 0:
        return f"{float(amount):g}"
    whole, part = divmod(amount, 1)
    return f"{whole} {part}" if whole else f"{part}"
