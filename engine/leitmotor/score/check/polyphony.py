"""Chords with more notes than their players can play at once (S15)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leitmotor.errors import Problem
from leitmotor.music.fit import fit_shift
from leitmotor.music.notes import Note
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
from leitmotor.score.check.sounding import Cast, Line, Sounding, base_role
from leitmotor.score.compiled import Instrument
from leitmotor.score.marks import Source
from leitmotor.score.parts import Path

MOST_TONES = 5
"""A chord of a progression has no more."""

NO_LIMIT = 128


def polyphony_notes(sounding: Sounding, source: Source) -> Iterator[Problem]:
    """What is left out, once for each text and cast."""
    seen = set()
    for path, what, cast, chord in (
        *_in_motifs(sounding),
        *_in_lines(sounding),
        *_in_stingers(sounding),
    ):
        capacity = capacity_of(sounding, cast)
        lost = len(chord) - capacity
        if lost <= 0 or (what, cast.players) in seen:
            continue
        seen.add((what, cast.players))
        names = _names(chord, sounding.instruments(cast)[-1])
        yield source.key_problem(
            path,
            f"{what} has a chord of {len(chord)} notes ({listed(names)}) for "
            f"{listed(cast.players)}, playing {capacity} at once: {listed(names[:lost])} "
            "will not sound; add an instrument to the role, or thin the chord",
        )


def _names(chord: Sequence[Pitch], instrument: Instrument) -> list[str]:
    """The names of a chord's notes where an instrument plays them, lowest first."""
    octaves = fit_shift(
        [pitch.midi for pitch in chord],
        instrument.low,
        instrument.high,
        instrument.comfortable_low,
        instrument.comfortable_high,
    )
    return [pitch.shifted(7 * octaves, 12 * octaves).name for pitch in chord]


_Chord = tuple[Path, str, Cast, Sequence[Pitch]]


def _in_motifs(sounding: Sounding) -> Iterator[_Chord]:
    known: dict[int, Note | None] = {}
    for statement in sounding.statements:
        notes = statement.form.notes
        if id(notes) not in known:
            known[id(notes)] = thickest(notes)
        note = known[id(notes)]
        for cast in statement.casts:
            if note is not None and len(note.tones) > capacity_of(sounding, cast):
                key = statement.setting.home
                chord = chords_in(key, progressions_of(sounding.score, statement))[0]
                tonic = tonic_of(key, statement.motif.octave)
                found = pitches(note, key, chord, tonic, statement.role)
                yield place_of(statement), statement.title, cast, found


def _in_stingers(sounding: Sounding) -> Iterator[_Chord]:
    everywhere = sounding.stage.everywhere
    for name, stinger in sounding.score.stingers.items():
        cast, note = sounding.of_stinger(stinger), thickest(stinger.motif.notes)
        if note is not None and len(note.tones) > capacity_of(sounding, cast):
            chord = chords_in(everywhere.home, everywhere.progressions)[0]
            found = pitches(note, everywhere.home, chord, tonic_of(everywhere.home, 0), "")
            yield ("stingers", name), f"the stinger {name}", cast, found


def thickest(notes: Sequence[Note]) -> Note | None:
    """The chord of most notes."""
    return max(notes, key=lambda note: len(note.tones), default=None)


def _in_lines(sounding: Sounding) -> Iterator[_Chord]:
    for line in sounding.lines:
        for cast in line.casts:
            if line.figure:
                yield from _in_figure(sounding, line, cast)
            elif base_role(line.role) == "bed" and capacity_of(sounding, cast) < MOST_TONES:
                yield from _in_bed(line, cast)


def _in_figure(sounding: Sounding, line: Line, cast: Cast) -> Iterator[_Chord]:
    key = line.setting.home
    note = thickest([n for bar in sounding.score.figures[line.figure].bars for n in bar.notes])
    if note is not None and len(note.tones) > capacity_of(sounding, cast):
        chord = chords_in(key, line.setting.progressions)[0]
        found = pitches(note, key, chord, tonic_of(key, 0), line.role)
        yield ("figures", line.figure), f"the figure {line.figure}", cast, found


def _in_bed(line: Line, cast: Cast) -> Iterator[_Chord]:
    key = line.setting.home
    chord = max(chords_in(key, line.setting.progressions), key=lambda each: len(each.tones))
    state = line.setting.state.name
    path: Path = ("states", state) if state else ("palettes",)
    what = f"{line.role} {line.setting.title} over {chord.name}".replace("  ", " ")
    yield path, what, cast, bed_voicing(chord, None)


def capacity_of(sounding: Sounding, cast: Cast) -> int:
    """How many notes the players of a cast can play at once; kits strike what they are asked to."""
    instruments = sounding.instruments(cast)
    if any(instrument.kit for instrument in instruments):
        return NO_LIMIT
    return sum(instrument.poly for instrument in instruments)
