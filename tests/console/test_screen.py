"""Frames are drawn over one another; the cursor comes back."""

from __future__ import annotations

import io

from leitmotor.console.screen import Screen


def test_a_frame_is_drawn_once_and_over_the_one_before() -> None:
    stream = io.StringIO()
    screen = Screen(stream)
    screen.show(["one", "two"])
    first = stream.getvalue()
    assert first.startswith("\x1b[?25l\r")
    assert "two\x1b[K\n" in first
    screen.show(["one", "two"])
    assert stream.getvalue() == first
    screen.show(["one"])
    assert stream.getvalue()[len(first) :].startswith("\r\x1b[2A")
    screen.close()
    screen.close()
    assert stream.getvalue().endswith("\x1b[J\x1b[?25h")
