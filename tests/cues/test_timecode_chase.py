"""Cues of timecode: once each when passed, skipped and said when jumped over (reliability I 75)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitmotor.cues.mtc import FREEWHEEL, MtcReader, quarter_frames
from leitmotor.cues.timecode_chase import Passed, Skipped, TimecodeChase
from leitmotor.music.timecode import FPS_25, FPS_30, FPS_2997_DROP, MTC_RATES, FrameRate, Timecode

HOUR = 90_000
LEAD = 0.03


class Desk:
    """A wire of timecode, and what it makes a chase tell."""

    def __init__(self, *texts: str, labels: int = 25) -> None:
        self.reader = MtcReader()
        self.chase = TimecodeChase(texts, labels, LEAD)
        self.at = 0.0
        self.passed: list[Passed] = []
        self.skipped: list[Skipped] = []

    def run(self, first: int, count: int, rate: FrameRate = FPS_25, back: bool = False) -> None:
        """So many quarter frames from a frame on."""
        begin = self.at
        for place, data in quarter_frames(first, rate, count, back):
            self.at = begin + float(place)
            self.reader.quarter(data[1], self.at)
            self.look()
        self.at += float(1 / (4 * rate.speed))

    def wait(self, seconds: float) -> None:
        """Silence on the wire."""
        until = self.at + seconds
        while self.at < until:
            self.at += 0.01
            self.look()

    def look(self) -> None:
        now = self.reader.now(self.at)
        if now is None:
            return
        for told in self.chase.follow(now, self.at):
            if isinstance(told, Passed):
                self.passed.append(told)
            else:
                self.skipped.append(told)

    @property
    def texts(self) -> list[str]:
        return [told.text for told in self.passed]


def test_each_comes_once_at_its_instant_and_a_little_ahead() -> None:
    desk = Desk("01:00:01:12", "01:00:02:00", "02:00:00:00")
    desk.run(HOUR, 400)
    assert desk.texts == ["01:00:01:12", "01:00:02:00"]
    assert [told.at for told in desk.passed] == pytest.approx([37 / 25, 2.0])


def test_the_first_frame_of_a_tape_counts() -> None:
    desk = Desk("01:00:00:00", "00:59:59:24")
    desk.run(HOUR, 100)
    assert desk.texts == ["01:00:00:00"]


def test_a_jump_forward_skips_and_says_so() -> None:
    desk = Desk("01:00:05:00", "01:00:20:00")
    desk.run(HOUR, 100)
    desk.run(HOUR + 250, 100)
    assert desk.texts == []
    [told] = desk.skipped
    assert told.texts == ("01:00:05:00",)
    assert "skipped 01:00:05:00" in str(told)
    assert told.target == "01:00:10:00"


def test_a_jump_back_arms_again() -> None:
    desk = Desk("01:00:01:00")
    desk.run(HOUR, 200)
    desk.run(HOUR, 200)
    assert desk.texts == ["01:00:01:00"] * 2
    assert desk.skipped == []


def test_running_backwards_arms_again_and_fires_nothing() -> None:
    desk = Desk("01:00:01:00")
    desk.run(HOUR, 200)
    desk.run(HOUR + 50, 200, back=True)
    assert desk.texts == ["01:00:01:00"]
    desk.run(HOUR, 200)
    assert desk.texts == ["01:00:01:00"] * 2


def test_freewheeling_passes_cues_which_do_not_come_twice() -> None:
    desk = Desk("01:00:02:12")
    desk.run(HOUR, 200)  # to 01:00:02:00
    desk.wait(FREEWHEEL * 3)
    assert desk.texts == ["01:00:02:12"]
    desk.run(HOUR + 50, 200)
    assert desk.texts == ["01:00:02:12"]


def test_what_lies_beyond_freewheeling_waits() -> None:
    desk = Desk("01:00:04:00")
    desk.run(HOUR, 200)
    desk.wait(60.0)
    assert desk.texts == []
    desk.run(HOUR + 50, 400)
    assert desk.texts == ["01:00:04:00"]


def test_another_rate_goes_on_at_the_same_label() -> None:
    desk = Desk("01:00:01:00", "01:00:03:12")
    desk.run(HOUR, 200)
    desk.run(108_000 + 60, 300, FPS_30)
    assert desk.texts == ["01:00:01:00", "01:00:03:12"]


def test_midnight_is_no_jump() -> None:
    desk = Desk("23:59:59:00", "00:00:01:00")
    desk.run(FPS_25.day - 50, 400)
    assert desk.texts == ["23:59:59:00", "00:00:01:00"]
    assert desk.skipped == []


def test_t6_a_label_that_drop_frame_leaves_out_comes_with_the_next() -> None:
    desk = Desk("00:01:00:00", labels=30)
    desk.run(1700, 800, FPS_2997_DROP)
    [told] = desk.passed
    assert told.at == pytest.approx(100 * 1001 / 30_000, abs=1e-4)


def test_a_full_frame_before_it_runs_changes_nothing() -> None:
    desk = Desk("01:00:00:00")
    desk.reader.full(Timecode(1, 0, 0, 0, FPS_25), 0.0)
    desk.wait(1.0)
    assert desk.texts == []
    desk.run(HOUR, 64)
    assert desk.texts == ["01:00:00:00"]


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(300, 1100), st.integers(20, 120), st.booleans()), max_size=4),
    st.sampled_from(MTC_RATES),
)
def test_on_any_path_a_cue_comes_at_most_once_a_passing(
    path: list[tuple[int, int, bool]], rate: FrameRate
) -> None:
    """Whatever comes and goes: never twice without having been before it in between."""
    desk = Desk("00:00:20:00", "00:00:40:00", labels=rate.labels)
    for first, count, pauses in path:
        desk.run(first, count, rate)
        if pauses:
            desk.wait(1.2)
    passings = len(path)
    assert desk.texts.count("00:00:20:00") <= passings
    assert desk.texts.count("00:00:40:00") <= passings
    assert [told.at for told in desk.passed] == sorted(told.at for told in desk.passed)
