"""A motif's notes from a track of a MIDI file: `file:`, `track:`, `bars:` (language §3).

Files hold what sounds, a score what is written: a note that ends just before the next one, or just
before a sixteenth, is written to end there. Pitches become degrees of the score's key; how loud the
notes are in the file is not taken over.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from leitmotor.music.metre import Metre
from leitmotor.music.notes import Degree, Note
from leitmotor.music.scale import Key, Mode, tonic_pitch
from leitmotor.music.time import QUARTER, Ticks
from leitmotor.records import record
from leitmotor.score.midi_tracks import MidiMusic, Track, read_midi
from leitmotor.score.nearest import did_you_mean
from leitmotor.score.parts import counted
from leitmotor.score.written import Written

_BREATH = 10
"""A gap of up to this part of a note, as articulation leaves it, is no rest."""

_GRIDS = (QUARTER // 4, QUARTER // 3)
"""Where notes end that no other note follows: sixteenths, and triplets."""

_OVERHANG = QUARTER // 8
"""A file that ends less than this past a bar line ends with the bar."""

# The degree, from 0, that a semitone above the tonic is taken for where the mode has it not.
_DEGREES = (0, 1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 6)


class FileFault(ValueError):
    """What keeps notes from being taken from a file; `key` is the motif's that it is said of."""

    def __init__(self, key: str, text: str) -> None:
        super().__init__(text)
        self.key = key


@record
class Taken:
    """Which notes are wanted. `track` is a name or a number, empty for the only one there is."""

    track: str
    bars: tuple[int, int] | None
    metre: Metre
    pickup: Ticks
    key: Key


@record
class FromFile:
    """The notes, and remarks: (the key of the motif, what is hardly meant)."""

    written: Written
    remarks: tuple[tuple[str, str], ...]


@lru_cache(maxsize=64)
def notes_from(data: bytes, wanted: Taken) -> FromFile:
    """The notes of a MIDI file. Raises `FileFault` where there are none to be had."""
    try:
        music = read_midi(data)
    except ValueError as fault:
        raise FileFault("file", str(fault)) from None
    track = _track(music, wanted.track)
    first, end = _span(music, track, wanted)
    lines = [(start, stop, pitches) for start, (stop, pitches) in _chords(track).items()]
    lines = [line for line in lines if first - wanted.pickup <= line[0] < end]
    if not lines:
        raise FileFault("bars" if wanted.bars else "file", f"track {track} has no notes there")
    follow = [*(start for start, _, _ in lines[1:]), end]
    notes = tuple(
        Note(
            number,
            start - first,
            _end(start, stop, following) - start,
            tuple(degree_of(midi, wanted.key) for midi in sorted(pitches)),
        )
        for number, ((start, stop, pitches), following) in enumerate(
            zip(lines, follow, strict=True)
        )
    )
    length, bar = end - first, wanted.metre.bar
    written = Written(notes, length, tuple(range(0 if wanted.pickup else bar, length, bar)))
    return FromFile(written, (*_other_metre(music, wanted, first, end), *_lines_cut(lines, track)))


# --------------------------------------------------------------------------------------------------
# Which track, which bars


def _track(music: MidiMusic, wanted: str) -> Track:
    tracks = music.tracks
    if not tracks:
        raise FileFault("file", "no track of it has notes (strokes of a drum kit are none)")
    told = "tracks with notes are " + ", ".join(map(str, tracks[:24]))
    if not wanted:
        if len(tracks) > 1:
            raise FileFault("file", f"several tracks have notes: say which, track: …; {told}")
        return tracks[0]
    for same in (
        [t for t in tracks if t.name == wanted],
        [t for t in tracks if t.name.casefold() == wanted.strip().casefold()],
        [t for t in tracks if wanted.strip() == str(t.number)],
    ):
        if len(same) > 1:
            raise FileFault(
                "track", f'several tracks are called "{wanted}": give the number; {told}'
            )
        if same:
            return same[0]
    names = [t.name for t in tracks if t.name]
    hint = did_you_mean(wanted, names) if len(names) > 1 else ""
    raise FileFault("track", f'there is no track "{wanted}" with notes{hint}; {told}')


def _span(music: MidiMusic, track: Track, wanted: Taken) -> tuple[Ticks, Ticks]:
    """Where the first full bar begins and the last one ends."""
    bar, upbeat = wanted.metre.bar, wanted.pickup
    begin = track.notes[0].start
    # Notation programs write an upbeat as a short first bar, and the metre anew after it.
    is_short_bar = upbeat > 0 and any(at == upbeat for at, _, _ in music.metres)
    last = max(music.end, max(note.end for note in track.notes))
    if wanted.bars is not None:
        grid = upbeat if is_short_bar else 0
        count = -(-(last - grid) // bar)
        low, high = wanted.bars
        if high > count:
            raise FileFault("bars", f"the file has only {counted(count, 'bar')} of {wanted.metre}")
        return grid + (low - 1) * bar, grid + high * bar
    if upbeat and (is_short_bar or begin < upbeat):
        first = upbeat
    else:
        first = begin // bar * bar
        if upbeat and begin - first < bar - upbeat:
            place = f"bar {begin // bar + 1}, beat {1 + (begin - first) / wanted.metre.beat:g}"
            raise FileFault("pickup", f"there is no upbeat: the first note is at {place}")
        first += bar if upbeat else 0
    ends = max(note.end for note in track.notes) - first - _OVERHANG
    return first, first + max(-(-ends // bar), 1) * bar


def _other_metre(
    music: MidiMusic, wanted: Taken, first: Ticks, end: Ticks
) -> list[tuple[str, str]]:
    """Says so where the file is written in another metre than its bars are counted in."""
    before = [each for each in music.metres if each[0] <= first][-1:]
    inside = [each for each in music.metres if first < each[0] < end]
    metre = wanted.metre
    for _, numerator, denominator in (*before, *inside):
        if (numerator, denominator) != (metre.numerator, metre.denominator):
            said = f"the file is written in {numerator}/{denominator} and read in bars of {metre}"
            return [("file", f"{said}; write metre: {numerator}/{denominator} if that is meant")]
    return []


# --------------------------------------------------------------------------------------------------
# Notes


def _chords(track: Track) -> dict[Ticks, tuple[Ticks, set[int]]]:
    """What begins together: (the last end, the pitches), by the place where it begins."""
    chords: dict[Ticks, tuple[Ticks, set[int]]] = {}
    for note in track.notes:
        end, pitches = chords.get(note.start, (0, set()))
        chords[note.start] = max(end, note.end), pitches | {note.midi}
    return chords


def _end(start: Ticks, sounds: Ticks, following: Ticks) -> Ticks:
    """Where a note ends as written; never after the next one begins."""
    if sounds >= following:
        return following
    breath = (sounds - start) // _BREATH
    for place in (following, *(-(-sounds // grid) * grid for grid in _GRIDS)):
        if place <= min(sounds + breath, following):
            return place
    return sounds


def _lines_cut(lines: list[tuple[Ticks, Ticks, set[int]]], track: Track) -> list[tuple[str, str]]:
    """Says so where more than a legato overlap is lost, as a motif is one line."""
    for (start, stop, _), (following, _, _) in pairwise(lines):
        if stop - following > max((following - start) // 2, QUARTER // 4):
            said = f"track {track} holds several lines at once: a note ends where the next begins"
            return [("file", f"{said}; pick a track with one line")]
    return []


def degree_of(midi: int, key: Key) -> Degree:
    """The degree of a key that a pitch is; one that the mode has not is an altered one."""
    octave, above = divmod(midi - tonic_pitch(key).midi, 12)
    step, alter = _step(above, key.mode)
    return Degree(step, alter, octave)


def _step(above: int, mode: Mode) -> tuple[int, int]:
    if above in mode.steps:
        return mode.steps.index(above), 0
    if mode.size == len(set(_DEGREES)):
        step = _DEGREES[above]
    else:
        step = max(n for n, semitones in enumerate(mode.steps) if semitones < above)
    return step, above - mode.steps[step]
