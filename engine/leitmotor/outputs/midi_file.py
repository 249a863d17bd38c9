"""Writes a performance as a Standard MIDI File, for sequencers and notation programs (S3, S36)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from leitmotor.messages import (
    Attack,
    BarLine,
    Change,
    Control,
    Event,
    Panic,
    Program,
    Release,
    Setup,
    Tempo,
)
from leitmotor.music.tempo import TempoSegment
from leitmotor.outputs import midi_bytes, smf_bytes
from leitmotor.outputs.atomic_file import AtomicFile
from leitmotor.outputs.smf_tempo import FileClock
from leitmotor.outputs.smf_tracks import Conductor, Ensemble


class MidiFileOutput:
    """A file of format 1 with 5,040 ticks a quarter and UTF-8 texts; equal events give equal bytes.

    The first track conducts (title, tempi, metres, keys, markers `scene ID` and `cue NAME`); one
    track for each of `instruments` follows, in that order, and after them whoever else played. An
    instrument that plays into several outputs of the rig has a track for each, with the output's
    name and number.

    Notes are in place to half a file tick, and the tempo map to 0.05 ms, however long it lasts. A
    note that was never released ends with the file. The file appears when it is closed; a failure
    leaves none (`discard`).

    Thread: one at a time; `send` never blocks, `open` and `close` may block on the disk.
    """

    def __init__(self, path: Path, instruments: Sequence[str] = (), title: str = "") -> None:
        self.name = f"MIDI file {path.name}"
        self._file = AtomicFile(path)
        self._instruments = tuple(instruments)
        self._title = title
        self._begin()

    def open(self) -> None:
        """Make sure that the file can be written, and begin anew."""
        self._file.open()
        self._begin()

    def prepare(self, setups: Sequence[Setup]) -> None:
        """Write banks, programs and controllers where the file has got to: 0 before any event."""
        for setup in setups:
            self._ensemble.add(self._clock.end, setup.voice, midi_bytes.set_up(setup))

    def send(self, event: Event) -> None:
        """Put the event into its track."""
        try:
            self._take(event)
        except BaseException:
            self.discard()
            raise

    def close(self) -> None:
        """Write the file and move it into place."""
        if not self._file.is_open:
            return
        try:
            self._file.write(self._bytes())
        except BaseException:
            self.discard()
            raise
        self._file.commit()

    def discard(self) -> None:
        """Leave no file behind."""
        self._file.discard()

    def _begin(self) -> None:
        self._clock = FileClock()
        self._conductor = Conductor(self._title)
        self._ensemble = Ensemble(self._instruments)

    def _take(self, event: Event) -> None:
        tick = self._clock.place(event.tick, event.seconds)
        match event:
            case Attack():
                self._ensemble.attack(tick, event)
            case Release():
                self._ensemble.release(tick, event.note)
            case Control():
                data = midi_bytes.control_change(event.voice.channel, event.controller, event.value)
                self._ensemble.add(tick, event.voice, [data])
            case Program():
                self._ensemble.add(tick, event.voice, midi_bytes.bank_and_program(event.voice))
            case Tempo():
                self._clock.follow(_law(event))
            case BarLine():
                self._conductor.bar(tick, event)
            case Change():
                self._conductor.change(tick, event)
            case Panic():
                self._ensemble.hush(tick)
            case _:
                pass  # for the operator; rooms and distances are in CC91 and CC7 as well

    def _bytes(self) -> bytes:
        self._ensemble.release_all(self._clock.end)
        end = max(self._clock.end, self._ensemble.end)
        conductor = self._conductor.finished(self._clock.tempi(), end)
        return smf_bytes.file_bytes([conductor, *self._ensemble.finished(end)])


def _law(event: Tempo) -> TempoSegment:
    return TempoSegment(
        event.tick, event.seconds, event.bpm, event.end_bpm, event.length, event.shape
    )
