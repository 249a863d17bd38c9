"""Thresholds of parameters, solved from how they move (S30). Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leitmotor.music.time import Seconds
from leitmotor.perform.motion import Motion
from leitmotor.records import record
from leitmotor.score.compiled import CompiledScore
from leitmotor.score.compiled_parameters import DEFAULT_DISTANCE, MappingRule, Parameter
from leitmotor.score.matchers import Threshold, leaves


@record
class Turning:
    """Where something goes on, and where it goes off and is armed again.

    With a `sign` of -1 it goes on below, and off above.
    """

    key: str
    parameter: str
    sign: int
    on: float
    off: float
    hold_on: Seconds
    hold_off: Seconds
    mapping: int = -1  # the number of the mapping; a cue's threshold has none


@dataclass(slots=True)
class Watch:
    """What a threshold remembers."""

    is_on: bool
    since: Seconds | None = None  # when what it waits for began to hold, if before the last input
    due: Seconds | None = None  # when it turns, if no other input comes


def threshold_key(threshold: Threshold) -> str:
    """The name of a threshold: cues that wait for the same share it."""
    side = "above" if threshold.above else "below"
    return f"{threshold.parameter} {side} {threshold.value!r} for {threshold.seconds!r}"


def turnings_of(score: CompiledScore) -> dict[str, tuple[Turning, ...]]:
    """Every threshold by its parameter: those of mappings first, then those of cues."""
    found: dict[str, dict[str, Turning]] = {name: {} for name in score.parameters}
    for number, rule in enumerate(score.mappings):
        for turning in _of_mapping(rule, number, score.parameters[rule.parameter]):
            found[turning.parameter][turning.key] = turning
    for cue in score.cues:
        for threshold in leaves(cue.when):
            if isinstance(threshold, Threshold):
                turning = _of_cue(threshold, score.parameters[threshold.parameter])
                found[turning.parameter][turning.key] = turning
    return {name: tuple(turnings.values()) for name, turnings in found.items()}


def _of_cue(threshold: Threshold, parameter: Parameter) -> Turning:
    sign = 1 if threshold.above else -1
    off = parameter.clamped(threshold.value - sign * DEFAULT_DISTANCE * parameter.span)
    key = threshold_key(threshold)
    return Turning(key, parameter.name, sign, threshold.value, off, threshold.seconds, hold_off=0.0)


def _of_mapping(rule: MappingRule, number: int, parameter: Parameter) -> Iterator[Turning]:
    if rule.above is not None:
        yield Turning(
            rule.name, rule.parameter, 1, rule.above, rule.below, rule.hold, rule.hold, number
        )
    for step, (value, _) in enumerate(rule.steps[1:], 1):
        off = parameter.clamped(value - DEFAULT_DISTANCE * parameter.span)
        yield Turning(
            step_key(rule, step), rule.parameter, 1, value, off, rule.hold, rule.hold, number
        )


def step_key(rule: MappingRule, step: int) -> str:
    """The threshold at which a mapping takes a step."""
    return f"{rule.name} {step}"


# --------------------------------------------------------------------------------------------------
# Solving


def fresh(turning: Turning, value: float) -> Watch:
    """A watch that begins where the parameter is: no crossing has happened."""
    return Watch(turning.sign * (value - turning.on) >= 0.0)


def _wanted(turning: Turning, watch: Watch) -> tuple[float, int, Seconds]:
    """What a watch waits for: a level, the side of it, and for how long."""
    if watch.is_on:
        return turning.off, -turning.sign, turning.hold_off
    return turning.on, turning.sign, turning.hold_on


def due(turning: Turning, watch: Watch, motion: Motion, now: Seconds) -> Seconds | None:
    """When a watch turns, if no other input comes; None where it never does."""
    level, sign, hold = _wanted(turning, watch)
    stretch = motion.beyond(level, sign)
    if stretch is None or stretch[1] < now:
        return None
    start, end = stretch
    if watch.since is not None and start <= motion.began:
        start = watch.since
    turns = max(start + hold, now)
    return turns if turns <= end else None


def carried(turning: Turning, watch: Watch, motion: Motion, now: Seconds) -> Seconds | None:
    """Since when what a watch waits for has held, on the way that an input ends now."""
    level, sign, _ = _wanted(turning, watch)
    stretch = motion.beyond(level, sign)
    if stretch is None or not stretch[0] <= now <= stretch[1]:
        return None
    if watch.since is not None and stretch[0] <= motion.began:
        return watch.since
    return stretch[0]
