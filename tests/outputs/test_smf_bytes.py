"""The bytes of a Standard MIDI File (SMF 1.0), against its own examples and against mido."""

from __future__ import annotations

from io import BytesIO

import mido
import pytest

from leitmotor.outputs import smf_bytes


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0x00, "00"),
        (0x7F, "7f"),
        (0x80, "81 00"),
        (0x2000, "c0 00"),
        (0x3FFF, "ff 7f"),
        (0x4000, "81 80 00"),
        (0x1FFFFF, "ff ff 7f"),
        (0x0FFFFFFF, "ff ff ff 7f"),
    ],
)
def test_numbers_are_written_as_the_specification_shows(value: int, written: str) -> None:
    assert smf_bytes.variable_length(value).hex(" ") == written


def test_a_status_is_left_out_where_it_repeats_and_never_after_a_meta_event() -> None:
    on, off, mark = bytes([0x90, 60, 80]), bytes([0x90, 60, 1]), smf_bytes.marker("x")
    track = smf_bytes.track_bytes([(0, on), (200, off), (200, mark), (200, mark), (201, on)], 205)
    assert track[8:].hex(" ") == (
        "00 90 3c 50  81 48 3c 01  00 ff 06 01 78  00 ff 06 01 78  01 90 3c 50  04 ff 2f 00"
    ).replace("  ", " ")
    assert track[:8] == b"MTrk" + (len(track) - 8).to_bytes(4, "big")


def test_mido_reads_every_meta_event_as_it_was_meant() -> None:
    events = [
        smf_bytes.track_name("Flöße"),
        smf_bytes.marker("scene quay " + "y" * 200),
        smf_bytes.device_name("desk"),
        smf_bytes.midi_port(3),
        smf_bytes.tempo(0xFFFFFF),
        smf_bytes.time_signature(7, 8, 36),
        smf_bytes.key_signature(-3, 1),
    ]
    track = smf_bytes.track_bytes([(tick, event) for tick, event in enumerate(events)], 0)
    file = mido.MidiFile(file=BytesIO(smf_bytes.file_bytes([track])), charset="utf-8")
    assert (file.type, file.ticks_per_beat) == (1, 5040)
    expected = [
        mido.MetaMessage("track_name", name="Flöße"),
        mido.MetaMessage("marker", text="scene quay " + "y" * 200, time=1),
        mido.MetaMessage("device_name", name="desk", time=1),
        mido.MetaMessage("midi_port", port=3, time=1),
        mido.MetaMessage("set_tempo", tempo=0xFFFFFF, time=1),
        mido.MetaMessage("time_signature", numerator=7, denominator=8, clocks_per_click=36, time=1),
        mido.MetaMessage("key_signature", key="Cm", time=1),
        mido.MetaMessage("end_of_track"),
    ]
    assert list(file.tracks[0]) == expected
