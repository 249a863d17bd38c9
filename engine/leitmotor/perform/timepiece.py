"""What the time of day, or time itself, brings about: `clock`, `every`, hours of mappings (S33).

What comes next of each stands in the inbox like any other cue, at its exact second. When it has
acted, the one after takes its place: there are never more of them than the score has times.
"""

from __future__ import annotations

from collections.abc import Iterator

from leitmotor.messages import Observation
from leitmotor.music.time import Seconds
from leitmotor.music.time_of_day import DAY, interval_text, time_of_day, time_of_day_text
from leitmotor.perform.hours import HOUR, bound_to_hours, seen_at_hour, turning_hours
from leitmotor.perform.state import State, Waiting
from leitmotor.score.compiled import CompiledScore, CueRule
from leitmotor.score.matchers import Clock, Every, InHours, Matcher, leaves

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


def brings_cues(waiting: Waiting) -> bool:
    """Whether it brings about cues without end: what hours of mappings bring needs music first."""
    return recurs(waiting) and isinstance(waiting.cue, Observation) and waiting.cue.kind != HOUR


def of_the_clock(rule: CueRule) -> bool:
    """Whether a time of day fires a cue."""
    return any(isinstance(each, Clock) for each in leaves(rule.when))


def looks_at_the_clock(score: CompiledScore) -> bool:
    """Whether anything of a score depends on the time of day."""
    return any(bound_to_hours(score)) or any(
        of_the_clock(rule) or any(isinstance(each, InHours) for each in rule.while_)
        for rule in score.cues
    )


def misses_the_clock(score: CompiledScore) -> list[str]:
    """What of a score does nothing by itself where nobody knows the time of day."""
    cues = [rule.name for rule in score.cues if of_the_clock(rule)]
    return [*cues, *(f"mapping {rule.name}" for rule in bound_to_hours(score))]


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
        state.hour = time_of_day(state.clock, now)
    for seen, first, period in _appointments(score, state.clock):
        said = f"{'every' if seen.kind == 'every' else 'it is'} {seen.address}"
        due = _after(now, first, period)
        state.inbox.append(Waiting(0, seen, seconds=due, rule=said, note=said))


def _appointments(
    score: CompiledScore, clock: Seconds | None
) -> Iterator[tuple[Observation, Seconds, Seconds]]:
    """What comes again and again: what is seen, at which second first, and how often.

    Hours of mappings come before the cues of the same time, which find what holds from then on.
    """
    if clock is not None:
        for hour in turning_hours(score):
            yield seen_at_hour(hour, RECURRING), (hour - clock) % DAY, float(DAY)
        for each in _clocks(score):
            yield seen_at(each), (each.seconds - clock) % DAY, float(DAY)
    for every in dict.fromkeys(each for each in _matchers(score) if isinstance(each, Every)):
        yield seen_after(every), 0.0, every.seconds


def again(score: CompiledScore, state: State, acted: Waiting) -> Waiting | None:
    """The next one of its kind after one that has acted; None where it does not recur."""
    if not recurs(acted) or acted.seconds is None:
        return None
    for seen, first, period in _appointments(score, state.clock):
        if seen == acted.cue:
            due = _after(acted.seconds, first, period)
            return Waiting(0, seen, seconds=due, rule=acted.rule, note=acted.note)
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
        yield from leaves(rule.when)
