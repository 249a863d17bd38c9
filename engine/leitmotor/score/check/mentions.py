"""Every name that something in a score mentions, by kind; and what verbs may bring about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from leitmotor.music.operation import InRole, OnInstrument
from leitmotor.score import verbs
from leitmotor.score.check.places import cue_entries
from leitmotor.score.compiled import CompiledScore
from leitmotor.score.model.root import Score
from leitmotor.score.names import Names
from leitmotor.score.read import ReadScore
from leitmotor.score.verb_text import parse_do
from leitmotor.score.verbs import Entry, Rotation, Verb

V = TypeVar("V")

NAMED_BY: Mapping[type, tuple[tuple[str, str], ...]] = {
    verbs.Go: (("scene", "scenes"),),
    verbs.ToState: (("state", "states"),),
    verbs.PlayMotif: (("motif", "motifs"), ("instrument", "instruments")),
    verbs.PlayPassage: (("passage", "passages"),),
    verbs.Enter: (("character", "characters"),),
    verbs.HarmonyTo: (("progression", "progressions"),),
    verbs.PaletteTo: (("palette", "palettes"),),
    verbs.PlayOn: (("instrument", "instruments"),),
    verbs.FigureTo: (("figure", "figures"),),
    verbs.PlayStinger: (("stinger", "stingers"),),
    verbs.Silence: (("silence", "silences"),),
    verbs.Finish: (("passage", "passages"),),
}
"""Which fields of a verb name what."""

MAPPED = {"state": "states", "palette": "palettes", "harmony": "progressions", "figure": "figures"}
"""Mappings whose breakpoints are names, and of what."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """`verbs` are those of the cues, by type; `by_kind` holds every name that anything uses."""

    verbs: Mapping[type, tuple[Any, ...]]
    by_kind: Mapping[str, frozenset[str]]
    known: Names

    def has(self, kind: str, name: str) -> bool:
        """Whether anything makes use of a name."""
        return name in self.by_kind.get(kind, frozenset())

    def of(self, kind: type[V]) -> tuple[V, ...]:
        """The verbs of one kind in the cues, each once."""
        return self.verbs.get(kind, ())

    def asked(self, kind: type[V], field: str, known: Iterable[str]) -> tuple[str, ...]:
        """What verbs of one kind name in a field; a capture (`$1`) may stand for any `known`."""
        said = [getattr(verb, field) for verb in self.of(kind)]
        if any("$" in name for name in said):
            return tuple(known)
        return tuple(dict.fromkeys(said))


def _by_type(verbs_of_cues: Iterable[Verb]) -> dict[type, tuple[Verb, ...]]:
    found: dict[type, dict[Verb, None]] = {}
    for verb in verbs_of_cues:
        found.setdefault(type(verb), {})[verb] = None
    return {kind: tuple(each) for kind, each in found.items()}


def mentions_of(read: ReadScore, score: CompiledScore) -> Mentions:
    """Everything that cues, passages, stingers, hits, mappings and keys mention."""
    asked = (
        *(entry.verb for _, _, entry in cue_entries(read)),
        *(entry.verb for entry in other_entries(read)),
    )
    names: dict[str, set[str]] = {}
    for verb in asked:
        for field, kind in NAMED_BY.get(type(verb), ()):
            said = str(getattr(verb, field))
            names.setdefault(kind, set()).update(read.names.of(kind)[0] if "$" in said else (said,))
    for _, kinds, name in read.references:
        for kind in kinds:
            names.setdefault(kind, set()).add(name)
    for kind, name in (*_texts(read.score), *_operations(score)):
        names.setdefault(kind, set()).add(name)
    by_kind = {kind: frozenset(found) for kind, found in names.items()}
    return Mentions(_by_type(asked), by_kind, read.names)


def other_entries(read: ReadScore) -> Iterator[Entry]:
    """The entries of passages, stingers and hits."""
    for value in _other_texts(read.score):
        do = parse_do(value, read.names) if value != () else ()
        for option in do.options if isinstance(do, Rotation) else (do,):
            yield from option


def _other_texts(score: Score) -> Iterator[Any]:
    for passage in score.passages.values():
        yield from passage.at.values()
        if passage.then not in ("", "again"):
            yield passage.then
    for stinger in score.stingers.values():
        yield stinger.then
    for point in score.hits.points if score.hits else ():
        yield point.then


def _texts(score: Score) -> Iterator[tuple[str, str]]:
    """Names inside texts of another grammar, and entries that others are `like`."""
    for passage in score.passages.values():
        for option in passage.harmony.options if passage.harmony else ():
            yield "progressions", option
        for part, lines in passage.parts.items():
            yield "instruments", part
            for line in lines:
                yield "figures", line.removeprefix("figure ").strip()
    for mapping in score.mappings:
        kind = MAPPED.get(mapping.to[0])
        for point in mapping.as_ if kind else ():
            yield str(kind), point.to
    for section, kind in (
        ("palettes", "palettes"),
        ("states", "states"),
        ("instruments", "instruments"),
        ("figures", "figures"),
        ("motifs", "motifs"),
    ):
        for entry in getattr(score, section).values():
            if entry.like:
                yield kind, entry.like


def _operations(score: CompiledScore) -> Iterator[tuple[str, str]]:
    for motif in score.motifs.values():
        for state in motif.states.values():
            for operation in state.vary:
                if isinstance(operation, OnInstrument):
                    yield "instruments", operation.instrument
                elif isinstance(operation, InRole):
                    yield "roles", operation.role
