"""Where a performance that nobody stops comes to its end (S33)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import inf, nextafter
from typing import NamedTuple

from leitmotor.messages import Attack, BarLine, Change, Event, Reply
from leitmotor.music.time import Seconds
from leitmotor.perform.passages import AGAIN
from leitmotor.perform.performance import Performance

BARS_AFTER_THE_LAST_CUE = 8
MOST_BARS_OF_A_ROUND = 1000
"""A round that is longer has lost its beginning."""

LONGEST_STRETCH: Seconds = 5.0
"""How much is performed between two reports of progress."""

BARS_BETWEEN_MARKS = 4
"""How often a place to go back to is kept, once the end may come."""

Progress = Callable[[Seconds], None]
"""Told now and then how far a long task has come."""

Send = Callable[[Sequence[Event]], None]
"""Takes what was performed."""


class Ending(NamedTuple):
    """The performance ends just before `seconds`, for a reason that people are told."""

    seconds: Seconds
    reason: str


def instants(performance: Performance) -> Iterator[tuple[Seconds, list[Event]]]:
    """The events of one instant after the other, while there are any. Any thread; never waits."""
    while (at := performance.next_seconds()) < inf:
        yield at, performance.advance(nextafter(at, inf))


def stretches(performance: Performance) -> Iterator[tuple[Seconds, list[Event]]]:
    """As `instants`, but in longer pieces while a cue is sure to come: no end lies there.

    Ends where time stands and nothing can let it go on.
    """
    while True:
        at = performance.next_seconds()
        if at == inf:
            return
        calm = at
        if performance.expecting:
            calm = max(performance.calm_until, performance.expecting_until)
            calm = min(calm, at + LONGEST_STRETCH)
        yield calm, performance.advance(calm if calm > at else nextafter(at, inf))


def performed_to_its_end(
    performance: Performance, scripted: bool, send: Send, progress: Progress
) -> Ending:
    """Play a performance from its beginning to its end by S33; everything goes to `send`.

    `scripted`: whether it was given a cue script. Any thread; never waits.
    """
    judge = _Judge(performance, scripted)
    mark, bars = performance.snapshot(), 0
    for at, events in stretches(performance):
        progress(at)
        ending = judge.after(at, events)
        if ending is not None and ending.seconds <= at:
            # What tells the end belongs to what would follow: back to just before it.
            before = Performance.restore(performance.score, mark)
            before.advance(ending.seconds)
            send(before.finish())
            return ending
        send(events)
        if ending is not None:
            send(performance.finish())
            return ending
        if not performance.expecting and any(isinstance(event, BarLine) for event in events):
            bars += 1
            if bars % BARS_BETWEEN_MARKS == 1:
                mark = performance.snapshot()
    send(performance.finish())
    return Ending(performance.emitted, "time stands, and no cue is left that lets it go on")


def ending_of(performance: Performance, scripted: bool, progress: Progress) -> Ending:
    """Where a performance ends by S33: it is played to that place, and used up by this."""
    return performed_to_its_end(performance, scripted, lambda _events: None, progress)


class _Judge:
    """Watches a performance instant by instant until it is over."""

    def __init__(self, performance: Performance, scripted: bool) -> None:
        self._performance = performance
        self._scripted = scripted
        self._round = _Round(performance)
        self._bars_after_cues = -1  # -1 while cues are still to come

    def after(self, at: Seconds, events: list[Event]) -> Ending | None:
        """Whether the performance is over with what happened at `at`, or just before it."""
        round_over = self._round.after(events)
        performance = self._performance
        if performance.expecting or (performance.unreached and performance.leads_on):
            return None
        if self._performance.idle:
            return Ending(nextafter(at, inf), self._silence())
        if self._last_scene_is_over(events):
            return Ending(at, "the last scene has had its length")
        if not self._scripted:
            is_over = round_over and not self._performance.leaving
            return Ending(at, round_over) if is_over else None
        if any(isinstance(event, BarLine) for event in events):
            self._bars_after_cues += 1
        if self._bars_after_cues >= BARS_AFTER_THE_LAST_CUE:
            return Ending(at, f"{BARS_AFTER_THE_LAST_CUE} bars after the last cue{self._left()}")
        return None

    def _left(self) -> str:
        """What of the script never came about."""
        left = self._performance.unreached
        if not left:
            return ""
        return f"; {left} line{'s' if left > 1 else ''} of the script never came to their place"

    def _silence(self) -> str:
        if self._performance.begun:
            return "the music has ended"
        first = next((f" ({rule.name})" for rule in self._performance.score.cues), "")
        return f"nothing began: the score waits for its first cue{first}, and none is given"

    def _last_scene_is_over(self, events: list[Event]) -> bool:
        last = self._performance.score.scenes[-1]
        rule = f"the length of scene {last.name}"
        return last.length is not None and any(
            isinstance(event, Reply) and event.receipt == 0 and event.cue == rule
            for event in events
        )


class _Round:
    """Counts one round since the last entry of a scene: of the rotation, or of the harmony.

    What is written out is no round of the harmony; it is one by itself where it is played again.
    """

    def __init__(self, performance: Performance) -> None:
        self._performance = performance
        self._first: tuple[str, str] | None = None
        self._plan = 0
        self._bars = 0
        self._is_written = False

    def after(self, events: list[Event]) -> str:
        """Which round is over with the first of these events; empty while none is."""
        over = ""
        for event in events:
            if isinstance(event, Change) and event.what == "scene":
                self._first, self._bars, over = None, 0, ""
            elif isinstance(event, Change) and event.what == "passage":
                over = self._passage(event)
            elif isinstance(event, BarLine):
                self._bars += 1
                over = over or self._harmony_is_over()
            elif isinstance(event, Attack) or (isinstance(event, Change) and event.what == "lead"):
                over = over or self._statement(event)
        return over

    def _passage(self, event: Change) -> str:
        """A passage begins, or with no name the last one is over."""
        self._is_written, self._bars = bool(event.value), 0
        is_again = self._is_written and event.cause.rule == AGAIN
        return "one full round of the passage" if is_again else ""

    def _statement(self, event: Attack | Change) -> str:
        """A statement of the rotation begins, or goes on."""
        cause, plan = event.cause, self._performance.lead_plan
        if cause.rule != "rotation":
            return ""
        part = (cause.character, cause.motif)
        if self._first is None:
            self._first, self._plan = part, plan
        elif part == self._first and plan != self._plan:
            return "one full round of the rotation"
        return ""

    def _harmony_is_over(self) -> str:
        """Where nobody leads and nothing is written out, the progression makes the round."""
        if self._is_written:
            return ""
        if self._first is not None:
            return "a very long round" if self._bars > MOST_BARS_OF_A_ROUND else ""
        bars = self._performance.progression_bars
        if self._bars < (bars or BARS_AFTER_THE_LAST_CUE):
            return ""
        if bars:
            return "one full round of the harmony"
        return f"{BARS_AFTER_THE_LAST_CUE} bars, for nobody leads"
