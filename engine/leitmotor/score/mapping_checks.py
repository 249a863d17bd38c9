"""What of a mapping or a parameter does not go together: breakpoints, thresholds, keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from leitmotor.score.compiled_parameters import DEFAULT_DISTANCE, NUMBERS, STEPS, SWITCHES
from leitmotor.score.model.drama import MappingEntry, Parameter
from leitmotor.score.model.root import Score
from leitmotor.score.names import Names, unknown_name
from leitmotor.score.parts import Path
from leitmotor.score.target_values import target_number

Fault = tuple[Path, str]

NAMED_STEPS: Mapping[str, str] = {
    "state": "states",
    "palette": "palettes",
    "harmony": "progressions",
    "figure": "figures",
}
"""Targets that take a name, and of what."""


def distance_of(entry: MappingEntry, span: float, low: float) -> float:
    """Where a layer goes off: `below`, else 5 % of the range under `above` (S30)."""
    if entry.below is not None:
        return entry.below
    return max((entry.above or 0.0) - DEFAULT_DISTANCE * span, low)


# --------------------------------------------------------------------------------------------------
# Faults


def mapping_faults(score: Score, names: Names) -> Iterator[Fault]:
    """(place, what is wrong) of every mapping whose parts do not go together."""
    for number, entry in enumerate(score.mappings):
        path: Path = ("mappings", number)
        yield from _points(entry, names, path)
        yield from _keys(entry, path)
        yield from _distance(entry, score.parameters.get(entry.from_), path)


def _points(entry: MappingEntry, names: Names, path: Path) -> Iterator[Fault]:
    kind = entry.to[0]
    for number, point in enumerate(entry.as_):
        place = (*path, "as", number)
        if kind in NAMED_STEPS:
            (known,) = names.of(NAMED_STEPS[kind])
            if point.to not in known:
                yield place, unknown_name(point.to, (NAMED_STEPS[kind],), known)
        elif kind in NUMBERS:
            try:
                target_number(kind, point.to)
            except ValueError as mistake:
                yield place, str(mistake)


def _keys(entry: MappingEntry, path: Path) -> Iterator[Fault]:
    """Keys that mean nothing beside this target."""
    kind = entry.to[0]
    given = entry.model_fields_set
    if kind in SWITCHES and entry.as_:
        yield (*path, "as"), f"a {kind} is on or off: write above: 0.6, not as:"
    if kind not in SWITCHES:
        if entry.above is not None:
            wanted = "0 -> calm, 0.6 -> chase" if kind == "state" else "0 -> …, 1 -> …"
            yield (*path, "above"), f"only a layer goes on above a value; write as: [{wanted}]"
        for key in ("below", "fade"):
            if key in given:
                yield (*path, key), f"{key} belongs to a layer, not to {kind}"
    if kind not in SWITCHES | STEPS:
        for field, key in (("at", "at"), ("back", "back"), ("for_", "for")):
            if field in given:
                yield (*path, key), f"{kind} follows its parameter all the time and takes no {key}"


def _distance(entry: MappingEntry, parameter: Parameter | None, path: Path) -> Iterator[Fault]:
    if parameter is None or entry.above is None or entry.to[0] not in SWITCHES:
        return
    low, high = parameter.range or (0.0, 1.0)
    off = distance_of(entry, high - low, low)
    if off < entry.above:
        return
    if entry.below is None:
        yield (
            (*path, "above"),
            f"{entry.from_} never comes under {low:g}, so this never goes off; write above: with a "
            f"value between {low:g} and {high:g}",
        )
        return
    better = f"{entry.above - DEFAULT_DISTANCE * (high - low):g}"
    yield (
        (*path, "below"),
        f"a threshold without distance: it goes on at {entry.above:g} and off at {off:g}, and "
        f"would flicker there; write below: with less than {entry.above:g}, such as {better}",
    )


def parameter_faults(score: Score, _: Names) -> Iterator[Fault]:
    """Parameters that start outside of their range."""
    for name, entry in score.parameters.items():
        low, high = entry.range or (0.0, 1.0)
        if entry.start is not None and not low <= entry.start <= high:
            yield (
                ("parameters", name, "start"),
                f"{name} starts within its range, {low:g}..{high:g}, not at {entry.start:g}",
            )
