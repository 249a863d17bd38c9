"""The notes of a Standard MIDI File, track by track, as they stand there. Pure: it gets the bytes.

What is read are pitches and times of notes, names of tracks and metres; all else is left alone.
"""

from __future__ import annotations

import re
from contextlib import suppress
from io import BytesIO
from typing import Any

from leitmotor.music.time import QUARTER, Ticks
from leitmotor.records import record

MOST_NOTES = 20_000
"""How many notes a file may hold; a text is held to the same number."""

LATEST: Ticks = 2000 * 4 * QUARTER
"""Where a file has to end: after 2000 bars of 4/4 it is no source of a motif any more."""

_HEADER = b"MThd"
_OTHERS = (b"<?xml", b"<scor", b"PK\x03\x04")  # MusicXML, plain and packed
_KIT_CHANNEL = 9
_FINEST_METRE = 64
# Lengths and times take 4 such bytes at most; read as one number, a whole file of them takes hours.
_ENDLESS_NUMBER = re.compile(rb"[\x80-\xff]{4096}")
_LONGEST_WAIT = 0x0FFFFFFF  # in file ticks, of one message: what the format can write

ONLY_MIDI = "only MIDI files are read: export the music from your notation program as .mid"


@record
class Struck:
    """One note of a file as it sounds."""

    start: Ticks
    end: Ticks
    midi: int


@record
class Track:
    """A track that has pitched notes. `number` counts all tracks of the file, from 1.

    In a file that holds everything in one track, each channel is a track, numbered by its channel.
    """

    number: int
    name: str
    notes: tuple[Struck, ...]

    def __str__(self) -> str:
        return f'{self.number} "{self.name}"' if self.name else str(self.number)


@record
class MidiMusic:
    """What a file holds. `metres` are (from where, numerator, denominator) as written there."""

    tracks: tuple[Track, ...]
    metres: tuple[tuple[Ticks, int, int], ...]
    end: Ticks


def read_midi(data: bytes) -> MidiMusic:
    """Reads the bytes of a file. ValueError, with what to do, for what cannot be read."""
    if not data.startswith(_HEADER):
        if data.lstrip().startswith(_OTHERS):
            raise ValueError(f"this looks like MusicXML; {ONLY_MIDI}")
        raise ValueError("this is no MIDI file, whatever its name says; export it as .mid again")
    if _ENDLESS_NUMBER.search(data):
        raise ValueError(_broken("a number in it has no end"))
    # A score without such files need not wait for the library.
    from mido import MidiFile

    try:
        file = MidiFile(file=BytesIO(data))
    except Exception as error:
        # Broken bytes make the library raise nearly anything: end of file, index, key, struct.
        raise ValueError(_broken(str(error) or "it ends too early")) from None
    if file.ticks_per_beat <= 0:
        raise ValueError(
            "its time is counted in frames of film, not in beats; export it with ticks a quarter"
        )
    return _music(file)


def _broken(why: str) -> str:
    reason = why if len(why) <= 80 else f"{why[:79]}…"
    return f"the MIDI file is broken ({reason}); export it again"


def _music(file: Any) -> MidiMusic:
    reader = _Reader(file.ticks_per_beat)
    tracks: list[Track] = []
    for number, messages in enumerate(file.tracks, 1):
        name, by_channel = reader.track(messages)
        if file.type == 0 and len(by_channel) > 1:
            tracks += [Track(c + 1, "", tuple(sorted(n, key=_place))) for c, n in by_channel]
        elif by_channel:
            notes = [note for _, some in by_channel for note in some]
            tracks.append(Track(number, name, tuple(sorted(notes, key=_place))))
    return MidiMusic(tuple(tracks), tuple(sorted(reader.metres)), reader.end)


def _place(note: Struck) -> tuple[Ticks, int]:
    return note.start, note.midi


class _Reader:
    """Goes through the messages of one track after the other."""

    def __init__(self, resolution: int) -> None:
        self.metres: list[tuple[Ticks, int, int]] = []
        self.end: Ticks = 0
        self._resolution = resolution
        self._left = MOST_NOTES

    def _ticks(self, at: int) -> Ticks:
        """A place of the file; exact where its resolution divides ours, else the nearest tick."""
        return (2 * at * QUARTER + self._resolution) // (2 * self._resolution)

    def track(self, messages: Any) -> tuple[str, list[tuple[int, list[Struck]]]]:
        """The name of a track, and its pitched notes by channel."""
        name, at = "", 0
        sounding: dict[tuple[int, int], Ticks] = {}
        notes: dict[int, list[Struck]] = {}
        for message in messages:
            if not 0 <= message.time <= _LONGEST_WAIT:
                raise ValueError(_broken("a time in it is too long"))
            at += message.time
            now = self._ticks(at)
            if now > LATEST:
                raise ValueError("the MIDI file is longer than 2000 bars; export what is wanted")
            if message.type == "track_name" and not name:
                name = _text(message.name)
            elif message.type == "time_signature" and message.denominator <= _FINEST_METRE:
                self.metres.append((now, message.numerator, message.denominator))
            elif message.type in ("note_on", "note_off") and message.channel != _KIT_CHANNEL:
                self._note(message, now, sounding, notes)
            self.end = max(self.end, now)
        for (channel, midi), start in sounding.items():  # never released: until the track ends
            notes[channel].append(Struck(start, max(self._ticks(at), start + 1), midi))
        return name, sorted(notes.items())

    def _note(
        self,
        message: Any,
        now: Ticks,
        sounding: dict[tuple[int, int], Ticks],
        notes: dict[int, list[Struck]],
    ) -> None:
        key = (message.channel, message.note)
        start = sounding.pop(key, None)
        if start is not None:
            notes[message.channel].append(Struck(start, max(now, start + 1), message.note))
        if message.type == "note_on" and message.velocity:
            self._left -= 1
            if self._left < 0:
                raise ValueError(f"the MIDI file has more than {MOST_NOTES} notes")
            sounding[key] = now
            notes.setdefault(message.channel, [])


def _text(name: str) -> str:
    """A track's name: files hold UTF-8 as well as Latin-1, and do not say which."""
    with suppress(UnicodeError):
        name = name.encode("latin-1").decode("utf-8")
    name = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    return name[:60]
