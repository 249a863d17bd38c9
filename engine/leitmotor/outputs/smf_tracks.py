"""The tracks of a MIDI file while it is written: one for the conductor, one for each instrument."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from leitmotor.messages import Attack, BarLine, Change, Voice
from leitmotor.outputs import midi_bytes, smf_bytes, smf_meta
from leitmotor.outputs.smf_tempo import RATIO, FileTempo, FileTicks

_Line: TypeAlias = tuple[str, int, int]
"""Where only one note can sound: output, channel and pitch."""


class Rank(IntEnum):
    """Who comes first at the same file tick (S3)."""

    RELEASE = 0
    CHANGE = 1
    ATTACK = 2


class Entry(NamedTuple):
    """One message with its place."""

    tick: FileTicks
    rank: Rank
    message: bytes


def written(entries: Iterable[Entry], end: FileTicks) -> bytes:
    """A track of entries, each where it belongs; those of one place and rank as they came."""
    in_order = sorted(entries, key=itemgetter(0, 1))
    return smf_bytes.track_bytes([(tick, message) for tick, _, message in in_order], end)


@dataclass(slots=True)
class InstrumentTrack:
    """What one instrument plays into one output of the rig."""

    instrument: str
    out: str | None = None  # None while nobody played it
    entries: list[Entry] = field(default_factory=list)
    channels: set[int] = field(default_factory=set)

    def add(self, tick: FileTicks, rank: Rank, message: list[int]) -> None:
        """Add a channel message, as a port would take it."""
        self.entries.append(Entry(tick, rank, bytes(message)))

    def finished(self, port: int | None, end: FileTicks) -> bytes:
        """The track with its name, and with its port where the file needs several."""
        head = [smf_bytes.track_name(self.instrument)]
        if port is not None and self.out is not None:
            head.append(smf_bytes.device_name(self.out or "default"))
            head.append(smf_bytes.midi_port(port))
        first = [Entry(0, Rank.RELEASE, message) for message in head]
        return written([*first, *self.entries], end)


@dataclass(slots=True)
class _Held:
    """A note that has begun."""

    track: InstrumentTrack
    line: _Line
    began: FileTicks


class Ensemble:
    """All instrument tracks, in the order given, and the notes that sound.

    A note's end goes where its begin went. Two notes on one pitch of a channel never overlap, and
    none is shorter than a file tick.
    """

    def __init__(self, instruments: Sequence[str]) -> None:
        self.tracks = [InstrumentTrack(name) for name in dict.fromkeys(instruments)]
        self._by_voice: dict[tuple[str, str], InstrumentTrack] = {}
        self._held: dict[int, _Held] = {}
        self._owners: dict[_Line, int] = {}
        self._free_from: dict[_Line, FileTicks] = {}

    def add(self, tick: FileTicks, voice: Voice, messages: Iterable[list[int]]) -> None:
        """Controllers and programs of a voice."""
        track = self._track(voice)
        for message in messages:
            track.add(tick, Rank.CHANGE, message)

    def attack(self, tick: FileTicks, event: Attack) -> None:
        """A note begins; one that still sounds on its pitch ends there."""
        voice, pitch = event.voice, event.pitch
        line = voice.out, voice.channel, pitch
        owner = self._owners.get(line)
        if owner is not None:
            self.release(tick, owner)
        began = max(tick, self._free_from.get(line, 0))
        track = self._track(voice)
        track.add(began, Rank.ATTACK, midi_bytes.note_on(voice.channel, pitch, event.velocity))
        self._held[event.note] = _Held(track, line, began)
        self._owners[line] = event.note

    def release(self, tick: FileTicks, note: int) -> None:
        """A note ends; nothing happens where it has ended already."""
        held = self._held.pop(note, None)
        if held is None:
            return
        line = held.line
        del self._owners[line]
        end = max(tick, held.began + 1)
        self._free_from[line] = end
        _, channel, pitch = line
        held.track.add(end, Rank.RELEASE, midi_bytes.note_off(channel, pitch))

    def release_all(self, tick: FileTicks) -> None:
        """Every note that sounds ends."""
        for note in list(self._held):
            self.release(tick, note)

    def hush(self, tick: FileTicks) -> None:
        """Every note ends and every channel in use is silenced."""
        self.release_all(tick)
        for track in self.tracks:
            for channel in sorted(track.channels):
                for message in midi_bytes.hush(channel):
                    track.add(tick, Rank.CHANGE, message)

    @property
    def end(self) -> FileTicks:
        """The place of the last message."""
        return max((entry.tick for track in self.tracks for entry in track.entries), default=0)

    def finished(self, end: FileTicks) -> list[bytes]:
        """All tracks, ending together."""
        outs = list(dict.fromkeys(track.out for track in self.tracks if track.out is not None))
        if len(outs) < 2:
            return [track.finished(None, end) for track in self.tracks]
        return [
            track.finished(None if track.out is None else outs.index(track.out), end)
            for track in self.tracks
        ]

    def _track(self, voice: Voice) -> InstrumentTrack:
        key = voice.instrument, voice.out
        track = self._by_voice.get(key)
        if track is None:
            track = self._by_voice[key] = self._assigned(voice)
        track.channels.add(voice.channel)
        return track

    def _assigned(self, voice: Voice) -> InstrumentTrack:
        same = [track for track in self.tracks if track.instrument == voice.instrument]
        for track in same:
            if track.out is None:
                track.out = voice.out
                return track
        track = InstrumentTrack(voice.instrument, voice.out)
        after = self.tracks.index(same[-1]) + 1 if same else len(self.tracks)
        self.tracks.insert(after, track)
        return track


class Conductor:
    """The first track: title, tempi, metres, keys and markers."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._entries: list[Entry] = []
        self._metre = ""
        self._next_bar: FileTicks | None = None

    def bar(self, tick: FileTicks, event: BarLine) -> None:
        """A bar begins; its metre is written where it is new or the bar before was not whole."""
        bar = event.bar
        if bar.metre != self._metre or tick != self._next_bar:
            self._add(tick, smf_meta.time_signature(bar))
        self._metre = bar.metre
        self._next_bar = tick + bar.length // RATIO

    def change(self, tick: FileTicks, event: Change) -> None:
        """A key or a marker, where the change is one."""
        if event.what == "key":
            self._add(tick, smf_meta.key_signature(event))
        else:
            self._add(tick, smf_meta.marker(event))

    def finished(self, tempi: Iterable[FileTempo], end: FileTicks) -> bytes:
        """The track."""
        head = [Entry(0, Rank.RELEASE, smf_bytes.track_name(self._title))]
        for tempo in tempi:
            head.append(Entry(tempo.tick, Rank.RELEASE, smf_bytes.tempo(tempo.micros)))
        return written([*head, *self._entries], end)

    def _add(self, tick: FileTicks, message: bytes | None) -> None:
        if message is not None:
            self._entries.append(Entry(tick, Rank.CHANGE, message))
