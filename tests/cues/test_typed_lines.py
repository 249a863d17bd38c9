"""Without a terminal, standard input is read by lines; its end ends nothing else."""

from __future__ import annotations

import os

import pytest

from leitmotor.cues.typed_lines import LONGEST_LINE, InputLines, LineReader


def test_lines_arrive_in_pieces() -> None:
    reader = LineReader()
    assert reader.feed(b"betra") == ()
    assert reader.feed(b"yal\r\n\n  GO \npre") == ("betrayal", "GO")
    assert reader.feed(b"ss b") == ()
    assert reader.end() == ("press b",)


def test_a_line_without_end_is_bounded() -> None:
    reader = LineReader()
    for _ in range(10):
        reader.feed(b"x" * LONGEST_LINE)
    assert reader.end() == ("x" * LONGEST_LINE,)


def test_a_descriptor_is_read_to_its_end() -> None:
    reading, writing = os.pipe()
    os.write(writing, "betrayal\nstate mårten".encode())
    os.close(writing)
    lines = InputLines(reading)
    try:
        assert lines.read() == ("betrayal",)
        assert lines.read() == ("state mårten",)
        with pytest.raises(EOFError):
            lines.read()
    finally:
        os.close(reading)
