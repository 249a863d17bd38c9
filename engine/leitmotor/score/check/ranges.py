"""Notes that an instrument cannot reach, even where all are moved by octaves together (T3.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from leitmotor.errors import Problem
from leitmotor.music.chord import Chord
from leitmotor.music.fit import fit_shift
from leitmotor.music.notes import Note
from leitmotor.music.scale import MAJOR, Key, Mode, spelled
from leitmotor.score.check.pitches import (
    chords_in,
    key_title,
    keys_of,
    listed,
    midi_name,
    only_degrees,
    pitches,
    progressions_of,
    tonic_chord,
    tonic_of,
)
from leitmotor.score.check.sounding import Sounding, Statement
from leitmotor.score.compiled import Instrument, Progression
from leitmotor.score.marks import Source
from leitmotor.score.parts import Path


@dataclass(frozen=True, slots=True)
class _Text:
    """Notes as one instrument reads them."""

    path: Path
    label: str
    notes: tuple[Note, ...]
    role: str
    octave: int  # where degree 1 stands, above octave 4
    register: int  # octaves that the palette adds


@dataclass(slots=True)
class _Folded:
    keys: dict[Key, None] = field(default_factory=dict)
    names: dict[str, None] = field(default_factory=dict)


class _Spans:
    """How many semitones texts span in a mode: known once, good for every key."""

    def __init__(self) -> None:
        self._spans: dict[tuple[int, str], int | None] = {}

    def fits(self, text: _Text, mode: Mode, instrument: Instrument) -> bool:
        """Whether some octave suits an instrument, whatever the tonic."""
        name = (id(text.notes), mode.name)
        if name not in self._spans:
            self._spans[name] = _span(text, mode)
        span = self._spans[name]
        return span is not None and span + 11 <= instrument.high - instrument.low


def _span(text: _Text, mode: Mode) -> int | None:
    if not only_degrees(text.notes):
        return None
    key = Key(0, 0, mode)
    chord, tonic = tonic_chord(Key(0, 0, MAJOR)), tonic_of(key, text.octave)
    found = [p.midi for n in text.notes for p in pitches(n, key, chord, tonic, text.role)]
    return max(found, default=0) - min(found, default=0)


def range_notes(sounding: Sounding, source: Source) -> Iterator[Problem]:
    """What must be folded, once for each motif or figure and instrument."""
    found: dict[tuple[str, str], tuple[_Text, Instrument, _Folded]] = {}
    spans = _Spans()
    for text, instrument, key, chords in _readings(sounding):
        if instrument.kit or spans.fits(text, key.mode, instrument):
            continue
        for chord in chords:
            names = folded(text, instrument, key, chord)
            if names:
                place = (text.label, instrument.name)
                entry = found.setdefault(place, (text, instrument, _Folded()))[2]
                entry.keys[key] = None
                entry.names.update(dict.fromkeys(names))
    for text, instrument, entry in found.values():
        yield source.key_problem(text.path, _told(text, instrument, entry))


def _told(text: _Text, instrument: Instrument, found: _Folded) -> str:
    span = f"{midi_name(instrument.low)}..{midi_name(instrument.high)}"
    return (
        f"{text.label} reaches further than the {instrument.name} ({span}): in "
        f"{key_title(found.keys)} {listed(found.names)} must be moved by octaves; "
        "give it another instrument, or write it closer together"
    )


def folded(text: _Text, instrument: Instrument, key: Key, chord: Chord) -> list[str]:
    """The names of the notes that are still out of range once all were moved together."""
    tonic = tonic_of(key, text.octave)
    found = [
        pitch.shifted(7 * text.register, 12 * text.register)
        for note in text.notes
        for pitch in pitches(note, key, chord, tonic, text.role)
    ]
    if not found:
        return []
    shift = fit_shift(
        [pitch.midi for pitch in found],
        instrument.low,
        instrument.high,
        instrument.comfortable_low,
        instrument.comfortable_high,
    )
    moved = [pitch.shifted(7 * shift, 12 * shift) for pitch in found]
    out = [p for p in moved if not instrument.low <= p.midi <= instrument.high]
    return [spelled(pitch.step, pitch.midi) for pitch in out]


_Reading = tuple[_Text, Instrument, Key, Sequence[Chord]]


def _readings(sounding: Sounding) -> Iterator[_Reading]:
    """Every text with every instrument in every key, each once."""
    seen = set()
    for text, instruments, keys, progressions in (*_motifs(sounding), *_figures(sounding)):
        for instrument in instruments:
            for key in keys:
                names = tuple(each.name for each in progressions)
                name = (id(text.notes), text.role, text.register, instrument.name, key, names)
                if name not in seen:
                    seen.add(name)
                    yield text, instrument, key, chords_in(key, progressions)


_Reach = tuple[_Text, Iterable[Instrument], Iterable[Key], tuple[Progression, ...]]


def _motifs(sounding: Sounding) -> Iterator[_Reach]:
    for statement in sounding.statements:
        path = place_of(statement)
        for cast in statement.casts:
            text = _Text(
                path,
                statement.label,
                statement.form.notes,
                statement.role,
                statement.motif.octave,
                cast.octaves,
            )
            progressions = progressions_of(sounding.score, statement)
            yield text, sounding.instruments(cast), keys_of(statement), progressions


def _figures(sounding: Sounding) -> Iterator[_Reach]:
    for line in sounding.lines:
        figure = sounding.score.figures.get(line.figure)
        for bar in figure.bars if figure is not None else ():
            for cast in line.casts:
                text = _Text(
                    ("figures", line.figure),
                    f"the figure {line.figure}",
                    bar.notes,
                    line.role,
                    0,
                    cast.octaves,
                )
                setting = line.setting
                yield text, sounding.instruments(cast), setting.keys, setting.progressions


def place_of(statement: Statement) -> Path:
    """Where a motif, as it is stated, is written."""
    if statement.state:
        return ("motifs", statement.motif.name, "states", statement.state)
    return ("motifs", statement.motif.name)
