"""Cues that the time of day, or time itself, brings about: `clock` and `every` (S33).

What comes next of each stands in the inbox like any other cue, at its exact second. When it has
acted, the one after takes its place: there are never more of them than the score has times.
"""

from __future__ import annotations

from collections.abc import Iterator

from leitmotor.messages import Observation
from leitmotor.music.time import Seconds
from leitmotor.music.time_of_day import DAY, interval_text, time_of_day, time_of_day_text
from leitmotor.perform.state import State, Waiting
from leitmotor.score.compiled import CompiledScore, CueRule
from leitmotor.score.matchers import AllOf, AnyOf, Clock, Every, InHours, Matcher

RECURRING = "time"
"""The source of an observation after which the next one is due."""

UNKNOWN = (
    "the time of day is not known here: play by the computer's clock, or give one with"
    " --clock 10:00"
)
"""Why a cue of the clock does not come by itself."""


def seen_at(clock: Clock) -> Observation:
    """What the performer observes at a time of day."""
    return Observation("clock", time_of_day_text(clock.seconds % DAY), source=RECURRING)


def seen_after(every: Every) -> Observation:
    """What the performer observes after each interval."""
    return Observation("every", interval_text(every.seconds), source=RECURRING)


def recurs(waiting: Waiting) -> bool:
    """Whether it comes again and again, without end."""
    seen = waiting.cue
    return not waiting.receipt and isinstance(seen, Observation) and seen.source == RECURRING


def of_the_clock(rule: CueRule) -> bool:
    """Whether a time of day fires a cue."""
    return any(isinstance(each, Clock) for each in _parts(rule.when))


def looks_at_the_clock(score: CompiledScore) -> bool:
    """Whether anything of a score depends on the time of day."""
    return any(
        of_the_clock(rule) or any(isinstance(each, InHours) for each in rule.while_)
        for rule in score.cues
    )


def begin(score: CompiledScore, state: State) -> None:
    """The performance begins: the latest time of the day is applied first, the others come (S33).

    Just after midnight the latest is the last one of yesterday.
    """
    times = _clocks(score)
    if state.clock is not None and times:
        now = state.clock
        latest = min(times, key=lambda each: (now - each.seconds) % DAY)
        seen = seen_at(latest)
        said = f"the latest time of the day at the start: {seen.address}"
        first = Observation(seen.kind, seen.address)
        state.inbox.append(Waiting(0, first, seconds=0.0, rule=said, note=said))
    arm(score, state, 0.0)


def arm(score: CompiledScore, state: State, now: Seconds) -> None:
    """Let come what is next after `now`; what waited of another score does not come."""
    state.inbox = [waiting for waiting in state.inbox if not recurs(waiting)]
    if state.clock is not None:
        for clock in _clocks(score):
            seen = seen_at(clock)
            _add(state, seen, (clock.seconds - state.clock) % DAY, DAY, now, "it is")
    for every in dict.fromkeys(each for each in _matchers(score) if isinstance(each, Every)):
        _add(state, seen_after(every), 0.0, every.seconds, now, "every")


def _add(
    state: State, seen: Observation, first: Seconds, period: Seconds, now: Seconds, word: str
) -> None:
    said = f"{word} {seen.address}"
    waiting = Waiting(0, seen, seconds=_after(now, first, period), rule=said, note=said)
    state.inbox.append(waiting)


def again(score: CompiledScore, state: State, acted: Waiting) -> Waiting | None:
    """The next one of its kind after one that has acted; None where it does not recur."""
    if not recurs(acted) or acted.seconds is None:
        return None
    for matcher in _matchers(score):
        if isinstance(matcher, Clock) and state.clock is not None and seen_at(matcher) == acted.cue:
            first, period = (matcher.seconds - state.clock) % DAY, float(DAY)
        elif isinstance(matcher, Every) and seen_after(matcher) == acted.cue:
            first, period = 0.0, matcher.seconds
        else:
            continue
        following = _after(acted.seconds, first, period)
        return Waiting(0, acted.cue, seconds=following, rule=acted.rule, note=acted.note)
    return None


def _after(now: Seconds, first: Seconds, period: Seconds) -> Seconds:
    """The first of `first + n · period` after `now`; multiplied, never summed."""
    turn = max(int((now - first) // period), -1)
    while first + turn * period <= now:
        turn += 1
    return first + turn * period


def now_text(state: State, seconds: Seconds) -> str:
    """What time it is, for a refusal."""
    if state.clock is None:
        return UNKNOWN
    return f"it is {time_of_day_text(time_of_day(state.clock, seconds))}"


def _clocks(score: CompiledScore) -> list[Clock]:
    """The times of day of a score, each once."""
    found: dict[int, Clock] = {}
    for matcher in _matchers(score):
        if isinstance(matcher, Clock):
            found.setdefault(matcher.seconds % DAY, matcher)
    return list(found.values())


def _matchers(score: CompiledScore) -> Iterator[Matcher]:
    for rule in score.cues:
        yield from _parts(rule.when)


def _parts(matchers: tuple[Matcher, ...]) -> Iterator[Matcher]:
    for matcher in matchers:
        if isinstance(matcher, (AllOf, AnyOf)):
            yield from _parts(matcher.parts)
        else:
            yield matcher
