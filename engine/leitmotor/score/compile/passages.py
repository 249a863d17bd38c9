"""Passages: each part a motif of its own, checked bar by bar against the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from leitmotor.music.metre import Metre
from leitmotor.music.scale import Key
from leitmotor.music.time import Ticks
from leitmotor.score.compile.found import Found
from leitmotor.score.compile.material import compile_progression, place_in, ticks_in
from leitmotor.score.compiled import Choice, Motif, Progression
from leitmotor.score.compiled_passages import Part, Passage, PassageEvent
from leitmotor.score.model import material as model
from leitmotor.score.model.readers import bar_place
from leitmotor.score.names import Names
from leitmotor.score.note_text import parse_notes
from leitmotor.score.parts import Path, counted
from leitmotor.score.verb_text import parse_do
from leitmotor.score.verbs import Entry, Rotation

REST = "rest"


class Written(NamedTuple):
    """A passage, with the motifs and progressions that only it uses."""

    passage: Passage
    motifs: Mapping[str, Motif]
    progressions: Mapping[str, Progression]


def compile_passage(
    name: str,
    entry: model.Passage,
    metre: Metre,
    key: Key,
    names: Names,
    found: Found,
) -> Written | None:
    """A passage; None where its parts cannot be read or do not fit together."""
    own_metre = entry.metre or metre
    own_key = Key(entry.key[0], entry.key[1], entry.key[2] or key.mode) if entry.key else None
    pickup = ticks_in(entry.pickup, own_metre)
    parts = [
        _part(name, part, lines, own_metre, pickup, own_key or key, names, found)
        for part, lines in entry.parts.items()
    ]
    motifs = [motif for _, motif in parts if motif is not None]
    progressions = _progressions(name, entry, own_key or key, names, found)
    length = max((motif.length for motif in motifs), default=0) or _harmony_length(
        progressions, own_metre
    )
    if any(part is None for part, _ in parts) or not _bars_agree(name, motifs, own_metre, found):
        return None
    if not length:
        found.error(("passages", name), "a passage needs a part in notes, or a harmony, to last")
        return None
    events = tuple(_events(entry, own_metre, names))
    beyond = [event for event in events if not 0 <= event.place < length]
    for event in beyond:
        bars = counted(length // own_metre.bar, "bar")
        found.error(("passages", name, "at", event.label), f"{name} has only {bars}")
    passage = Passage(
        name=name,
        length=length,
        pickup=max((motif.pickup for motif in motifs), default=0),
        parts=tuple(part for part, _ in parts if part is not None),
        metre=entry.metre,
        key=own_key,
        tempo=entry.tempo,
        progression=_choice(name, entry, progressions),
        phrase=entry.phrase,
        marks={mark: place_in(place, own_metre) for mark, place in entry.marks.items()},
        at=events,
        again=entry.then == "again",
        then=_entries(entry.then, names) if entry.then not in ("", "again") else (),
    )
    return Written(passage, {motif.name: motif for motif in motifs}, progressions)


def _part(
    passage: str,
    name: str,
    lines: tuple[str, ...],
    metre: Metre,
    pickup: Ticks,
    key: Key,
    names: Names,
    found: Found,
) -> tuple[Part | None, Motif | None]:
    """A part, and its notes where it is written out."""
    instrument = "" if name in names.roles else name
    text = lines[0].strip() if len(lines) == 1 else ""
    if text == REST:
        return Part(name, instrument), None
    if text.startswith("figure "):
        return Part(name, instrument, figure=text.removeprefix("figure ").strip()), None
    path: Path = ("passages", passage, "parts", name)
    written = parse_notes(lines, metre=metre, pickup=pickup, minor=key.mode.is_minor)
    for problem in written.problems:
        found.text_error(path, problem)
    for warning in written.warnings:
        found.text_note(path, warning)
    if written.problems:
        return None, None
    motif = Motif(
        name=f"{passage}\n{name}",
        notes=written.notes,
        length=written.length,
        pickup=max(-min((note.onset for note in written.notes), default=0), 0),
        metre=metre,
        role=name,
        octave=0,
        fit="key",
        harmony=None,
        times=1,
        must_keep=frozenset(),
        rest=None,
        marks={},
        states={},
    )
    return Part(name, instrument, motif=motif.name), motif


def _bars_agree(passage: str, motifs: list[Motif], metre: Metre, found: Found) -> bool:
    """All written parts have as many bars; a part that falls silent says so with rests."""
    longest = max((motif.length for motif in motifs), default=0)
    short = [motif for motif in motifs if motif.length != longest]
    full = next((motif.role for motif in motifs if motif.length == longest), "")
    for motif in short:
        has = counted(-(-motif.length // metre.bar), "bar")
        found.error(
            ("passages", passage, "parts", motif.role),
            f"{motif.role} has {has} and {full} {-(-longest // metre.bar)}: parts of a passage"
            " are equally long; write rests for bars in which one is silent",
        )
    return not short


def _progressions(
    name: str, entry: model.Passage, key: Key, names: Names, found: Found
) -> dict[str, Progression]:
    """Harmony that is written in the passage itself, under names that no score can use."""
    made: dict[str, Progression] = {}
    for number, option in enumerate(entry.harmony.options if entry.harmony else ()):
        if option in names.progressions:
            continue
        written = model.Progression(chords=(option,))
        hidden = f"passage\n{name}\n{number}"
        progression = compile_progression(hidden, written, key.mode, found)
        if progression is not None:
            made[hidden] = progression
    return made


def _choice(name: str, entry: model.Passage, made: Mapping[str, Progression]) -> Choice[str] | None:
    if entry.harmony is None:
        return None
    options = (
        hidden if (hidden := f"passage\n{name}\n{number}") in made else option
        for number, option in enumerate(entry.harmony.options)
    )
    return Choice(tuple(options), f"passage {name} harmony", entry.harmony.shuffled)


def _harmony_length(progressions: Mapping[str, Progression], metre: Metre) -> Ticks:
    return max((len(each.bars) * metre.bar for each in progressions.values()), default=0)


def _events(entry: model.Passage, metre: Metre, names: Names) -> Iterator[PassageEvent]:
    for label, verbs in entry.at.items():
        place = entry.marks.get(label) or bar_place(label)
        yield PassageEvent(place_in(place, metre), _entries(verbs, names), label)


def _entries(text: object, names: Names) -> tuple[Entry, ...]:
    do = parse_do(text, names)
    return do.options[0] if isinstance(do, Rotation) else do
