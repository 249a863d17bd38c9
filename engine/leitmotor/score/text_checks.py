"""Reads every text of a model that has a grammar of its own, so that its mistakes have a place."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from typing import Any

from leitmotor.music.scale import MAJOR, Key, Mode
from leitmotor.music.transform_text import parse_operation
from leitmotor.records import record
from leitmotor.score.matcher_text import parse_when, parse_while
from leitmotor.score.matchers import Condition, Matcher
from leitmotor.score.model.root import Score
from leitmotor.score.names import Names, unknown_name
from leitmotor.score.numeral_text import numeral_faults
from leitmotor.score.parts import PartsError, Path
from leitmotor.score.scalars import MOST_PROBLEMS
from leitmotor.score.verb_text import parse_do
from leitmotor.score.verbs import Entry, Rotation


@record
class CueText:
    """The texts of a cue, read."""

    when: tuple[Matcher, ...]
    do: tuple[Entry, ...] | Rotation
    while_: tuple[Condition, ...]


@dataclass(slots=True)
class Texts:
    """What the texts of a score mean, and what is wrong with them.

    Texts of `inherited` places are read where they were written. Once there are more problems than
    are told, no further text is read.
    """

    inherited: Set[Path] = frozenset()
    cues: dict[str, CueText] = field(default_factory=dict)
    problems: list[tuple[Path, str]] = field(default_factory=list)
    in_texts: list[tuple[Path, int, str]] = field(default_factory=list)  # with a column, from 1

    def skips(self, path: Path) -> bool:
        """Whether the text at a place need not be read."""
        told = len(self.problems) + len(self.in_texts)
        return told > MOST_PROBLEMS or path[:3] in self.inherited


def read_texts(score: Score, names: Names, inherited: Set[Path] = frozenset()) -> Texts:
    """Reads all verbs, matchers, conditions, operations and numerals of a score."""
    texts = Texts(inherited)
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
    if value == () or texts.skips(path):
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
        if texts.skips(path):
            break
        try:
            parse(value)
        except ValueError as mistake:
            texts.problems.append(((*path, i), str(mistake)))


def _check_harmony(score: Score, names: Names, texts: Texts) -> None:
    for name, progression in score.harmony.items():
        key = _known_key(score, progression.in_)
        for i, line in enumerate(progression.chords):
            _check_numerals(line, key, ("harmony", name, "chords", i), texts)
    for name, passage in score.passages.items():
        for option in passage.harmony.options if passage.harmony else ():
            place: Path = ("passages", name, "harmony")
            if "|" in option or option.split(" ")[0][:1] in "IViv#b":
                if option not in names.progressions:
                    _check_numerals(option, None, place, texts)
            elif option not in names.progressions:
                known = names.progressions
                texts.problems.append((place, unknown_name(option, ("progressions",), known)))


def _known_key(score: Score, own: tuple[int, int, Mode | None] | None) -> Key | None:
    """The key that a progression is written in, where it or the whole score says one."""
    _, _, mode = usual = score.time.key or (0, 0, MAJOR)
    said = own or (usual if "key" in score.time.model_fields_set else None)
    return Key(said[0], said[1], said[2] or mode or MAJOR) if said else None


def _check_numerals(line: str, key: Key | None, path: Path, texts: Texts) -> None:
    for column, text in numeral_faults(line, key):
        if texts.skips(path):
            break
        texts.in_texts.append((path, column, text))
