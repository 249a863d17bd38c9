"""What strangers sent and nobody could use: counted by kind and source, told in few lines."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from leitmotor.music.time import Seconds

MOST_KEYS = 512
"""Kinds and sources that are told apart; what comes beyond is counted under `OTHERS`."""

OTHERS = "others"

TOLD_EVERY: Seconds = 10.0
"""A kind of fault of one source is told at most so often."""

MOST_LINES = 10
"""So many lines a second are told at most, whatever happens."""

_LONGEST = 160


def escaped(text: str) -> str:
    """The text in printable ASCII, cut to a length that fits a line."""
    shown = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."
    return "".join(c if " " <= c <= "~" else ascii(c)[1:-1] for c in shown)


@dataclass(slots=True)
class _Told:
    at: Seconds
    since: int = 0  # how often it has happened since it was told


class FaultTally:
    """Counts faults, and says when one is worth a line.

    Thread: one at a time; never blocks; its memory is bounded.
    """

    def __init__(self, wire: str) -> None:
        """`wire` is the word that lines begin with: `osc`."""
        self._wire = wire
        self._told: dict[tuple[str, str], _Told] = {}
        self._second: tuple[int, int] = (-1, 0)  # and the lines told in it
        self.counts: Counter[str] = Counter()
        """How often, by kind."""

    def note(self, kind: str, source: str, text: str, now: Seconds, times: int = 1) -> str:
        """Count a fault; a line that tells it, or nothing where it was told a moment ago.

        `now` is seconds on any clock that only goes forward.
        """
        self.counts[kind] += times
        key = (kind, source)
        told = self._told.get(key)
        if told is None:
            if len(self._told) >= MOST_KEYS:
                key = (kind, OTHERS)
            told = self._told.setdefault(key, _Told(now - TOLD_EVERY))
        told.since += times
        if now - told.at < TOLD_EVERY or not self._may_speak(now):
            return ""
        again = f" ({told.since} times)" if told.since > 1 else ""
        told.at, told.since = now, 0
        return f"{self._wire} from {escaped(source)}: {kind}: {escaped(text)}{again}"

    def _may_speak(self, now: Seconds) -> bool:
        second, lines = self._second
        lines = lines + 1 if second == int(now) else 1
        self._second = (int(now), lines)
        return lines <= MOST_LINES
