"""What another JACK client plays is heard on a port that is listened to: notes, clock, timecode.

A dummy server is enough: `JACK_NO_AUDIO_RESERVATION=1 jackd -r -d dummy -r 48000 -p 256`.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator

import pytest
from tests.devices.jack_only import jack_only

from leitmotor.cues.midi_clock import clock_messages
from leitmotor.cues.midi_ear import HeardAt, MidiEar
from leitmotor.cues.midi_input import MidiInput
from leitmotor.cues.mtc import quarter_frames
from leitmotor.cues.timecode_chase import TimecodeChase
from leitmotor.music.tempo import TempoMap, constant
from leitmotor.music.time import QUARTER, Seconds
from leitmotor.music.timecode import FPS_2997_DROP
from leitmotor.quiet import quiet_libraries

jack = pytest.importorskip("jack", reason="JACK-Client is not installed")

pytestmark = pytest.mark.device

LATE: Seconds = 0.1
"""A player whose cycles a busy machine takes away begins so late; alone it is 6 ms."""

PATIENCE = 10.0
"""Seconds after which something counts as lost."""

END = "note 1"
"""What is played at the end."""


class Pads:
    """A JACK client that plays bytes at exact frames from when it is asked to."""

    def __init__(self) -> None:
        self.client = jack.Client("pads", no_start_server=True)
        self.port = self.client.midi_outports.register("out")
        self._waiting: deque[tuple[int, bytes]] = deque()
        self._begin: int | None = None
        self.client.set_process_callback(self._play)

    def play(self, messages: list[tuple[Seconds, bytes]]) -> None:
        """And the note 1 at the end, several times."""
        rate, last = self.client.samplerate, messages[-1][0]
        messages = [*messages, *((last + n / 20, b"\x90\x01\x01") for n in range(1, 9))]
        self._waiting = deque((round(at * rate), data) for at, data in messages)
        self._begin = self.client.last_frame_time + 4 * self.client.blocksize

    def _play(self, frames: int) -> None:
        self.port.clear_buffer()
        if self._begin is None:
            return
        start = self.client.last_frame_time - self._begin
        while self._waiting and self._waiting[0][0] < start + frames:
            place, data = self._waiting.popleft()
            self.port.write_midi_event(max(place - start, 0), data)


class Room:
    """An ear on a port, and what it makes of what comes."""

    def __init__(self, *texts: str) -> None:
        self.ear = MidiEar("pads", TimecodeChase(texts, 30, 0.03))
        self.heard: list[HeardAt] = []
        self.arrivals: list[Seconds] = []
        self._grown = threading.Condition()

    def hear(self, data: bytes, at: Seconds) -> None:
        with self._grown:
            self.arrivals.append(at)
            self.heard += self.ear.hear(data, at)
            self._grown.notify_all()

    def time_passes(self, at: Seconds) -> bool:
        return self.ear.runs(at)

    def wait_for(self, address: str) -> None:
        """Until it has come: JACK drops what is not fetched within its cycle, so nothing counts."""
        with self._grown:
            assert self._grown.wait_for(
                lambda: any(each.seen.address == address for each in self.heard), PATIENCE
            )


@pytest.fixture
def pads() -> Iterator[Pads]:
    try:
        with quiet_libraries():
            pads = Pads()
    except jack.JackError as error:
        pytest.skip(f"no JACK server runs: {error}")
    with pads.client:
        yield pads


def listen(room: Room) -> MidiInput:
    port = MidiInput("PADS", room, lambda _: None, backend=jack_only)
    assert port.open() == "listening to MIDI port `pads:out`"
    port.start()
    return port


def test_notes_and_machine_control_arrive(pads: Pads) -> None:
    room = Room()
    port = listen(room)
    play = bytes.fromhex("f0 7f 7f 06 02 f7")
    pads.play([(0.0, b"\x99\x24\x40"), (0.01, b"\xb0\x01\x7f"), (0.02, play)])
    room.wait_for(END)
    port.close()
    assert [each.seen.address for each in room.heard][:3] == ["note 36", "cc 1", "mmc play"]


def test_clock_is_followed_through_the_wire(pads: Pads) -> None:
    room = Room()
    port = listen(room)
    messages = list(clock_messages(TempoMap([constant(0, 0.0, 132.0)]), 0, 6 * QUARTER))[:-1]
    pads.play([(each.seconds, each.data) for each in messages])
    room.wait_for(END)
    port.close()
    now = room.ear.clock.now(room.arrivals[-1])
    assert now.running
    assert now.bpm == pytest.approx(132.0, rel=0.05)
    assert now.quarters == pytest.approx(6.0, abs=0.3)


def test_timecode_is_followed_and_its_cue_comes_at_its_instant(pads: Pads) -> None:
    first = 17_982 * 6  # 01:00:00;00
    room = Room("01:00:01:00")
    port = listen(room)
    frames = list(quarter_frames(first, FPS_2997_DROP, 240))
    pads.play([(float(at), data) for at, data in frames])
    room.wait_for(END)
    port.close()
    end = room.arrivals[-1]
    now = room.ear.timecode.now(end)
    assert now is not None
    assert now.running
    [at] = [each.at for each in room.heard if each.seen.kind == "timecode"]
    assert at - room.arrivals[0] == pytest.approx(30 * 1001 / 30_000, abs=LATE)
    assert now.frames == pytest.approx(first + 30 + (end - at) * 30_000 / 1001, abs=0.5)


def test_a_port_that_vanishes_is_found_again(pads: Pads) -> None:
    room = Room()
    port = MidiInput("PADS:OUT", room, lambda _: None, backend=jack_only)
    port.open()
    pads.port.unregister()
    port.look()
    assert port.port == ""
    pads.port = pads.client.midi_outports.register("out")
    port.look()
    assert port.port == "pads:out"
    port.close()
