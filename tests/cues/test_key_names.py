"""Bytes of a terminal become names of keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitmotor.cues.key_names import KeyReader, windows_named
from leitmotor.key_words import NAMED_KEYS, is_key


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        (b"b B", ("b", "space", "B")),
        (b"\r\n\t\x7f", ("enter", "enter", "tab", "backspace")),
        (b"\x01", ("ctrl-a",)),
        ("é漢".encode(), ("é", "漢")),
        (b"\x1b[A\x1b[B\x1bOC\x1b[D", ("up", "down", "right", "left")),
        (b"\x1b[5~\x1b[15~x", ("page up", "f5", "x")),
        (b"\x1b[1;5Ax", ("x",)),  # a key with Ctrl held: nobody's
        (b"\x1bb", ("escape", "b")),
        (b"\x1b\x1b[A", ("escape", "up")),
        (b"\xff", ("\ufffd",)),
    ],
)
def test_keys(data: bytes, keys: tuple[str, ...]) -> None:
    assert KeyReader().feed(data) == keys


def test_a_lone_escape_is_a_key_once_nothing_follows() -> None:
    reader = KeyReader()
    assert (reader.feed(b"\x1b"), reader.waiting) == ((), True)
    assert (reader.pause(), reader.waiting) == (("escape",), False)


@given(st.lists(st.sampled_from(["b", "é", "\x1b[A", "\x1b[15~", " ", "\r"])), st.data())
def test_it_does_not_matter_how_the_bytes_are_cut(texts: list[str], data: st.DataObject) -> None:
    stream = "".join(texts).encode()
    cut = data.draw(st.integers(0, len(stream)))
    reader = KeyReader()
    assert reader.feed(stream[:cut]) + reader.feed(stream[cut:]) == KeyReader().feed(stream)


@given(st.binary(max_size=64))
def test_no_bytes_upset_the_reader(data: bytes) -> None:
    reader = KeyReader()
    keys = reader.feed(data) + reader.pause()
    assert all(isinstance(key, str) and key for key in keys)


def test_windows_arrows() -> None:
    assert [windows_named(c) for c in "HPMK;D\x00"] == [
        "up", "down", "right", "left", "f1", "f10", "",
    ]  # fmt: skip


def test_every_key_that_is_reported_can_be_named_in_a_score() -> None:
    codes = [*map(chr, range(1, 27)), " ", "\x7f", "a", "é"]
    sent = [f"\x1b[{end}" for end in "ABCDHFZ"] + [f"\x1bO{end}" for end in "PQRS"]
    sent += [f"\x1b[{number}~" for number in range(1, 25)]
    keys = {key for text in (*codes, *sent) for key in KeyReader().feed(text.encode())}
    keys |= {windows_named(chr(code)) for code in range(128)} - {""}
    assert {key for key in keys if not is_key(key)} == set()
    assert set(NAMED_KEYS) - keys == {"escape"}  # told only by the pause after it
