"""The ledger oracle, on bytes written by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitmotor.testing.oracle import LedgerOracle, Line


def read(data: str, port: str = "") -> LedgerOracle:
    oracle = LedgerOracle()
    oracle.feed(bytes.fromhex(data), port)
    return oracle


def test_a_note_sounds_until_its_note_off() -> None:
    oracle = read("90 3C 50")
    assert oracle.sounding == {Line("", 0, 60)}
    oracle.feed(bytes.fromhex("80 3C 40"))
    assert oracle.silent
    assert oracle.attacks == 1
    assert not oracle.unmatched


def test_running_status_and_velocity_0() -> None:
    oracle = read("93 3C 50 40 50 43 50 40 00")
    assert oracle.sounding == {Line("", 3, 60), Line("", 3, 67)}
    assert not oracle.strays


def test_realtime_bytes_stand_anywhere_and_keep_running_status() -> None:
    assert read("90 F8 3C FE 50 F8 40 50").sounding == {Line("", 0, 60), Line("", 0, 64)}


def test_system_messages_end_running_status() -> None:
    after_sysex = read("90 3C 50 F0 01 02 F7 40 50")
    assert after_sysex.sounding == {Line("", 0, 60)}
    assert after_sysex.strays == 2
    assert read("F2 01 02 90 3C 50").strays == 0


def test_a_message_that_is_cut_short_is_stray() -> None:
    oracle = read("90 3C 80 3C 40")
    assert oracle.strays == 1
    assert oracle.unmatched == [Line("", 0, 60)]


def test_channels_and_ports_are_apart() -> None:
    oracle = read("90 3C 50 91 3C 50", "desk")
    oracle.feed(bytes.fromhex("3C 50"), "house")  # running status is each port's own
    oracle.feed(bytes.fromhex("80 3C 40"), "house")
    assert oracle.sounding == {Line("desk", 0, 60), Line("desk", 1, 60)}
    assert oracle.unmatched == [Line("house", 0, 60)]
    assert oracle.strays == 2


def test_a_note_struck_twice_needs_two_note_offs() -> None:
    oracle = read("90 3C 50 3C 50 80 3C 40")
    assert oracle.doubled == [Line("", 0, 60)]
    assert oracle.sounding == {Line("", 0, 60)}
    oracle.feed(bytes.fromhex("3C 40"))
    assert oracle.silent


def test_the_pedal_holds_what_was_released() -> None:
    oracle = read("90 3C 50 B0 40 7F 80 3C 40")
    assert not oracle.sounding
    assert oracle.ringing == {Line("", 0, 60)}
    assert oracle.pedals == {("", 0)}
    oracle.feed(bytes.fromhex("B0 40 3F"))
    assert oracle.silent


def test_all_notes_off_respects_the_pedal_and_all_sound_off_does_not() -> None:
    oracle = read("B0 40 7F 90 3C 50 B0 7B 00")
    assert oracle.ringing == {Line("", 0, 60)}
    oracle.feed(bytes.fromhex("B0 78 00"))
    assert not oracle.ringing
    assert not oracle.silent  # the pedal is still down
    assert read("B0 40 7F 90 3C 50 FF").silent


def test_what_is_no_byte_is_refused() -> None:
    with pytest.raises(ValueError, match="256 is no byte"):
        LedgerOracle().feed([256])


MESSAGES = st.lists(
    st.tuples(st.sampled_from([0x80, 0x90, 0x91, 0xB0]), st.integers(58, 66), st.integers(0, 127))
)


@given(MESSAGES, st.lists(st.integers(0, 20)))
def test_running_status_and_pieces_make_no_difference(
    messages: list[tuple[int, int, int]], cuts: list[int]
) -> None:
    plain = LedgerOracle()
    short = bytearray()
    status = 0
    for message in messages:
        plain.feed(message)
        short += bytes(message[1:] if message[0] == status else message)
        status = message[0]
    cut = LedgerOracle()
    for length in cuts:
        cut.feed(short[:length])
        del short[:length]
    cut.feed(short)
    assert (cut.sounding, cut.ringing, cut.unmatched) == (
        plain.sounding,
        plain.ringing,
        plain.unmatched,
    )
    assert cut.strays == plain.strays == 0
