"""What parameters say now: their values, and what mappings make of them. Pure (S30)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from leitmotor.music.dynamics import between
from leitmotor.music.time import Seconds
from leitmotor.perform.motion import Motion
from leitmotor.perform.state import Ramp, State
from leitmotor.perform.thresholds import step_key
from leitmotor.score.compiled import CompiledScore
from leitmotor.score.compiled_parameters import MappingRule, Point
from leitmotor.score.matchers import InHours, InScene, InState


def value_of(state: State, name: str, seconds: Seconds) -> float:
    """Where a parameter is."""
    return state.parameters[name].value_at(seconds)


def governs(rule: MappingRule, state: State) -> bool:
    """Whether a mapping's `while` holds in the state's scene, story state and hour."""
    return not rule.while_ or any(
        (isinstance(each, InScene) and each.scene == state.scene)
        or (isinstance(each, InState) and each.state == state.story)
        or (isinstance(each, InHours) and state.in_hours.get(rule.name, False))
        for each in rule.while_
    )


def followed(rule: MappingRule, value: float) -> float:
    """The number that a target has at a value of the parameter; level beyond both ends."""
    points = rule.points
    place = bisect_right(points, value, key=_first)
    if place == 0:
        return points[0][1]
    if place == len(points):
        return points[-1][1]
    (a, start), (b, end) = points[place - 1], points[place]
    share = (value - a) / (b - a)
    # Dynamics move evenly in decibels, as hairpins do (theory T9).
    return between(start, end, share) if rule.kind == "dynamic" else start + (end - start) * share


def _first(point: Point) -> float:
    return point[0]


def step_of(rule: MappingRule, state: State) -> int:
    """The step of a mapping that its thresholds have come to."""
    steps = range(1, len(rule.steps))
    return max((n for n in steps if state.watches[step_key(rule, n)].is_on), default=0)


# --------------------------------------------------------------------------------------------------
# For the context in force


def _in_force(score: CompiledScore, state: State, target: str) -> tuple[MappingRule, float] | None:
    """The mapping that has a target now, and where it stands; the last in the file wins."""
    for rule in reversed(score.mappings):
        if rule.target == target and rule.name in state.mapped and governs(rule, state):
            return rule, state.mapped[rule.name]
    return None


def mapped(state: State, score: CompiledScore, target: str) -> float | None:
    """The number that a mapping gives a target ("density", "level bed"); None where none does.

    A cue's own setting comes before it, scene and state after it (S10).
    """
    found = _in_force(score, state, target)
    return found[1] if found is not None else None


def mapped_name(state: State, score: CompiledScore, target: str) -> str:
    """The palette, progression or figure that a mapping gives a target; empty where none does."""
    found = _in_force(score, state, target)
    return found[0].steps[int(found[1])][1] if found is not None else ""


def mapped_roles(score: CompiledScore, kind: str) -> Iterator[str]:
    """The roles that mappings of a kind (level, layer, figure) may speak of."""
    return iter(dict.fromkeys(rule.role for rule in score.mappings if rule.kind == kind))


def with_mapped_layers(
    state: State, score: CompiledScore, layers: tuple[str, ...]
) -> tuple[str, ...]:
    """The layers, with what mappings switch on and without what they switch off."""
    for role in mapped_roles(score, "layer"):
        is_on = mapped(state, score, f"layer {role}")
        if is_on and role not in layers:
            layers = (*layers, role)
        elif is_on == 0.0:
            layers = tuple(each for each in layers if each != role)
    return layers


def layer_fades(state: State, score: CompiledScore) -> dict[str, Ramp]:
    """The levels at which mapped layers come and go, as the mixer knows them."""
    return {
        rule.target: state.layer_fades[rule.name]
        for rule in score.mappings
        if rule.name in state.layer_fades and governs(rule, state)
    }


# --------------------------------------------------------------------------------------------------
# Another score


def keep_parameters(score: CompiledScore, state: State) -> None:
    """Make parameters fit for another score: values are kept, everything solved is dropped."""
    known = score.parameters
    kept: dict[str, Motion] = {}
    for name, motion in state.parameters.items():
        if name not in known:
            continue
        low, high = known[name].low, known[name].high
        if not (low <= motion.origin <= high and low <= motion.target <= high):
            target = known[name].clamped(motion.target)
            motion = Motion(motion.began, target, target, before=target)
        kept[name] = motion
    state.parameters = kept
    state.watches.clear()
    state.mapped.clear()
    state.in_hours.clear()
    state.layer_fades.clear()
    state.inbox = [w for w in state.inbox if not w.rule.startswith("parameter ")]
