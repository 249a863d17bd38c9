"""OSC written by hand, independent of what reads it; and the packets that broke others."""

from __future__ import annotations

import struct

BUNDLE = b"#bundle\0"
AT_ONCE = bytes(7) + b"\1"
WALL = 1_790_000_000.0
"""A time of day in 2026."""


def text(value: str | bytes) -> bytes:
    data = value.encode() if isinstance(value, str) else value
    return data + bytes(4 - len(data) % 4)


def message(address: str, tags: str | None = "", *values: bytes) -> bytes:
    """A message; `tags` without the comma, None for a sender that leaves them out."""
    return text(address) + (b"" if tags is None else text(f",{tags}")) + b"".join(values)


def floating(value: float) -> bytes:
    return struct.pack(">f", value)


def whole(value: int) -> bytes:
    return struct.pack(">i", value)


def tag(wall: float) -> bytes:
    """A time tag for a time of day since 1970."""
    return struct.pack(">Q", int((wall + 2_208_988_800) * 2**32) % 2**64)


def bundle(*elements: bytes, time: bytes = AT_ONCE) -> bytes:
    return BUNDLE + time + b"".join(whole(len(each)) + each for each in elements)


def nested(depth: int, inner: bytes) -> bytes:
    for _ in range(depth):
        inner = bundle(inner)
    return inner


def brackets(count: int) -> bytes:
    return message("/a", "[" * count + "]" * count)


POISON = {
    "osc-neg-size": BUNDLE + AT_ONCE + b"\xff\xff\xff\xfc",
    "osc-zero-size": BUNDLE + AT_ONCE + bytes(4),
    "osc-nest-500": nested(500, b""),
    "osc-redos": text("/cue/act1/scene3/" + "*a" * 12 + "*X"),
    "osc-alt-redos": text("/" + "{a,aa}" * 40 + "X"),
    "osc-future": bundle(message("/a"), time=b"\xff" * 8),
    "osc-badutf8": bytes.fromhex("2FFFFE002C000000"),
    "osc-nest-array": brackets(30_000),
    "osc-nest-array-small": brackets(100),
    "osc-neg-blob": message("/a", "b", whole(-8)),
    "osc-nan": message("/a", "f", bytes.fromhex("7FC00000")),
    "osc-infinite": message("/a", "f", bytes.fromhex("7F800000")),
    "osc-unknown-type": message("/a", "Q"),
    "osc-blob": message("/a", "b", whole(4), b"abcd"),
    "osc-no-end": b"/abc",
    "osc-padding": b"/ab\0,\0\0x",
    "osc-control": message("/a\x1b[2J"),
    "osc-control-text": message("/a", "s", text("\x07\n")),
    "osc-long-address": message("/" + "a" * 300),
    "osc-too-many-values": message("/a", "T" * 33),
    "osc-trailing": message("/a", "i", whole(1), whole(2)),
    "osc-short": message("/a", "ii", whole(1)),
    "osc-no-comma": text("/a") + whole(1),
    "osc-empty": b"",
    "osc-root": message("/"),
    "osc-huge": message("/a", "i", whole(1)) * 5400,
    "osc-odd": message("/a")[:-1],
}
"""The appendix of the fault list, and more of the kind: none of it is a message for anybody."""
