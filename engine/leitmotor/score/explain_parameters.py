"""Parameters and mappings in the tables of `explain`."""

from __future__ import annotations

from leitmotor.music.dynamics import mark_of
from leitmotor.score.compiled import CompiledScore
from leitmotor.score.compiled_parameters import MappingRule, Parameter
from leitmotor.score.explain_table import Table
from leitmotor.score.explain_words import NONE, condition_text, decibels, seconds_text

AT_ONCE = "at once"


def explain_parameters(score: CompiledScore) -> tuple[Table, Table]:
    """What parameters there are, and what they drive."""
    columns = ("parameter", "range", "start", "rise", "fall", "curve", "smooth", "drives")
    drives = ("from", "to", "how", "for", "at", "back", "fade", "while")
    return (
        Table(
            "Parameters", columns, tuple(_parameter(p, score) for p in score.parameters.values())
        ),
        Table("Mappings", drives, tuple(map(_mapping, score.mappings))),
    )


def _parameter(parameter: Parameter, score: CompiledScore) -> tuple[str, ...]:
    driven = [rule.target for rule in score.mappings if rule.parameter == parameter.name]
    return (
        parameter.name,
        f"{parameter.low:g}..{parameter.high:g}",
        f"{parameter.start:g}",
        seconds_text(parameter.rise) if parameter.rise else AT_ONCE,
        seconds_text(parameter.fall) if parameter.fall else AT_ONCE,
        "smooth" if parameter.is_smooth else "linear",
        seconds_text(parameter.smooth) if parameter.smooth else NONE,
        ", ".join(dict.fromkeys(driven)) or NONE,
    )


def _mapping(rule: MappingRule) -> tuple[str, ...]:
    at = str(rule.at) if rule.at is not None else _usual_place(rule)
    return (
        rule.parameter,
        rule.target,
        _how(rule),
        seconds_text(rule.hold) if rule.hold else NONE,
        at,
        str(rule.back) if rule.back is not None else at,
        str(rule.fade) if rule.fade is not None else NONE,
        " or ".join(map(condition_text, rule.while_)) or "always",
    )


def _how(rule: MappingRule) -> str:
    if rule.above is not None:
        return f"on at {rule.above:g}, off at {rule.below:g}"
    if rule.steps:
        return ", ".join(f"from {value:g} {name}" for value, name in rule.steps)
    return ", ".join(f"{value:g} -> {_number(rule, number)}" for value, number in rule.points)


def _number(rule: MappingRule, number: float) -> str:
    match rule.kind:
        case "tempo":
            return f"x{number:.4g}"
        case "dynamic":
            return mark_of(number)
        case "level":
            return decibels(number)
        case "swing":
            return f"{100 * number:.4g}%"
        case "distance":
            return f"{number:g} m"
    return f"{number:g}"


def _usual_place(rule: MappingRule) -> str:
    if rule.points:
        return "next beat" if rule.kind == "tempo" else "all the time"
    return {"state": "transitions", "harmony": "next bar"}.get(rule.kind, "now")
