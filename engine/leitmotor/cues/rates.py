"""How much a source on the network may say: bursts are fine, and no flood starves the others.

Every source has a bucket of its own, and a small share of it is always honoured. What goes beyond
the share also needs a token of the bucket for all. Sources nobody has heard of before are let in at
a slow pace, so that a flood under thousands of false names takes no place from known ones.
"""

from __future__ import annotations

from dataclasses import dataclass

from leitmotor.music.time import Seconds


@dataclass(frozen=True, slots=True)
class Rate:
    """So many at once, and so many a second after that."""

    burst: int
    per_second: float


EACH = Rate(200, 500.0)
"""Messages of one source."""

SHARE = Rate(50, 50.0)
"""Of these, what a source may always say, however much the others do."""

ALL = Rate(1000, 5000.0)
"""Messages of all sources together, their shares not counted."""

NEWCOMERS = Rate(64, 32.0)
"""Sources that have not been heard before."""

MOST_SOURCES = 256
"""Sources that are remembered."""


class Bucket:
    """Tokens that are taken, and come back with the time.

    Thread: one at a time; never blocks.
    """

    __slots__ = ("_at", "_rate", "_tokens")

    def __init__(self, rate: Rate, now: Seconds) -> None:
        self._rate = rate
        self._tokens = float(rate.burst)
        self._at = now

    def take(self, count: int, now: Seconds) -> bool:
        """Take so many, if there is one at least: a bundle is taken whole, and may leave a debt."""
        passed = max(now - self._at, 0.0)
        self._at = max(now, self._at)
        self._tokens = min(self._tokens + passed * self._rate.per_second, self._rate.burst)
        if self._tokens < 1.0:
            return False
        self._tokens -= count
        return True


@dataclass(slots=True)
class _Source:
    each: Bucket
    share: Bucket
    last: Seconds
    useful: bool = False  # whether anything of it was ever understood


class Rates:
    """Who may say something now. Thread: one at a time; never blocks; its memory is bounded."""

    def __init__(self) -> None:
        self._known: dict[str, _Source] = {}
        self._all: Bucket | None = None
        self._newcomers: Bucket | None = None

    def admits(self, source: str, now: Seconds) -> bool:
        """Whether one more packet of a source is read. `now`: a clock that only goes forward."""
        known = self._known.get(source) or self._newcomer(source, now)
        if known is None:
            return False
        known.last = now
        if not known.each.take(1, now):
            return False
        if known.share.take(1, now):
            return True
        if self._all is None:
            self._all = Bucket(ALL, now)
        return self._all.take(1, now)

    def charge(self, source: str, messages: int, now: Seconds) -> None:
        """A packet that was read held so many messages: each counts, and its source is real."""
        known = self._known.get(source)
        if known is None or not messages:
            return
        known.useful = True
        if messages > 1:
            known.each.take(messages - 1, now)
            known.share.take(messages - 1, now)

    def _newcomer(self, source: str, now: Seconds) -> _Source | None:
        if self._newcomers is None:
            self._newcomers = Bucket(NEWCOMERS, now)
        if not self._newcomers.take(1, now):
            return None
        if len(self._known) >= MOST_SOURCES:
            # Those that only ever sent rubbish go first, then whoever was silent for longest.
            out = min(
                self._known, key=lambda name: (self._known[name].useful, self._known[name].last)
            )
            del self._known[out]
        return self._known.setdefault(source, _Source(Bucket(EACH, now), Bucket(SHARE, now), now))
