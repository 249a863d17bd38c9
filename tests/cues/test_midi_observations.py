"""What messages of MIDI say to a score (S35): neutral, with the values of the wire."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitmotor.cues.midi_observations import observations
from leitmotor.cues.midi_stream import MidiStream
from leitmotor.messages import Observation

TEN = (("channel", "10"),)


def seen(data: bytes) -> list[Observation]:
    return [each for message in MidiStream().feed(data) for each in observations(message, "pads")]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("99 24 40", Observation("midi", "note 36", (64.0,), TEN, "pads")),
        ("b9 01 00", Observation("midi", "cc 1", (0.0,), TEN, "pads")),
        ("c9 04", Observation("midi", "program 5", (), TEN, "pads")),
        ("f0 7f 00 06 02 f7", Observation("midi", "mmc play", (), (), "pads")),
        (
            "f0 7f 00 06 44 06 01 21 00 00 00 00 f7",
            Observation("midi", "mmc locate", (), (("timecode", "01:00:00:00"),), "pads"),
        ),
    ],
)
def test_s35_each_message_is_an_observation(data: str, expected: Observation) -> None:
    assert seen(bytes.fromhex(data)) == [expected]


def test_what_ends_a_note_says_nothing() -> None:
    assert seen(b"\x90\x24\x00\x80\x24\x40\xe0\x00\x40\xfe") == []


@given(st.binary(max_size=64))
def test_channels_are_1_to_16_and_values_0_to_127(data: bytes) -> None:
    for each in seen(data):
        assert each.kind == "midi"
        assert all(0 <= float(value) <= 127 for value in each.values)
        channel = dict(each.fields).get("channel", "1")
        assert 1 <= int(channel) <= 16
