"""Packets of strangers: read within bounds, or refused; none makes us raise, wait or grow."""

from __future__ import annotations

import math
import re
import struct

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.cues.osc_bytes import (
    AT_ONCE,
    BUNDLE,
    POISON,
    WALL,
    bundle,
    floating,
    message,
    nested,
    tag,
    text,
    whole,
)

from leitmotor.addresses import FORBIDDEN
from leitmotor.cues.osc_packet import (
    DEEPEST,
    FURTHEST,
    MOST_BYTES,
    MOST_MESSAGES,
    MOST_VALUES,
    Message,
    Packet,
    read_packet,
)
from leitmotor.cues.osc_time import ahead


def read(data: bytes) -> Packet:
    return read_packet(data, WALL)


def said(data: bytes) -> list[tuple[str, tuple[float | str, ...]]]:
    packet = read(data)
    assert packet.faults == ()
    return [(each.address, each.values) for each in packet.messages]


def kinds(data: bytes) -> list[str]:
    return [fault.kind for fault in read(data).faults]


# -- what is understood ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "values"),
    [
        (message("/a/b"), ()),
        (message("/a/b", None), ()),
        (message("/a/b", "i", whole(-7)), (-7.0,)),
        (message("/a/b", "f", floating(0.5)), (0.5,)),
        (message("/a/b", "h", struct.pack(">q", 2**40)), (2.0**40,)),
        (message("/a/b", "d", struct.pack(">d", 1e300)), (1e300,)),
        (message("/a/b", "s", text("found again")), ("found again",)),
        (message("/a/b", "S", text("ärger")), ("ärger",)),
        (message("/a/b", "TFIN"), (1.0, 0.0, 1.0, 0.0)),
        (message("/a/b", "sIf", text("x"), floating(2)), ("x", 1.0, 2.0)),
        (message("/a/b", "s", text("")), ("",)),
    ],
)
def test_values_are_numbers_and_texts(data: bytes, values: tuple[float | str, ...]) -> None:
    """A button's 1, 1.0 and true are one thing, and so are 0 and false."""
    assert said(data) == [("/a/b", values)]


def test_bundles_are_read_in_order_also_within_bundles() -> None:
    inner = bundle(message("/b"), message("/c", "i", whole(3)))
    found = said(bundle(message("/a"), inner, message("/d")))
    assert [address for address, _ in found] == ["/a", "/b", "/c", "/d"]
    assert said(nested(DEEPEST, message("/deep"))) == [("/deep", ())]


def test_an_empty_bundle_is_no_fault() -> None:
    """A.8: some programs send them as a heartbeat."""
    assert read(bundle()) == Packet()


# -- what is refused -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", POISON)
def test_the_poison_corpus_is_refused(name: str) -> None:
    packet = read(POISON[name])
    assert packet.messages == ()
    assert len(packet.faults) == 1


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (POISON["osc-neg-size"], "malformed"),
        (POISON["osc-redos"], "pattern"),
        (POISON["osc-badutf8"], "text"),
        (POISON["osc-control"], "text"),
        (POISON["osc-future"], "too far ahead"),
        (POISON["osc-nan"], "not a number"),
        (POISON["osc-blob"], "type"),
        (POISON["osc-too-many-values"], "too many values"),
        (POISON["osc-huge"], "too big"),
        (nested(DEEPEST + 1, message("/a")), "too deep"),
        (b"GET / HTTP/1.1\r\n\r\n  ", "malformed"),
    ],
)
def test_what_is_wrong_has_a_name(data: bytes, kind: str) -> None:
    assert kinds(data) == [kind]


def test_a_broken_frame_takes_the_packet_with_it_and_a_broken_message_only_itself() -> None:
    """A.1: where sizes are wrong nothing that follows can be trusted."""
    good = message("/good")
    assert read(bundle(good) + b"\0\0\0\x40").messages == ()
    packet = read(bundle(good, message("/bad", "Q"), message("/too")))
    assert [each.address for each in packet.messages] == ["/good", "/too"]
    assert [fault.kind for fault in packet.faults] == ["type"]


def test_the_first_messages_of_too_many_count() -> None:
    """A.7."""
    packet = read(bundle(*[message("/a")] * (MOST_MESSAGES + 20)))
    assert len(packet.messages) == MOST_MESSAGES
    assert [fault.kind for fault in packet.faults] == ["too many messages"]


# -- time ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("time", "due"),
    [
        (AT_ONCE, 0.0), (bytes(8), 0.0), (tag(WALL + 2.5), 2.5), (tag(WALL + FURTHEST), FURTHEST),
        (tag(WALL - 3), 0.0), (tag(0), 0.0), (struct.pack(">II", 100, 0), 0.0),
    ],
)  # fmt: skip
def test_a_time_to_come_is_kept_and_a_past_one_is_now(time: bytes, due: float) -> None:
    """A.5; the last one is a sender that counts from its own start."""
    (found,) = read(bundle(message("/a"), time=time)).messages
    assert found.ahead == pytest.approx(due, abs=1e-5)


def test_late_bundles_are_counted() -> None:
    assert read(bundle(message("/a"), time=tag(WALL - 1))).late == 1
    assert read(bundle(message("/a"), time=tag(WALL + 1))).late == 0


@pytest.mark.parametrize("far", [FURTHEST + 0.01, 3600.0, 2e8])
def test_what_lies_too_far_ahead_is_refused(far: float) -> None:
    packet = read(bundle(message("/a"), bundle(message("/b")), time=tag(WALL + far)))
    assert [each.address for each in packet.messages] == ["/b"]
    assert [fault.kind for fault in packet.faults] == ["too far ahead"]


def test_each_bundle_has_its_own_time() -> None:
    packet = read(bundle(message("/a"), bundle(message("/b"), time=tag(WALL + 2))))
    assert [round(each.ahead, 3) for each in packet.messages] == [0.0, 2.0]


ROLLOVER = 2**32 - 2_208_988_800.0
"""When the count of seconds since 1900 begins again: in February 2036."""


@pytest.mark.parametrize("wall", [WALL, ROLLOVER - 3, ROLLOVER - 0.5, ROLLOVER, ROLLOVER + 5, 3e9])
@pytest.mark.parametrize("distance", [-3600.0, -2.0, -0.25, 0.25, 2.0, 9.0])
def test_time_tags_pass_the_rollover_of_2036(wall: float, distance: float) -> None:
    value = int.from_bytes(tag(wall + distance), "big")
    assert ahead(value, wall) == pytest.approx(distance, abs=1e-5)


# -- anything --------------------------------------------------------------------------------------

VALUES = st.one_of(
    st.integers(-(2**31), 2**31 - 1).map(lambda v: ("i", whole(v))),
    st.floats(width=32).map(lambda v: ("f", struct.pack(">f", v))),
    st.floats().map(lambda v: ("d", struct.pack(">d", v))),
    st.text(max_size=30).map(lambda v: ("s", text(v))),
    st.sampled_from("TFIN").map(lambda v: (v, b"")),
    st.binary(max_size=12).map(lambda v: ("b", whole(len(v)) + v + bytes(-len(v) % 4))),
)
ADDRESSES = st.text(max_size=24).map(lambda name: f"/{name}")
MESSAGES = st.builds(
    lambda address, values: message(
        address, "".join(t for t, _ in values), *(v for _, v in values)
    ),
    ADDRESSES,
    st.lists(VALUES, max_size=5),
)
PACKETS = st.recursive(
    MESSAGES,
    lambda inner: st.builds(
        lambda elements, time: bundle(*elements, time=time),
        st.lists(inner, max_size=4),
        st.one_of(st.just(AT_ONCE), st.binary(min_size=8, max_size=8)),
    ),
    max_leaves=12,
)


def check(data: bytes) -> None:
    """What must be true of any packet."""
    packet = read(data)
    assert len(packet.messages) <= MOST_MESSAGES
    assert len(packet.faults) <= 2 * MOST_MESSAGES + MOST_BYTES
    for each in packet.messages:
        assert re.fullmatch(r"(/[^/\s]+)+", each.address)
        assert each.address.isprintable()
        assert not set(each.address) & set(FORBIDDEN)
        assert len(each.values) <= MOST_VALUES
        assert 0.0 <= each.ahead <= FURTHEST
        for value in each.values:
            assert isinstance(value, str) or (type(value) is float and math.isfinite(value))


@given(st.binary(max_size=200))
@example(BUNDLE)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    check(data)
    check(BUNDLE + data)
    check(b"/a\0\0," + data)


@given(PACKETS, st.data())
def test_any_packet_cut_off_or_changed_is_read_or_refused(
    packet: bytes, data: st.DataObject
) -> None:
    check(packet)
    check(packet[: data.draw(st.integers(0, len(packet)))])
    place = data.draw(st.integers(0, len(packet) - 1))
    change = data.draw(st.binary(min_size=1, max_size=4))
    check(packet[:place] + change + packet[place + len(change) :])


@given(
    st.lists(st.text("abc_19", min_size=1), min_size=1, max_size=4),
    st.lists(
        st.one_of(
            st.integers(-(2**31), 2**31 - 1).map(lambda v: (("i", whole(v)), float(v))),
            st.floats(allow_nan=False, allow_infinity=False, width=32).map(
                lambda v: (("f", floating(v)), v)
            ),
            st.text("abc ", max_size=9).map(lambda v: (("s", text(v)), v)),
        ),
        max_size=6,
    ),
)
def test_what_was_written_is_what_is_read(
    segments: list[str], written: list[tuple[tuple[str, bytes], float | str]]
) -> None:
    address = "/" + "/".join(segments)
    tags = "".join(kind for (kind, _), _ in written)
    data = message(address, tags, *(value for (_, value), _ in written))
    expected = Message(address, tuple(value for _, value in written))
    assert read(data) == Packet((expected,))
