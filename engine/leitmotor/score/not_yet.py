"""What this release understands but does not perform yet (rule 10)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from leitmotor.errors import Problem
from leitmotor.music.operation import NotYet
from leitmotor.music.transform_text import parse_operation
from leitmotor.score.check.places import cue_entries
from leitmotor.score.like import KINDS_WITH_LIKE
from leitmotor.score.matchers import NOT_YET_MATCHED, AllOf, AnyOf, Matcher
from leitmotor.score.model.material import Figure, Motif, Stinger
from leitmotor.score.model.root import Score
from leitmotor.score.model_errors import tree_path
from leitmotor.score.not_yet_keys import keys_not_yet
from leitmotor.score.parts import Path
from leitmotor.score.performed import NOT_YET, verb_not_yet
from leitmotor.score.read import ReadScore

Found: TypeAlias = tuple[Path, str]


_MUTED = re.compile(r"\(\s*con sord")


def not_yet_performed(read: ReadScore) -> tuple[Problem, ...]:
    """Every such thing in a score, with its place, in the order of the file."""
    found = [
        *keys_not_yet(read.score),
        *_verbs(read),
        *_matchers(read),
        *_operations(read),
        *_mutes(read.score),
    ]
    tree = read.source.tree
    return tuple(
        sorted(
            {
                read.source.key_problem(tree_path(tree, path), f"{NOT_YET}: {what}")
                for path, what in found
                if not _is_inherited(tree, path)
            }
        )
    )


def _is_inherited(tree: Mapping[str, Any], path: Path) -> bool:
    """Whether `like` brought a key here: it is listed at the entry that has it."""
    return path[0] in KINDS_WITH_LIKE and len(tree_path(tree, path[:3])) < len(path[:3])


def _verbs(read: ReadScore) -> Iterator[tuple[Path, str]]:
    for path, _, entry in cue_entries(read):
        what = verb_not_yet(entry.verb)
        if what:
            yield path, what


def _matchers(read: ReadScore) -> Iterator[tuple[Path, str]]:
    for name, cue in read.cues.items():
        raw = read.score.cues[name].when
        for number, matcher in enumerate(cue.when):
            path: Path = ("cues", name, "when")
            yield from _of_matcher(matcher, (*path, number) if isinstance(raw, list) else path)


def _of_matcher(matcher: Matcher, path: Path) -> Iterator[tuple[Path, str]]:
    what = NOT_YET_MATCHED.get(type(matcher))
    if what is not None:
        yield path, f"when {what}"
    if isinstance(matcher, (AllOf, AnyOf)):
        word = "all of" if isinstance(matcher, AllOf) else "any of"
        for number, part in enumerate(matcher.parts):
            yield from _of_matcher(part, (*path, word, number))


def _operations(read: ReadScore) -> Iterator[tuple[Path, str]]:
    for name, motif in read.score.motifs.items():
        for state, entry in motif.states.items():
            for number, text in enumerate(entry.vary):
                operation = parse_operation(text)
                if isinstance(operation, NotYet):
                    yield ("motifs", name, "states", state, "vary", number), str(operation)
    yield from _each_time("motifs", read.score.motifs)
    yield from _each_time("figures", read.score.figures)
    yield from _each_time("stingers", read.score.stingers)


def _mutes(score: Score) -> Iterator[Found]:
    """Notes that ask for a mute: General MIDI has none for most instruments."""
    written: list[tuple[Path, tuple[str, ...]]] = []
    for kind in ("motifs", "figures", "stingers"):
        entries = getattr(score, kind)
        written += [((kind, name, "notes"), entry.notes) for name, entry in entries.items()]
    for name, passage in score.passages.items():
        for part, lines in passage.parts.items():
            written.append((("passages", name, "parts", part), lines))
    for path, lines in written:
        if any(_MUTED.search(line) for line in lines):
            yield path, "con sord"


def _each_time(kind: str, entries: Mapping[str, Motif | Figure | Stinger]) -> Iterator[Found]:
    for name, entry in entries.items():
        for number, text in enumerate(entry.each_time):
            operation = parse_operation(text)
            if isinstance(operation, NotYet):
                yield (kind, name, "each time", number), str(operation)
