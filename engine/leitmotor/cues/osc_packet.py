"""OSC packets as they come from strangers: read within fixed bounds, or refused.

Sizes, depth, counts and alignment are checked before a field is used; what is left, one message
of bounded size with known types, is decoded by python-osc. Pure and total: no bytes make it raise,
wait or grow.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isfinite
from typing import NamedTuple

from pythonosc.osc_message import OscMessage as Decoded

from leitmotor.addresses import FORBIDDEN
from leitmotor.cues.osc_time import ahead
from leitmotor.music.time import Seconds

MOST_BYTES = 1536
"""Of a packet: what fits into one frame of a network, and a little more."""

DEEPEST = 4
"""Bundles within bundles."""

MOST_MESSAGES = 64
MOST_VALUES = 32
LONGEST_TEXT = 256
"""Bytes, of an address or of a text among the values."""

FURTHEST: Seconds = 10.0
"""So far ahead of its time a bundle may be sent."""

BUNDLE = b"#bundle\0"
_HEAD = len(BUNDLE) + 8
_SIZES = {"i": 4, "f": 4, "h": 8, "d": 8, "T": 0, "F": 0, "I": 0, "N": 0}
"""Bytes of a value by its type; texts (`s`, `S`) tell their own."""


class Message(NamedTuple):
    """One message: its values as numbers and texts, and how far ahead of its time it came."""

    address: str
    values: tuple[float | str, ...]
    ahead: Seconds = 0.0  # 0 acts at once


class Fault(NamedTuple):
    """Something that was refused: its kind in a word or two, and what it was."""

    kind: str
    text: str


class Packet(NamedTuple):
    """What a packet holds. `late` counts the bundles whose time had passed: they act at once."""

    messages: tuple[Message, ...] = ()
    faults: tuple[Fault, ...] = ()
    late: int = 0


class _RefusedError(Exception):
    """Carries a fault out of the depth."""

    def __init__(self, kind: str, text: str) -> None:
        super().__init__(text)
        self.fault = Fault(kind, text)


@dataclass(slots=True)
class _Reading:
    """A packet that is being read."""

    wall: Seconds
    messages: list[Message] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    late: int = 0
    seen: int = 0  # messages, the refused ones too


def read_packet(data: bytes, wall: Seconds) -> Packet:
    """What a datagram says. `wall` is the time of day that its time tags are held against, in
    seconds since 1970.

    Where the frame of a packet is broken, nothing of it counts; where a single message is, the
    others do. Any thread; never raises.
    """
    reading = _Reading(wall)
    try:
        _element(data, 0.0, 0, reading)
    except _RefusedError as refused:
        return Packet(faults=(refused.fault,))
    return Packet(tuple(reading.messages), tuple(reading.faults), reading.late)


# --------------------------------------------------------------------------------------------------
# Bundles


def _element(data: bytes, due: Seconds, depth: int, reading: _Reading) -> None:
    size = len(data)
    if size > MOST_BYTES:
        raise _RefusedError("too big", f"{size} bytes, and {MOST_BYTES} are the most")
    if size < 4 or size % 4:
        raise _RefusedError("malformed", f"{size} bytes are no multiple of 4")
    if data.startswith(BUNDLE):
        _bundle(data, depth + 1, reading)
    elif data[:1] == b"/":
        _counted(data, due, reading)
    else:
        raise _RefusedError(
            "malformed", f"it begins with {data[:4].hex(' ')}, not with / or #bundle"
        )


def _bundle(data: bytes, depth: int, reading: _Reading) -> None:
    if depth > DEEPEST:
        raise _RefusedError("too deep", f"bundles more than {DEEPEST} deep")
    if len(data) < _HEAD:
        raise _RefusedError("malformed", "a bundle without its time")
    due = ahead(int.from_bytes(data[8:_HEAD], "big"), reading.wall)
    if due > FURTHEST:
        reading.faults.append(
            Fault("too far ahead", f"for {due:.0f} s from now, and {FURTHEST:.0f} s are the most")
        )
    reading.late += due < 0
    place = _HEAD
    while place < len(data):
        left = len(data) - place - 4
        size = int.from_bytes(data[place : place + 4], "big", signed=True) if left >= 0 else 0
        if not 4 <= size <= left or size % 4:
            raise _RefusedError(
                "malformed", f"a bundle's element of {size} bytes where {left} are left"
            )
        place += 4
        _element(data[place : place + size], due, depth, reading)
        place += size


def _counted(data: bytes, due: Seconds, reading: _Reading) -> None:
    """A message, unless there were too many, or it is for a time too far away."""
    reading.seen += 1
    if reading.seen > MOST_MESSAGES:
        if reading.seen == MOST_MESSAGES + 1:
            reading.faults.append(
                Fault("too many messages", f"more than {MOST_MESSAGES} in one packet")
            )
        return
    if due > FURTHEST:
        return
    try:
        address, values = _message(data)
    except _RefusedError as refused:
        reading.faults.append(refused.fault)
    else:
        reading.messages.append(Message(address, values, max(due, 0.0)))


# --------------------------------------------------------------------------------------------------
# Messages


def _message(data: bytes) -> tuple[str, tuple[float | str, ...]]:
    address, place = _text(data, 0, "address")
    if set(address) & set(FORBIDDEN):
        raise _RefusedError("pattern", f"wildcards are not expanded here: {address}")
    if "//" in address or address == "/":
        raise _RefusedError("malformed", f"an address with an empty part: {address}")
    if place == len(data):
        return address, ()
    tags, place = _text(data, place, "list of types")
    if tags[:1] != ",":
        raise _RefusedError("malformed", f"{address}: the types of its values are missing")
    if len(tags) - 1 > MOST_VALUES:
        raise _RefusedError("too many values", f"{address}: {len(tags) - 1} of {MOST_VALUES}")
    for tag in tags[1:]:
        place = _after_value(data, place, tag, address)
    if place != len(data):
        raise _RefusedError("malformed", f"{address}: {len(data) - place} bytes too many")
    return address, tuple(_value(each, address) for each in _decoded(data, tags))


def _after_value(data: bytes, place: int, tag: str, address: str) -> int:
    """Where the next value begins: each lies inside of the packet and is of a known type."""
    if tag in "sS":
        return _text(data, place, f"text of {address}")[1]
    size = _SIZES.get(tag)
    if size is None:
        raise _RefusedError("type", f"{address}: a value of type {tag} is not taken")
    if place + size > len(data):
        raise _RefusedError("malformed", f"{address}: it ends within a value")
    return place + size


def _text(data: bytes, place: int, what: str) -> tuple[str, int]:
    """A text that ends in zeros, and where they end."""
    end = data.find(b"\0", place, place + LONGEST_TEXT + 1)
    if end < 0:
        raise _RefusedError("malformed", f"{what}: no end within {LONGEST_TEXT} bytes")
    after = end + 4 - end % 4
    if after > len(data) or data[end:after].strip(b"\0"):
        raise _RefusedError("malformed", f"{what}: it is not filled up with zeros")
    try:
        text = data[place:end].decode("utf-8")
    except UnicodeDecodeError:
        raise _RefusedError("text", f"{what}: this is not UTF-8") from None
    if not text.isprintable():
        raise _RefusedError("text", f"{what}: control characters")
    return text, after


def _decoded(data: bytes, tags: str) -> list[object]:
    """The values, by python-osc. It knows neither `I` (a bang) nor `S` (a symbol): they are given
    to it as what they are worth here."""
    known = tags.replace("I", "T").replace("S", "s").encode()
    start = data.index(b"\0,") + 1 if known != tags.encode() else 0
    if start:
        data = data[:start] + known + data[start + len(known) :]
    try:
        return list(Decoded(data).params)
    except Exception as error:  # whatever it may raise: nothing of a stranger's gets any further
        raise _RefusedError("malformed", f"{type(error).__name__}: {error}") from None


def _value(value: object, address: str) -> float | str:
    """Booleans are 1 and 0, and so are a bang and nothing; what is no number is refused."""
    if value is None:
        return 0.0
    if isinstance(value, str):
        return value
    if isinstance(value, (int, float)) and isfinite(value):
        return float(value)
    raise _RefusedError("not a number", f"{address}: {value} came")
