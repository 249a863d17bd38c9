"""Notes that an instrument cannot reach, even where all are moved by octaves together (T3.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from leitmotor.errors import Problem
from leitmotor.music.chord import Chord, tonic_triad
from leitmotor.music.fit import fit_shift
from leitmotor.music.notes import ChordTone, Degree, Note, Piece
from leitmotor.music.resolve import resolve
from leitmotor.music.scale import MAJOR, Key, Mode, spelled
from leitmotor.score.check.pitches import (
    chord_base,
    chords_in,
    key_title,
    keys_of,
    listed,
    midi_name,
    pitches,
    progressions_of,
    tonic_of,
)
from leitmotor.score.check.sounding import Sounding, Statement
from leitmotor.score.compiled import Instrument, Progression
from leitmotor.score.compiled_overlays import STINGER_ROLE
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


_MEMBERS = {1: (0, 0), 3: (2, 5), 5: (6, 8), 7: (9, 11), 9: (13, 15)}
"""The least and most semitones of chord tones above their root."""

_SOMEWHERE = 11
"""A tonic or root may lie anywhere within an octave: so many semitones above its floor."""


class _Spans:
    """How many semitones texts span at most in a mode: known once, good for every key."""

    def __init__(self) -> None:
        self._spans: dict[tuple[int, int, str], int | None] = {}

    def fit(self, text: _Text, modes: Iterable[Mode], instrument: Instrument) -> bool:
        """Whether some octave suits an instrument, whatever the tonic and the chord."""
        room = instrument.high - instrument.low - _SOMEWHERE
        for mode in modes:
            name = (id(text.notes), text.octave, mode.name)
            if name not in self._spans:
                self._spans[name] = _span(text, mode)
            span = self._spans[name]
            if span is None or span > room:
                return False
        return True


def _span(text: _Text, mode: Mode) -> int | None:
    """None where it depends on more than the mode."""
    key = Key(0, 0, mode)
    chord, tonic = tonic_triad(Key(0, 0, MAJOR)), tonic_of(key, text.octave)
    degrees: list[int] = []
    members: list[int] = []
    # Equal notes have one and the same object of tones, and what is read once is enough.
    different = {id(note.tones): note.tones for note in text.notes}.values()
    for tone in (tone for tones in different for tone in tones):
        if isinstance(tone, Degree) and tone.home is None:
            degrees.append(resolve(tone, key, chord, tonic, 0).midi)
        elif isinstance(tone, ChordTone) and not tone.moves:
            base = chord_base(text.role) + 12 * tone.octave + tone.alter
            members += [base + semitones for semitones in _MEMBERS[tone.number]]
        elif not isinstance(tone, Piece):
            return None
    apart = _SOMEWHERE if degrees and members else 0
    found = degrees + members
    return max(found, default=0) - min(found, default=0) + apart


def range_notes(sounding: Sounding, source: Source) -> Iterator[Problem]:
    """What must be folded, once for each motif or figure and instrument."""
    found: dict[tuple[str, str], tuple[_Text, Instrument, _Folded]] = {}
    for text, instrument, key, chords in _readings(sounding):
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
    numbers = [pitch.midi for pitch in found]
    if not found or _some_octave_fits(min(numbers), max(numbers), instrument):
        return []
    shift = fit_shift(
        numbers,
        instrument.low,
        instrument.high,
        instrument.comfortable_low,
        instrument.comfortable_high,
    )
    moved = [pitch.shifted(7 * shift, 12 * shift) for pitch in found]
    out = [p for p in moved if not instrument.low <= p.midi <= instrument.high]
    return [spelled(pitch.step, pitch.midi) for pitch in out]


def _some_octave_fits(lowest: int, highest: int, instrument: Instrument) -> bool:
    """Whether a move by octaves brings all into the range, so that nothing need be folded."""
    up = -((lowest - instrument.low) // 12)  # the least move with nothing below the range
    return highest + 12 * up <= instrument.high and abs(up) <= 6


_Reading = tuple[_Text, Instrument, Key, Sequence[Chord]]


def _readings(sounding: Sounding) -> Iterator[_Reading]:
    """Every text with every instrument in every key that may be too narrow for it, each once."""
    seen = set()
    spans = _Spans()
    chords: dict[tuple[Key, tuple[str, ...]], Sequence[Chord]] = {}
    for text, instruments, keys, progressions in (
        *_motifs(sounding),
        *_figures(sounding),
        *_stingers(sounding),
    ):
        modes = {key.mode.name: key.mode for key in keys}.values()
        for instrument in instruments:
            if instrument.kit or spans.fit(text, modes, instrument):
                continue
            names = tuple(each.name for each in progressions)
            for key in keys:
                name = (id(text.notes), text.role, text.register, instrument.name, key, names)
                if name not in seen:
                    seen.add(name)
                    if (key, names) not in chords:
                        chords[key, names] = chords_in(key, progressions)
                    yield text, instrument, key, chords[key, names]


_Reach = tuple[_Text, Iterable[Instrument], Iterable[Key], tuple[Progression, ...]]


def _motifs(sounding: Sounding) -> Iterator[_Reach]:
    for statement in sounding.statements:
        path = place_of(statement)
        for cast in statement.casts:
            text = _Text(
                path,
                statement.title,
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


def _stingers(sounding: Sounding) -> Iterator[_Reach]:
    everywhere = sounding.stage.everywhere
    for name, stinger in sounding.score.stingers.items():
        text = _Text(
            ("stingers", name), f"the stinger {name}", stinger.motif.notes, STINGER_ROLE, 0, 0
        )
        stays = stinger.motif.fit == "none"
        keys = (sounding.score.defaults.key,) if stays else everywhere.keys
        cast = sounding.of_stinger(stinger)
        yield text, sounding.instruments(cast), keys, everywhere.progressions


def place_of(statement: Statement) -> Path:
    """Where a motif, as it is stated, or a part is written."""
    if statement.passage:
        return ("passages", statement.passage, "parts", statement.role)
    if statement.state:
        return ("motifs", statement.motif.name, "states", statement.state)
    return ("motifs", statement.motif.name)
