"""Without a terminal: one line a change of scene or state, one an effect of an answered cue."""

from __future__ import annotations

from fractions import Fraction

from leitmotor.console.plain import answer_lines, event_lines
from leitmotor.messages import (
    Answer,
    Bar,
    BarLine,
    Cause,
    Change,
    Effect,
    Fire,
    Log,
    Outcome,
    Reply,
)

BAR = Bar(12, 100, 400, 100, "4/4")


def test_changes_of_scene_and_state() -> None:
    scene = Change(150, 33.6, BAR, "scene", "quay", Cause("cue"))
    assert event_lines(scene) == ("0:33.600  bar 12 beat 1.5  scene quay",)
    assert event_lines(scene._replace(what="key", value="D minor")) == ()
    idle = scene._replace(what="playing", value="idle")
    assert event_lines(idle) == ("0:33.600  bar 12 beat 1.5  nothing plays",)


def test_an_answer_has_bar_beat_seconds_and_rule() -> None:
    effect = Effect("go quay", Outcome.PLANNED, 500, 36.0, 13, Fraction(1), "next bar")
    reply = Reply(100, 33.5, BAR, 4, "the files", (effect,), "")
    assert event_lines(reply) == (
        "0:33.500  bar 12 beat 1  the files -> go quay: planned at bar 13 beat 1, 36.000 s;"
        " rule: next bar",
    )


def test_lines_for_the_operator_and_nothing_of_the_rest() -> None:
    assert event_lines(Log(100, 0.0, BAR, "hello")) == ("0:00.000  bar 12 beat 1  hello",)
    assert event_lines(BarLine(100, 0.0, BAR)) == ()


def test_a_cue_without_a_place_yet_is_answered_at_once() -> None:
    assert answer_lines(Answer(1, Fire("hush"), None, True)) == (
        "hush -> its time has not come yet",
    )
    assert answer_lines(Answer(1, Fire("hush"), 3.0, True)) == ()
