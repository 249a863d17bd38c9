"""All that one wire of MIDI tells: messages for cues, timecode and clock. Pure."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from leitmotor.cues import midi_stream
from leitmotor.cues.midi_clock import MidiClockReader
from leitmotor.cues.midi_observations import observations
from leitmotor.cues.midi_stream import SYSEX, MidiMessage, MidiStream
from leitmotor.cues.midi_sysex import full_frame
from leitmotor.cues.mtc import MtcReader
from leitmotor.cues.timecode_chase import Passed, TimecodeChase
from leitmotor.messages import Observation
from leitmotor.music.time import Seconds

TIMECODE = "timecode"
"""The kind of the observation that a timecode was passed; its address is as the score writes it."""


class HeardAt(NamedTuple):
    """Something for the score, and the instant at which it is to act."""

    seen: Observation
    at: Seconds


class MidiEar:
    """Listens to one wire. What is jumped over of timecode is put into `remarks`, in sentences.

    Thread: one at a time; never blocks, never raises. Times are those of one clock that never goes
    back.
    """

    def __init__(self, source: str, chase: TimecodeChase) -> None:
        self.source = source
        self.timecode = MtcReader()
        self.clock = MidiClockReader()
        self.remarks: list[str] = []
        self._stream = MidiStream()
        self._chase = chase

    @property
    def faults(self) -> Counter[str]:
        """What could not be used, by kind."""
        return self._stream.faults + self.timecode.faults + self.clock.faults

    def hear(self, data: bytes, at: Seconds) -> list[HeardAt]:
        """Bytes came."""
        found: list[HeardAt] = []
        for message in self._stream.feed(data):
            found += self._understood(message, at)
        return found

    def time_passes(self, at: Seconds) -> list[HeardAt]:
        """Nothing came for a while: timecode runs on all the same."""
        return self._chased(at)

    def runs(self, at: Seconds) -> bool:
        """Whether something may happen although nothing comes."""
        now = self.timecode.now(at)
        return now is not None and now.running

    def _understood(self, message: MidiMessage, at: Seconds) -> list[HeardAt]:
        data = message.data
        match message.status:
            case midi_stream.QUARTER_FRAME:
                self.timecode.quarter(data[0], at)
                return self._chased(at)
            case midi_stream.SONG_POSITION:
                self.clock.song_position(data[0] | data[1] << 7)
            case midi_stream.CLOCK:
                self.clock.tick(at)
            case midi_stream.START:
                self.clock.start(at)
            case midi_stream.CONTINUE:
                self.clock.resume(at)
            case midi_stream.STOP:
                self.clock.stop()
            case _:
                if message.status == SYSEX and (place := full_frame(data)) is not None:
                    self.timecode.full(place, at)
                return [HeardAt(seen, at) for seen in observations(message, self.source)]
        return []

    def _chased(self, at: Seconds) -> list[HeardAt]:
        now = self.timecode.now(at)
        if now is None:
            return []
        found: list[HeardAt] = []
        for told in self._chase.follow(now, at):
            if isinstance(told, Passed):
                seen = Observation(TIMECODE, told.text, (), (), self.source)
                found.append(HeardAt(seen, told.at))
            else:
                self.remarks.append(str(told))
        return found
