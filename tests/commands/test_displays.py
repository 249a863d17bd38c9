"""What the performer tells, shown as frames or as lines."""

from __future__ import annotations

import io
from fractions import Fraction

from leitmotor.commands.displays import LiveDisplay, PlainDisplay
from leitmotor.commands.operator import Operator
from leitmotor.commands.typed import Prompt
from leitmotor.console.screen import Screen
from leitmotor.messages import Answer, Bar, Effect, Fire, Outcome, Reply, View
from leitmotor.run.protocol import Lateness, Viewed
from leitmotor.testing.builders import score

VIEW = View(3.0, 2, Fraction(1), True, "walk", "quay", "", "C major", "", "4/4", 60.0, "")
EFFECT = Effect("go quay", Outcome.DONE, 0, 4.0, 2, Fraction(1), "next bar")
REPLY = Reply(0, 4.0, Bar(2, 0, 4, 1, "4/4"), 1, "hush", (EFFECT,), "")


def _operator() -> Operator:
    return Operator(Prompt(score()), lambda _cue: None, lambda: None)


def test_frames_show_answers_and_their_clock_goes_on_between_pictures() -> None:
    stream = io.StringIO()
    display = LiveDisplay(Screen(stream), _operator(), "waiting", speed=2.0)
    display.viewed(Viewed(VIEW, Lateness(5, 1e-6, 2e-6, 3e-6), False), now=10.0)
    display.answered(Answer(1, Fire("hush"), 4.0, True))
    display.refresh(10.5)
    first = stream.getvalue()
    assert "walk   0:04.0   bar 2" in first
    assert "late by    p50 1 µs   p99 2 µs   max 3 µs" in first
    assert "waiting" not in first
    assert "? keys   : a line   Enter GO   Ctrl-C end" in first
    display.sent(REPLY)
    display.refresh(10.55)
    assert stream.getvalue() == first  # ten frames a second at most
    display.refresh(10.6)
    assert "go quay: done at bar 2 beat 1, 4.000 s; rule: next bar" in stream.getvalue()
    display.close()
    assert stream.getvalue().endswith("\x1b[?25h")


def test_while_it_waits_the_clock_stands_s33() -> None:
    stream = io.StringIO()
    display = LiveDisplay(Screen(stream), _operator(), "waiting for the first cue: hush", 1.0)
    display.viewed(Viewed(VIEW, Lateness(), True), now=10.0)
    display.refresh(99.0)
    assert "walk   0:03.0" in stream.getvalue()
    assert "waiting for the first cue: hush" in stream.getvalue()


def test_plain_lines() -> None:
    lines: list[str] = []
    operator = _operator()
    display = PlainDisplay(lines.append, operator, "waiting for the first cue: hush")
    for _ in range(2):
        display.viewed(Viewed(VIEW, Lateness(), True), now=0.0)
    operator.line("nonsense")
    display.refresh(0.0)
    display.refresh(0.0)
    display.sent(REPLY)
    display.answered(Answer(1, Fire("hush"), 4.0, True))
    display.said("the port is gone")
    assert lines[0] == "waiting for the first cue: hush"
    assert lines[1].startswith("not fired: nonsense: ")
    assert lines[2:] == [
        "0:04.000  bar 2 beat 1  hush -> go quay: done at bar 2 beat 1, 4.000 s; rule: next bar",
        "the port is gone",
    ]
