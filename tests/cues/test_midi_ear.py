"""One wire with everything on it: notes, timecode and clock between each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitmotor.cues.midi_ear import HeardAt, MidiEar
from leitmotor.cues.mtc import quarter_frames
from leitmotor.cues.timecode_chase import TimecodeChase
from leitmotor.messages import Observation
from leitmotor.music.timecode import FPS_25

HOUR = 90_000


def ear(*texts: str) -> MidiEar:
    return MidiEar("pads", TimecodeChase(texts, 25, 0.03))


def test_a_timecode_that_is_passed_is_an_observation_at_its_instant() -> None:
    listening = ear("01:00:01:00")
    heard: list[HeardAt] = []
    for place, data in quarter_frames(HOUR, FPS_25, 120):
        heard += listening.hear(data, float(place))
    [(seen, at)] = heard
    assert seen == Observation("timecode", "01:00:01:00", (), (), "pads")
    assert at == pytest.approx(1.0)


def test_time_passes_without_messages() -> None:
    listening = ear("01:00:01:12")
    for place, data in quarter_frames(HOUR, FPS_25, 104):
        listening.hear(data, float(place))
    assert listening.runs(1.2)
    assert [each.seen.address for each in listening.time_passes(1.5)] == ["01:00:01:12"]
    assert not listening.runs(9.0)


def test_what_is_jumped_over_is_remarked() -> None:
    listening = ear("01:00:30:00")
    for first, begin in ((HOUR, 0.0), (HOUR + 2500, 1.0)):
        for place, data in quarter_frames(first, FPS_25, 64):
            listening.hear(data, begin + float(place))
    [remark] = listening.remarks
    assert remark.startswith("timecode jumped from 01:00:0")
    assert remark.endswith("skipped 01:00:30:00")


def test_clock_and_notes_lie_on_one_wire() -> None:
    listening = ear()
    heard = listening.hear(b"\xfa", 0.0)
    for tick in range(48):
        heard += listening.hear(b"\x99\x24\xf8\x40", tick / 48)
    assert len(heard) == 48
    assert listening.clock.now(1.0).bpm == pytest.approx(120.0)
    assert listening.clock.now(1.0).quarters == pytest.approx(2.0)


@given(st.lists(st.tuples(st.binary(max_size=12), st.floats(0, 2)), max_size=20))
def test_whatever_comes_nothing_escapes(parts: list[tuple[bytes, float]]) -> None:
    listening = ear("00:00:00:00", "12:00:00:00")
    at = 0.0
    for data, wait in parts:
        at += wait
        for each in (*listening.hear(data, at), *listening.time_passes(at)):
            assert each.seen.kind in ("midi", "timecode")
    assert all(count > 0 for count in listening.faults.values())
