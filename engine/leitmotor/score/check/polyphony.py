"""Chords with more notes than their players can play at once (S15)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leitmotor.errors import Problem
from leitmotor.music.scale import Pitch
from leitmotor.music.voicing import bed_voicing
from leitmotor.score.check.pitches import (
    chords_in,
    listed,
    pitches,
    progressions_of,
    tonic_of,
)
from leitmotor.score.check.ranges import place_of
from leitmotor.score.check.sounding import Cast, Line, Sounding, Statement, base_role
from leitmotor.score.marks import Source
from leitmotor.score.parts import Path

ENOUGH = 16
"""No chord has as many notes."""


def polyphony_notes(sounding: Sounding, source: Source) -> Iterator[Problem]:
    """What is left out, once for each text and cast."""
    seen = set()
    for path, what, cast, chord in (*_in_motifs(sounding), *_in_lines(sounding)):
        capacity = sum(instrument.poly for instrument in sounding.instruments(cast))
        lost = chord[: max(len(chord) - capacity, 0)]
        if not lost or (what, cast.players) in seen:
            continue
        seen.add((what, cast.players))
        of_chord = listed(pitch.name for pitch in chord)
        yield source.key_problem(
            path,
            f"{what} has a chord of {len(chord)} notes ({of_chord}) for "
            f"{listed(cast.players)}, playing {capacity} at once: {listed(p.name for p in lost)} "
            "will not sound; add an instrument to the role, or thin the chord",
        )


_Chord = tuple[Path, str, Cast, Sequence[Pitch]]


def _in_motifs(sounding: Sounding) -> Iterator[_Chord]:
    for statement in sounding.statements:
        for cast in _short(sounding, statement.casts):
            note = max(statement.form.notes, key=lambda each: len(each.tones), default=None)
            if note is not None and len(note.tones) > 1:
                key = statement.setting.home
                chord = chords_in(key, progressions_of(sounding.score, statement))[0]
                tonic = tonic_of(key, statement.motif.octave)
                found = pitches(note, key, chord, tonic, statement.role)
                yield place_of(statement), _label(statement), cast, found


def _label(statement: Statement) -> str:
    return f"the motif {statement.label}"


def _in_lines(sounding: Sounding) -> Iterator[_Chord]:
    for line in sounding.lines:
        for cast in _short(sounding, line.casts):
            if line.figure:
                yield from _in_figure(sounding, line, cast)
            elif base_role(line.role) == "bed":
                yield from _in_bed(line, cast)


def _in_figure(sounding: Sounding, line: Line, cast: Cast) -> Iterator[_Chord]:
    key = line.setting.home
    chord = chords_in(key, line.setting.progressions)[0]
    notes = [note for bar in sounding.score.figures[line.figure].bars for note in bar.notes]
    note = max(notes, key=lambda each: len(each.tones), default=None)
    if note is not None and len(note.tones) > 1:
        found = pitches(note, key, chord, tonic_of(key, 0), line.role)
        yield ("figures", line.figure), f"the figure {line.figure}", cast, found


def _in_bed(line: Line, cast: Cast) -> Iterator[_Chord]:
    key = line.setting.home
    chord = max(chords_in(key, line.setting.progressions), key=lambda each: len(each.tones))
    state = line.setting.state.name
    path: Path = ("states", state) if state else ("palettes",)
    what = f"{line.role} {line.setting.title} over {chord.name}".replace("  ", " ")
    yield path, what, cast, bed_voicing(chord, None)


def _short(sounding: Sounding, casts: Sequence[Cast]) -> Iterator[Cast]:
    """The casts that cannot play any chord there may be; kits strike what they are asked to."""
    for cast in casts:
        instruments = sounding.instruments(cast)
        pitched = not any(instrument.kit for instrument in instruments)
        if pitched and sum(instrument.poly for instrument in instruments) < ENOUGH:
            yield cast
