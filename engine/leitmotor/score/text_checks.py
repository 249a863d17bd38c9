"""Reads every text of a model that has a grammar of its own, so that its mistakes have a place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from leitmotor.music.chord import parse_chord_name
from leitmotor.music.numeral import parse_numeral
from leitmotor.music.transform_text import parse_operation
from leitmotor.score.matcher_text import parse_when, parse_while
from leitmotor.score.matchers import Condition, Matcher
from leitmotor.score.model.root import Score
from leitmotor.score.names import Names, unknown_name
from leitmotor.score.parts import PartsError, Path
from leitmotor.score.verb_text import parse_do
from leitmotor.score.verbs import Entry, Rotation


@dataclass(frozen=True, slots=True)
class CueText:
    """The texts of a cue, read."""

    when: tuple[Matcher, ...]
    do: tuple[Entry, ...] | Rotation
    while_: tuple[Condition, ...]


@dataclass(slots=True)
class Texts:
    """What the texts of a score mean, and what is wrong with them."""

    cues: dict[str, CueText] = field(default_factory=dict)
    problems: list[tuple[Path, str]] = field(default_factory=list)


def read_texts(score: Score, names: Names) -> Texts:
    """Reads all verbs, matchers, conditions, operations and numerals of a score."""
    texts = Texts()
    for name, cue in score.cues.items():
        path: Path = ("cues", name)
        when = _guarded(parse_when, cue.when, names, (*path, "when"), texts)
        do = _guarded(parse_do, cue.do, names, (*path, "do"), texts)
        only = _guarded(parse_while, cue.while_, names, (*path, "while"), texts)
        texts.cues[name] = CueText(when or (), do or (), only or ())
    for path, value in _other_verbs(score):
        _guarded(parse_do, value, names, path, texts)
    for i, mapping in enumerate(score.mappings):
        _guarded(parse_while, mapping.while_, names, ("mappings", i, "while"), texts)
    for path, operations in _operations(score):
        _check_each(parse_operation, operations, path, texts)
    _check_harmony(score, names, texts)
    return texts


def _guarded(parse: Any, value: Any, names: Names, path: Path, texts: Texts) -> Any:
    if value == ():
        return None
    try:
        return parse(value, names)
    except PartsError as mistakes:
        texts.problems.extend(((*path, *inner), text) for inner, text in mistakes.parts)
    return None


def _other_verbs(score: Score) -> Iterator[tuple[Path, Any]]:
    for name, passage in score.passages.items():
        for place, value in passage.at.items():
            yield ("passages", name, "at", place), value
        if passage.then not in ("", "again"):
            yield ("passages", name, "then"), passage.then
    for name, stinger in score.stingers.items():
        yield ("stingers", name, "then"), stinger.then
    for i, point in enumerate(score.hits.points if score.hits else ()):
        yield ("hits", "points", i, "then"), point.then


def _operations(score: Score) -> Iterator[tuple[Path, tuple[str, ...]]]:
    for name, motif in score.motifs.items():
        yield ("motifs", name, "each time"), motif.each_time
        for state, arc in motif.states.items():
            yield ("motifs", name, "states", state, "vary"), arc.vary
    for name, figure in score.figures.items():
        yield ("figures", name, "each time"), figure.each_time
    for name, stinger in score.stingers.items():
        yield ("stingers", name, "each time"), stinger.each_time
    for i, hint in enumerate(score.foreshadow):
        yield ("foreshadow", i, "as"), hint.as_


def _check_each(parse: Any, values: tuple[str, ...], path: Path, texts: Texts) -> None:
    for i, value in enumerate(values):
        try:
            parse(value)
        except ValueError as mistake:
            texts.problems.append(((*path, i), str(mistake)))


def _check_harmony(score: Score, names: Names, texts: Texts) -> None:
    for name, progression in score.harmony.items():
        lines = progression.chords
        for i, line in enumerate(lines):
            _check_numerals(line, ("harmony", name, "chords", i), texts)
    for name, passage in score.passages.items():
        for option in passage.harmony.options if passage.harmony else ():
            place: Path = ("passages", name, "harmony")
            if "|" in option or option.split(" ")[0][:1] in "IViv#b":
                if option not in names.progressions:
                    _check_numerals(option, place, texts)
            elif option not in names.progressions:
                known = names.progressions
                texts.problems.append((place, unknown_name(option, ("progressions",), known)))


def _check_numerals(line: str, path: Path, texts: Texts) -> None:
    for numeral in line.replace("|", " ").split():
        try:
            parse_numeral(numeral)
        except ValueError as mistake:
            if parse_chord_name(numeral) is not None:
                text = (
                    f'"{numeral}" is a chord by name; a progression has numerals: i | VI | iv | V'
                )
                texts.problems.append((path, text))
            else:
                texts.problems.append((path, str(mistake)))
