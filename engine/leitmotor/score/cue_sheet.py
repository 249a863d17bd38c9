"""The cue sheet: what an operator has in front of them, a line a cue."""

from __future__ import annotations

from dataclasses import dataclass

from leitmotor.score.compiled import CompiledScore, CueRule
from leitmotor.score.explain_words import condition_text, matcher_text, seconds_text
from leitmotor.score.verbs import Entry, Rotation


@dataclass(frozen=True, slots=True)
class CueLine:
    """A cue in the words of the language. `go` is its place in the GO order, 0 where it has none.

    `does` holds its verbs as written, several lists of them where they take turns (`turns` is then
    `in turn` or `shuffled`). `sets` is the parameter that takes the value that came.
    """

    go: int
    number: str
    name: str
    fired_by: tuple[str, ...]
    only: tuple[str, ...]
    turns: str
    does: tuple[tuple[str, ...], ...]
    sets: str
    note: str


def cue_sheet(score: CompiledScore) -> tuple[CueLine, ...]:
    """Every cue of a score, in the order of the file."""
    order = [rule.name for rule in score.cues if rule.listed]
    places = {name: place for place, name in enumerate(order, start=1)}
    return tuple(_line(rule, places.get(rule.name, 0)) for rule in score.cues)


def _line(rule: CueRule, go: int) -> CueLine:
    turns, does = "", (rule.do,) if not isinstance(rule.do, Rotation) else rule.do.options
    if isinstance(rule.do, Rotation):
        turns = "shuffled" if rule.do.shuffled else "in turn"
    return CueLine(
        go=go,
        number=rule.number,
        name=rule.name,
        fired_by=tuple(map(matcher_text, rule.when)),
        only=_only(rule),
        turns=turns,
        does=tuple(_written(entries) for entries in does if entries),
        sets=rule.sets,
        note=rule.note,
    )


def _only(rule: CueRule) -> tuple[str, ...]:
    """What holds it back."""
    parts = [f"while {' or '.join(map(condition_text, rule.while_))}"] if rule.while_ else []
    parts += ["once"] if rule.once else []
    parts += [f"not again for {seconds_text(rule.cooldown)}"] if rule.cooldown else []
    return tuple(parts)


def _written(entries: tuple[Entry, ...]) -> tuple[str, ...]:
    """Verbs as the author wrote them, `then` included."""
    return tuple(
        f"then {entry.text}" if entry.then and not entry.text.startswith("then ") else entry.text
        for entry in entries
    )


def does_text(line: CueLine) -> str:
    """What a cue does, on one line."""
    options = " / ".join(", ".join(option) for option in line.does)
    parts = [f"{line.turns}: {options}" if line.turns else options]
    parts += [f"set {line.sets}"] if line.sets else []
    return ", ".join(part for part in parts if part)


def fired_text(line: CueLine) -> str:
    """What fires a cue; every one can be fired by its name as well."""
    return " or ".join(line.fired_by) or ("GO" if line.go else "its name")
