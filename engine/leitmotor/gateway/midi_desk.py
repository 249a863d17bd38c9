"""MIDI in a live session: notes, controllers, machine control and timecode become cues."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable
from contextlib import suppress

from leitmotor.cues.fault_tally import FaultTally
from leitmotor.cues.midi_ear import HeardAt, MidiEar
from leitmotor.cues.midi_input import STEP, MidiInput
from leitmotor.cues.rates import EACH, Bucket
from leitmotor.cues.timecode_chase import TimecodeChase
from leitmotor.gateway.awaited import awaited
from leitmotor.messages import Cue
from leitmotor.midi_library import Backend, python_rtmidi
from leitmotor.music.time import Seconds
from leitmotor.music.timecode import FrameRate
from leitmotor.perform.matching import that_may_fire
from leitmotor.run.protocol import Answered
from leitmotor.score.compiled import CompiledScore
from leitmotor.score.matchers import Timecode

MARGIN: Seconds = 2 * STEP
"""How long before its least delay a timecode is told, so that it acts at its very instant."""

MOST_UNAWAITED = 8
"""Messages that nobody waits for which are told; a keyboard has many keys."""

MOST_LINES = 64
"""Lines that wait to be shown; of more, the oldest go."""

Send = Callable[[Cue, Seconds], int]
"""Fires a cue as of an instant of `time.perf_counter`; gives its ticket (`Stage.send`)."""


class MidiDesk:
    """Listens to a MIDI port during a performance of a score.

    What one of the score's cues waits for goes to it. Thread: `open`, `start`, `close`, `answered`
    and `notices` from the session's; `hear` and `time_passes` from one other.
    """

    def __init__(
        self,
        score: CompiledScore,
        port: str,
        send: Send,
        horizon: Seconds,
        backend: Backend = python_rtmidi,
    ) -> None:
        """`horizon` is the least delay of a cue."""
        self._score = score
        self._send = send
        self._horizon = horizon
        self._labels = round(score.defaults.frame_rate)
        labels = dict.fromkeys(each.text for each in awaited(score, Timecode))
        chase = TimecodeChase(labels, self._labels, horizon + MARGIN)
        self.ear = MidiEar(port, chase)
        self._lines: deque[str] = deque(maxlen=MOST_LINES)
        self.input = MidiInput(port, self, self._lines.append, backend=backend)
        self._bucket: Bucket | None = None
        self._tally = FaultTally("midi")
        self._counted: Counter[str] = Counter()
        self._unawaited: set[str] = set()
        self._running = False
        self._rate: FrameRate | None = None

    # -- the session's side ------------------------------------------------------------------------

    def open(self) -> str:
        """Look for the port; a sentence on it. `DeviceError` where its name fits several."""
        return self.input.open()

    def start(self) -> None:
        """Begin to take in what comes."""
        self.input.start()

    def close(self) -> None:
        """Let the port go."""
        self.input.close()

    def answered(self, message: Answered) -> None:
        """Nobody on a MIDI wire hears an answer."""

    def notices(self) -> tuple[str, ...]:
        """What became of the port and of timecode, and what was not understood."""
        lines: list[str] = []
        with suppress(IndexError):
            while True:
                lines.append(self._lines.popleft())
        return tuple(lines)

    # -- the wire's side ---------------------------------------------------------------------------

    def hear(self, data: bytes, at: Seconds) -> None:
        """Bytes came."""
        self._fire(self.ear.hear(data, at), at)
        self._remark(at)

    def time_passes(self, at: Seconds) -> bool:
        """Nothing came; whether timecode runs on meanwhile."""
        self._fire(self.ear.time_passes(at), at)
        self._remark(at)
        return self._running

    def _fire(self, heard: list[HeardAt], now: Seconds) -> None:
        for seen, at in heard:
            if not that_may_fire(self._score, seen):
                if not seen.values or seen.values[0] != 0.0:  # a button that is let go of
                    self._nobody_waits(seen.address)
                continue
            if self._bucket is None:
                self._bucket = Bucket(EACH, now)
            if not self._bucket.take(1, now):
                self._fault("too much at once", "left out", now, 1)
                continue
            # A cue acts a horizon after it arrived: what is told ahead acts at its very instant.
            self._send(seen, at - self._horizon if at > now else at)

    def _nobody_waits(self, address: str) -> None:
        if address not in self._unawaited and len(self._unawaited) < MOST_UNAWAITED:
            self._unawaited.add(address)
            self._lines.append(f"MIDI from `{self.ear.source}`: {address}: no cue waits for it")

    def _remark(self, at: Seconds) -> None:
        """What is worth a line."""
        while self.ear.remarks:
            self._lines.append(self.ear.remarks.pop(0))
        faults = self.ear.faults
        if self.input.lost:
            faults["too much at once"] = self.input.lost
        for kind, count in (faults - self._counted).items():
            self._fault(kind, "left out", at, count)
        self._counted = faults
        self._tell_timecode(at)

    def _fault(self, kind: str, text: str, at: Seconds, times: int) -> None:
        line = self._tally.note(kind, self.ear.source, text, at, times)
        if line:
            self._lines.append(line)

    def _tell_timecode(self, at: Seconds) -> None:
        now = self.ear.timecode.now(at)
        if now is None:
            return
        if now.running and now.rate != self._rate:
            self._rate = now.rate
            if now.rate.labels != self._labels:
                self._lines.append(
                    f"timecode comes with {now.rate} frames a second, the score counts"
                    f" {self._labels}: its cues come at the same places of the second"
                )
        if now.running != self._running:
            self._running = now.running
            turn = "runs from" if now.running else "stands at"
            self._lines.append(f"timecode {turn} {now.label}")
