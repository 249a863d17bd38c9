"""Mappings that hold at hours of the day only, `while: clock 10:00..18:00` (S30, S33). Pure.

Whether one holds can change only where its hours begin or end. What comes there stands in the inbox
(`timepiece`), and sets `state.hour`: between two of them nothing has to be told the time.
"""

from __future__ import annotations

from collections.abc import Iterator

from leitmotor.messages import Observation
from leitmotor.music.time_of_day import DAY, is_within, time_of_day_text
from leitmotor.perform.state import State
from leitmotor.score.compiled import CompiledScore
from leitmotor.score.compiled_parameters import MappingRule
from leitmotor.score.matchers import InHours

HOUR = "hour"
"""The kind of the score's own observation that hours of mappings begin or end."""


def hours_of(rule: MappingRule) -> list[InHours]:
    """The hours at which a mapping holds; none where it does not look at the clock."""
    return [each for each in rule.while_ if isinstance(each, InHours)]


def bound_to_hours(score: CompiledScore) -> Iterator[MappingRule]:
    """The mappings that look at the clock."""
    return filter(hours_of, score.mappings)


def turning_hours(score: CompiledScore) -> tuple[int, ...]:
    """The times of day at which hours of mappings begin or end, each once, in their order."""
    spans = [span for rule in score.mappings for span in hours_of(rule)]
    return tuple(sorted({end % DAY for span in spans for end in (span.start, span.end)}))


def seen_at_hour(hour: int, source: str) -> Observation:
    """What the performer observes there."""
    return Observation(HOUR, time_of_day_text(hour), source=source)


def reached(score: CompiledScore, state: State, seen: Observation) -> None:
    """A time of day has come at which hours of mappings begin or end."""
    for hour in turning_hours(score):
        if time_of_day_text(hour) == seen.address:
            state.hour = float(hour)


def is_open(rule: MappingRule, state: State) -> bool:
    """Whether it is one of a mapping's hours now; never where nobody knows the time of day."""
    now = state.hour
    return now is not None and any(is_within(now, s.start, s.end) for s in hours_of(rule))


def read_the_clock(rule: MappingRule, state: State) -> None:
    """From here on a mapping holds, or does not, as the time of day has it."""
    if hours_of(rule):
        state.in_hours[rule.name] = is_open(rule, state)
