"""Music for the measurements of sound: so many voices at once, for our renderer and for others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from leitmotor.messages import Attack, Bar, Cause, Control, Event, Release, Setup, Tempo, Voice
from leitmotor.music.time import QUARTER, Seconds, Ticks
from leitmotor.outputs.base import opened
from leitmotor.outputs.midi_file import MidiFileOutput
from leitmotor.sound.bank import Bank
from leitmotor.sound.catalogue import recipe_of
from leitmotor.sound.patch import Patch

FLUTE = "flute"
PROGRAM = 73
"""General MIDI's flute is one voice a note in the SoundFonts at hand; strings are up to five."""

BPM = 120.0
BAR = Bar(1, 0, 4 * QUARTER, QUARTER, "4/4")
_CAUSE = Cause("bench")
_DRUMS = 9
_LOWEST, _PITCHES = 60, 33  # what a flute can play
_LEVEL, _EXPRESSION = 7, 11
_SETTING = ((_LEVEL, 100), (_EXPRESSION, 100))


@dataclass(frozen=True, slots=True)
class Texture:
    """So many notes at any time, each of them so long.

    Where `controls_every` is given, the expression of every channel moves as often as that. The
    notes of each channel begin `apart` after those of the one before.
    """

    voices: int
    seconds: Seconds
    note_seconds: Seconds = 4.0
    controls_every: Seconds = 0.0
    apart: Seconds = 0.0

    @property
    def words(self) -> tuple[str, ...]:
        """As `bench/sound_job.py` reads it."""
        numbers = (self.voices, self.seconds, self.note_seconds, self.controls_every, self.apart)
        return tuple(map(str, numbers))

    @property
    def channels(self) -> tuple[int, ...]:
        """Those that are used: four voices on each, until there are no more channels."""
        known = [channel for channel in range(16) if channel != _DRUMS]
        return tuple(known[: max(1, min(len(known), -(-self.voices // 4)))])

    @property
    def setups(self) -> tuple[Setup, ...]:
        """What holds before the first note."""
        return tuple(
            Setup(_voice(channel), _SETTING, room=("hall", 2.0)) for channel in self.channels
        )

    def events(self) -> list[Event]:
        """All of it, in the order of time."""
        return sorted((*self._notes(), *self._controls()), key=lambda event: event.seconds)

    def _notes(self) -> Iterator[Event]:
        number = 0
        for chord in range(round(self.seconds / self.note_seconds)):
            for nth in range(self.voices):
                channel = nth % len(self.channels)
                begin = chord * self.note_seconds + channel * self.apart
                end = begin + self.note_seconds
                voice = _voice(self.channels[channel])
                # No pitch twice on a channel: that would be one note in MIDI.
                pitch = _LOWEST + (nth // len(self.channels) * 5 + chord + nth) % _PITCHES
                number += 1
                yield _attack(begin, voice, number, pitch)
                yield _release(end, voice, number, pitch)

    def _controls(self) -> Iterator[Event]:
        if not self.controls_every:
            return
        for step in range(round(self.seconds / self.controls_every)):
            at = step * self.controls_every
            for channel in self.channels:
                # Up and down between 64 and 127, no channel with any other.
                value = 64 + abs((step * 3 + channel * 8) % 126 - 63)
                yield Control(_tick(at), at, BAR, _voice(channel), _EXPRESSION, value)


def held(voices: int, seconds: Seconds) -> Texture:
    """Chords of 4 s in which nothing moves."""
    return Texture(voices, seconds)


def moving(voices: int, seconds: Seconds) -> Texture:
    """Notes of half a second, and expression that moves fifty times a second on every channel."""
    return Texture(voices, seconds, 0.5, 0.02)


def later_events(texture: Texture, later: Seconds, transposed: int) -> list[Event]:
    """Its events so much later, every note higher by so many semitones within the range."""
    found: list[Event] = []
    for event in texture.events():
        moved = event._replace(seconds=event.seconds + later)
        if isinstance(moved, (Attack, Release)):
            moved = moved._replace(pitch=_LOWEST + (moved.pitch - _LOWEST + transposed) % _PITCHES)
        found.append(moved)
    return found


def patches() -> dict[str, Patch]:
    """The instruments of a texture."""
    return {FLUTE: Patch(FLUTE, PROGRAM)}


def bake(bank: Bank) -> None:
    """All notes that a texture may play."""
    recipe = recipe_of(patches()[FLUTE])
    for pitch in range(_LOWEST, _LOWEST + _PITCHES):
        bank.note(recipe, pitch)


def write_midi(path: Path, setups: Sequence[Setup], events: Sequence[Event]) -> None:
    """The same as a MIDI file."""
    with opened(MidiFileOutput(path)) as output:
        output.prepare(setups)
        output.send(Tempo(0, 0.0, BAR, BPM, BPM, 0, "constant"))
        for event in events:
            output.send(event)


def _voice(channel: int) -> Voice:
    return Voice(FLUTE, "bed", "", channel, PROGRAM, 0)


def _tick(seconds: Seconds) -> Ticks:
    return round(seconds * BPM / 60.0 * QUARTER)


def _attack(at: Seconds, voice: Voice, number: int, pitch: int) -> Attack:
    return Attack(_tick(at), at, BAR, number, voice, pitch, "", 90, 0, -1, _CAUSE)


def _release(at: Seconds, voice: Voice, number: int, pitch: int) -> Release:
    return Release(_tick(at), at, BAR, number, voice, pitch, "", 0, _CAUSE)
