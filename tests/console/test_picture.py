"""The live display is a function of what is shown and of the window: golden texts."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from leitmotor.console.history import History
from leitmotor.console.picture import Frame, Lateness, fitted, picture, width
from leitmotor.messages import Answer, Effect, Fire, Outcome, View

VIEW = View(
    seconds=15.25,
    bar=5,
    beat=Fraction(5, 2),
    playing=True,
    title="The Lantern",
    scene="quay",
    state="betrayed",
    key="D minor",
    chord="Dm7",
    metre="4/4",
    bpm=96.0,
    lead="mara: mara as lost",
    players=(("lead", "cello"), ("bed", "strings, horn")),
    present=("mara", "ilo"),
    parameters=(("tension", 0.456), ("heat", 12.0)),
    arcs=(("mara", "lost"), ("ilo", "")),
    pending=("tempo 120 at bar 6 beat 1",),
    next_cue="the files",
    sounding=7,
)
DONE = Effect("state betrayed", Outcome.DONE, 0, 14.4, 5, Fraction(1), "next bar")


def _answers(count: int = 1) -> History:
    history = History()
    for receipt in range(1, count + 1):
        history.answered(Answer(receipt, Fire(f"cue {receipt}"), 12.0, False, (DONE,)))
    return history


def test_everything_at_once() -> None:
    frame = Frame(
        VIEW,
        _answers().recent(5),
        Lateness(8e-6, 0.00012, 0.0009),
        help=("keys: b betrayal",),
        entry="go qu",
    )
    assert "\n".join(picture(frame, (80, 24))) == (
        "The Lantern   0:15.2   bar 5  beat 2   4/4\n"
        "scene      quay   state betrayed\n"
        "key        D minor   chord Dm7   tempo 96\n"
        "motif      mara: mara as lost\n"
        "lead       cello\n"
        "bed        strings, horn\n"
        "present    mara (lost), ilo\n"
        "values     tension 0.46, heat 12.00\n"
        "pending    tempo 120 at bar 6 beat 1\n"
        "next GO    the files\n"
        "\n"
        "   0:12.0  cue 1\n"
        "           state betrayed: done at bar 5 beat 1, 14.400 s; rule: next bar\n"
        "late by    p50 8 µs   p99 0.12 ms   max 0.90 ms   sounding 7\n"
        "keys: b betrayal\n"
        ":go qu_"
    )


def test_waiting_for_the_first_cue_is_said_s33() -> None:
    silent = View(0.0, 1, Fraction(1), False, "", "", "", "C major", "", "4/4", 100.0, "")
    frame = Frame(silent, waiting="waiting for the first cue: betrayal (key b)")
    assert picture(frame, (80, 24)) == (
        "untitled   0:00.0   bar 1  beat 1   4/4   (nothing plays)",
        "           waiting for the first cue: betrayal (key b)",
        "key        C major   tempo 100",
    )


def test_the_time_of_day_is_shown_where_the_score_looks_at_it() -> None:
    view = replace(VIEW, title="Room", seconds=3725.0, clock=82_800.0)
    assert picture(Frame(view), (80, 24))[0].startswith("Room   00:02 o'clock   1:02:05.0   bar")


@pytest.mark.parametrize("size", [(80, 24), (44, 16), (30, 9), (20, 6), (1, 1)])
def test_no_line_is_too_wide_and_no_frame_too_high(size: tuple[int, int]) -> None:
    frame = Frame(VIEW, _answers(9).recent(9), Lateness(0, 0, 0), help=("x " * 90,), entry="e" * 99)
    lines = picture(frame, size)
    assert len(lines) <= max(size[1], 6)
    assert max(map(width, lines)) <= max(size[0], 20)
    assert lines[-1].endswith("e_")


def test_the_newest_answer_outlasts_what_is_known_of_the_music() -> None:
    lines = picture(Frame(VIEW, _answers(3).recent(9)), (76, 8))
    assert lines[0].startswith("The Lantern")
    assert lines[-2].split() == ["0:12.0", "cue", "3"]
    assert "done at bar 5" in lines[-1]
    assert not any("cue 2" in line for line in lines)


def test_the_keys_of_the_terminal_are_shown_where_there_is_room() -> None:
    frame = Frame(VIEW, _answers(1).recent(9), keys="? keys")
    lines = picture(frame, (80, 14))
    assert (len(lines), lines[-1]) == (14, "? keys")
    assert picture(frame, (80, 13)) == lines[:-1]


def test_control_characters_never_reach_the_terminal() -> None:
    frame = Frame(replace(VIEW, title="evil\x1b[2J\ntitle"))
    assert picture(frame, (80, 24))[0].startswith("evil [2J title")


def test_wide_characters_count_twice() -> None:
    assert width("é漢e\u0301") == 4
    assert fitted("漢字漢字", 5) == "漢字…"
