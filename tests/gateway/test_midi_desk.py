"""MIDI in a session: what is sent to the performer, for when, and what the operator is told."""

from __future__ import annotations

import threading

import pytest

from leitmotor.cues.mtc import quarter_frames
from leitmotor.errors import DeviceError
from leitmotor.gateway.midi_desk import MidiDesk
from leitmotor.messages import Cue, Observation
from leitmotor.music.time import Seconds
from leitmotor.music.timecode import FPS_25, FPS_30
from leitmotor.score.matchers import Midi, Timecode
from leitmotor.testing import builders
from leitmotor.testing.fake_midi import ALSA, FakeMidi

HORIZON = 0.01
HOUR = 90_000


class Room:
    """A desk on a fake port, and what it sends."""

    def __init__(self) -> None:
        score = builders.score(
            motifs=[builders.motif("tune", "1q 2 3 4")],
            cues={
                "knock": {"when": [Midi("note", 36, 10)], "do": "log x"},
                "film": {"when": [Timecode("01:00:01:00")], "do": "log y"},
                "later": {"when": [Timecode("01:01:00:00")], "do": "log z"},
            },
        )
        self.fake = FakeMidi({ALSA: ["nano 20:0"]})
        self.sent: list[tuple[Cue, Seconds]] = []
        self.came = threading.Event()
        self.desk = MidiDesk(score, "nano", self.send, HORIZON, self.fake)

    def send(self, cue: Cue, at: Seconds) -> int:
        self.sent.append((cue, at))
        self.came.set()
        return len(self.sent)

    def tape(self, first: int, count: int, begin: float, rate: object = FPS_25) -> None:
        assert rate in (FPS_25, FPS_30)
        for place, data in quarter_frames(first, FPS_25 if rate == FPS_25 else FPS_30, count):
            self.desk.hear(data, begin + float(place))


def test_what_a_cue_waits_for_is_sent_as_it_came() -> None:
    room = Room()
    room.desk.hear(b"\x99\x24\x40", 5.0)
    seen = Observation("midi", "note 36", (64.0,), (("channel", "10"),), "nano")
    assert room.sent == [(seen, 5.0)]
    assert room.desk.notices() == ()


def test_what_nobody_waits_for_is_said_once() -> None:
    room = Room()
    for _ in range(3):
        room.desk.hear(b"\x90\x24\x40\xb0\x07\x00", 5.0)
    assert room.sent == []
    assert room.desk.notices() == ("MIDI from `nano`: note 36: no cue waits for it",)
    for note in range(127):
        room.desk.hear(bytes((0x91, note, 1)), 6.0)
    assert len(room.desk.notices()) < 10


def test_a_timecode_is_sent_ahead_so_that_it_acts_at_its_instant() -> None:
    room = Room()
    room.tape(HOUR, 120, 100.0)
    [(seen, arrival)] = room.sent
    assert seen == Observation("timecode", "01:00:01:00", source="nano")
    assert arrival + HORIZON == pytest.approx(101.0)


def test_the_operator_is_told_of_timecode_that_runs_jumps_and_stands() -> None:
    room = Room()
    room.tape(HOUR, 120, 100.0)
    assert room.desk.notices() == ("timecode runs from 01:00:00:03",)
    room.tape(HOUR + 5000, 120, 101.2)
    assert room.desk.time_passes(102.5)
    assert not room.desk.time_passes(110.0)
    lines = room.desk.notices()
    assert any(line.endswith("skipped 01:01:00:00") for line in lines)
    assert lines[-1].startswith("timecode stands at 01:03:22:")


def test_another_rate_than_the_scores_is_said() -> None:
    room = Room()
    room.tape(108_000, 200, 100.0, FPS_30)
    assert [cue for cue, _ in room.sent] == [Observation("timecode", "01:00:01:00", source="nano")]
    assert "timecode comes with 30 frames a second, the score counts 25" in room.desk.notices()[0]


def test_a_flood_is_cut_and_told_in_one_line() -> None:
    room = Room()
    room.desk.hear(b"\x99\x24\x40" * 5000, 5.0)
    assert len(room.sent) == 200
    assert len(room.desk.notices()) == 1


def test_what_is_not_midi_is_counted_and_told_in_one_line() -> None:
    room = Room()
    for number in range(100):
        room.desk.hear(b"\xf4\x01\x02", 5.0 + number / 1000)
    lines = room.desk.notices()
    assert [line.partition(":")[0] for line in lines] == ["midi from nano"] * 2


def test_a_session_long_it_hears_the_port() -> None:
    room = Room()
    assert room.desk.open() == "listening to MIDI port `nano 20:0`"
    room.desk.start()
    room.fake.play("nano 20:0", b"\x99\x24\x40")
    assert room.came.wait(5.0)
    room.desk.close()
    assert room.fake.clients == 0


def test_an_ambiguous_port_stops_before_anything_is_played() -> None:
    room = Room()
    room.fake.ports[ALSA] = ["nano A", "nano B"]
    with pytest.raises(DeviceError, match="fits 2 ports"):
        room.desk.open()
