"""Bytes into messages: however they are cut, and whatever they are (reliability F 55)."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from leitmotor.cues.midi_stream import LONGEST_SYSEX, MidiMessage, MidiStream
from leitmotor.cues.midi_sysex import Mmc, full_frame, full_frame_bytes, machine_control
from leitmotor.music.timecode import FPS_25, MTC_RATES, Timecode

bytes_of_midi = st.lists(
    st.one_of(
        st.integers(0, 255),
        st.sampled_from([0x90, 0xB3, 0xC0, 0xE1, 0xF0, 0xF1, 0xF2, 0xF4, 0xF6, 0xF7, 0xF8, 0xFA]),
    ),
    max_size=80,
).map(bytes)


def messages(*parts: bytes) -> list[MidiMessage]:
    stream = MidiStream()
    return [message for part in parts for message in stream.feed(part)]


def test_running_status_goes_on_through_real_time_bytes() -> None:
    assert messages(b"\x90\x24\xf8\x40\x26\xfa\x41\xc2\x05\x06") == [
        MidiMessage(0xF8),
        MidiMessage(0x90, b"\x24\x40"),
        MidiMessage(0xFA),
        MidiMessage(0x90, b"\x26\x41"),
        MidiMessage(0xC2, b"\x05"),
        MidiMessage(0xC2, b"\x06"),
    ]


def test_system_messages_end_running_status() -> None:
    assert messages(b"\x90\x24\x40\xf1\x11\x26\x41") == [
        MidiMessage(0x90, b"\x24\x40"),
        MidiMessage(0xF1, b"\x11"),
    ]


def test_a_real_time_byte_inside_sysex_is_a_message_of_its_own() -> None:
    assert messages(b"\xf0\x7f\x7f\xf8\x06\x02\xf7") == [
        MidiMessage(0xF8),
        MidiMessage(0xF0, b"\x7f\x7f\x06\x02"),
    ]


def test_sysex_without_end_is_bounded_and_the_next_status_is_understood() -> None:
    stream = MidiStream()
    for _ in range(20):
        assert stream.feed(b"\x01" * LONGEST_SYSEX) == []
        stream.feed(b"\xf0")
    assert stream.feed(b"\x01" * (LONGEST_SYSEX + 1) + b"\xf7") == []
    assert stream.feed(b"\xf0" + b"\x01" * LONGEST_SYSEX + b"\x90\x24\x40") == [
        MidiMessage(0x90, b"\x24\x40")
    ]
    assert stream.faults["unfinished SysEx"] == 20
    assert stream.faults["SysEx too long"] == 1


def test_what_is_undefined_is_dropped_and_counted() -> None:
    stream = MidiStream()
    assert stream.feed(b"\xf4\x01\xf5\xf9\xfd\xf7\x90\xf6") == [MidiMessage(0xF6)]
    assert stream.faults == {
        "undefined status": 4,
        "data without status": 1,
        "end of no SysEx": 1,
    }


@given(bytes_of_midi, st.lists(st.integers(0, 80), max_size=8))
def test_any_cutting_gives_the_same_messages(data: bytes, cuts: list[int]) -> None:
    places = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    parts = [data[a:b] for a, b in pairwise(places)]
    assert messages(*parts) == messages(data)


@given(bytes_of_midi)
def test_whatever_comes_each_message_is_a_whole_one(data: bytes) -> None:
    lengths = {0x8: 2, 0x9: 2, 0xA: 2, 0xB: 2, 0xC: 1, 0xD: 1, 0xE: 2}
    system = {0xF1: 1, 0xF2: 2, 0xF3: 1, 0xF6: 0, 0xF8: 0, 0xFA: 0, 0xFB: 0, 0xFC: 0}
    system |= {0xFE: 0, 0xFF: 0}
    for message in messages(data):
        if message.status != 0xF0:
            wanted = lengths.get(message.status >> 4, system.get(message.status))
            assert len(message.data) == wanted
        assert all(byte < 0x80 for byte in message.data)


@given(bytes_of_midi)
def test_after_anything_a_note_is_understood(data: bytes) -> None:
    assert messages(data, b"\x95\x3c\x40")[-1] == MidiMessage(0x95, b"\x3c\x40")


# -- system exclusive messages ---------------------------------------------------------------------


def test_machine_control_by_its_definition() -> None:
    words = {1: "stop", 2: "play", 3: "play", 4: "forward", 5: "rewind", 6: "record", 9: "pause"}
    for number, word in words.items():
        assert machine_control(bytes((0x7F, 0x10, 0x06, number))) == (Mmc(word),)
    located = bytes.fromhex("7f 7f 06 44 06 01 21 25 34 10 00")
    assert machine_control(located) == (Mmc("locate", Timecode(1, 37, 52, 16, FPS_25)),)


def test_several_commands_of_one_message() -> None:
    data = bytes.fromhex("7f 7f 06 01 44 06 01 21 00 00 00 00 4c 02 01 02 02")
    words = [command.word for command in machine_control(data)]
    assert words == ["stop", "locate", "play"]


def test_t6_a_full_frame_is_read_and_written() -> None:
    wire = bytes.fromhex("f0 7f 7f 01 01 21 25 34 10 f7")
    place = Timecode(1, 37, 52, 16, FPS_25)
    assert full_frame(wire[1:-1]) == place
    assert full_frame_bytes(place) == wire
    for rate in MTC_RATES:
        late = Timecode(23, 59, 59, rate.labels - 1, rate)
        assert full_frame(full_frame_bytes(late)[1:-1]) == late


@given(st.binary(max_size=24))
def test_any_sysex_is_read_without_fault(data: bytes) -> None:
    for body in (data, b"\x7f\x00\x06" + data, b"\x7f\x00\x01\x01" + data):
        words = [command.word for command in machine_control(body)]
        assert all(words)
        place = full_frame(body)
        assert place is None or place.frames < place.rate.labels
