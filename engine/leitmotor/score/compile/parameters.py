"""Parameters, and what they drive. Their texts were read once before, so they are right."""

from __future__ import annotations

from leitmotor.score.compiled_parameters import NUMBERS, STEPS, SWITCHES, MappingRule, Parameter
from leitmotor.score.mapping_checks import distance_of
from leitmotor.score.matcher_text import parse_while
from leitmotor.score.model.drama import MappingEntry
from leitmotor.score.model.root import Score
from leitmotor.score.names import Names
from leitmotor.score.nearest import normal_key
from leitmotor.score.target_values import target_number


def compile_parameters(score: Score) -> dict[str, Parameter]:
    """The parameters by name."""
    found = {}
    for name, entry in score.parameters.items():
        low, high = entry.range or (0.0, 1.0)
        found[name] = Parameter(
            name,
            low=low,
            high=high,
            start=low if entry.start is None else entry.start,
            rise=entry.rise,
            fall=entry.fall,
            is_smooth=entry.curve == "smooth",
            smooth=entry.smooth,
        )
    return found


def compile_mappings(score: Score, names: Names) -> tuple[MappingRule, ...]:
    """The mappings that are performed, in file order."""
    parameters = compile_parameters(score)
    taken: dict[str, int] = {}
    rules = [
        _sharpening(name, parameters[motif.sharpen])
        for name, motif in score.motifs.items()
        if motif.sharpen
    ]
    for entry in score.mappings:
        if entry.to[0] not in NUMBERS | STEPS | SWITCHES:
            continue  # listed as not yet performed
        name = f"{entry.from_} -> {' '.join(filter(None, entry.to))}"
        taken[name] = count = taken.get(name, 0) + 1
        rules.append(
            _mapping(
                f"{name} {count}" if count > 1 else name, entry, parameters[entry.from_], names
            )
        )
    return tuple(rules)


def _sharpening(motif: str, parameter: Parameter) -> MappingRule:
    """A motif's `sharpen:` goes over the whole range; a mapping of its own comes before it."""
    points = ((parameter.low, 0.0), (parameter.high, 1.0))
    name = f"{parameter.name} -> sharpen of {motif}"
    return MappingRule(name, parameter.name, "sharpen", motif, points)


def _mapping(name: str, entry: MappingEntry, parameter: Parameter, names: Names) -> MappingRule:
    kind, role = entry.to
    points = tuple((p.x, target_number(kind, p.to)) for p in entry.as_ if kind in NUMBERS)
    return MappingRule(
        name=name,
        parameter=entry.from_,
        kind=kind,
        role=role,
        points=points,
        steps=tuple((p.x, p.to) for p in entry.as_ if kind in STEPS),
        above=entry.above,
        below=distance_of(entry, parameter.span, parameter.low),
        hold=entry.for_,
        at=entry.at,
        back=entry.back,
        fade=entry.fade,
        while_=parse_while(entry.while_, names) if entry.while_ != () else (),
    )


def inputs_of(stated: dict[str, float], score: Score) -> dict[str, float]:
    """What a state sets parameters to, by their names as declared."""
    by_normal = {normal_key(name): name for name in score.parameters}
    return {by_normal[key]: float(value) for key, value in stated.items()}
