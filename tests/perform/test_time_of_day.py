"""Clock cues, intervals and hours (language §6, S33): exact, pure, and day after day."""

from __future__ import annotations

import json
from dataclasses import replace
from math import inf
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitmotor.messages import Change, Fire, Observation, Outcome, Reply
from leitmotor.music.time import Seconds
from leitmotor.music.time_of_day import DAY
from leitmotor.perform.performance import Performance, Start
from leitmotor.score.compiled import Character, CompiledScore, Scene
from leitmotor.score.matchers import (
    AllOf,
    AnyOf,
    Clock,
    Condition,
    EventNamed,
    Every,
    InHours,
    InScene,
)
from leitmotor.testing import builders
from leitmotor.testing.listening import Heard
from leitmotor.testing.strategies import scores, scripts

HOUR = 3600


def at(text: str) -> int:
    hours, minutes = text.split(":")
    return HOUR * int(hours) + 60 * int(minutes)


def clock(text: str) -> Clock:
    return Clock(at(text))


def house(**cues: dict[str, Any]) -> CompiledScore:
    """Day and night over a held bed, with these cues (`_` for blanks)."""
    return builders.score(
        motifs=[builders.motif("tune", "1w")],
        palettes=[builders.palette("p", {"lead": "piano", "bed": "string ensemble"})],
        characters=[Character("mara", "tune", "", ())],
        states=[builders.state("calm", palette="p")],
        scenes=[Scene("day", "", ("mara",), "calm"), Scene("night", "", (), "calm")],
        cues={name.replace("_", " "): cue for name, cue in cues.items()},
        tempo=20.0,
    )


def opened(**more: dict[str, Any]) -> CompiledScore:
    """Opens at ten, closes at six."""
    return house(
        opens={"do": "go day", "when": (clock("10:00"),)},
        closes={"do": "go night", "when": (clock("18:00"),)},
        **more,
    )


def quiet(**more: dict[str, Any]) -> CompiledScore:
    """The same hours, told and not played: a day of it costs nothing."""
    return house(
        opens={"do": "log open", "when": (clock("10:00"),)},
        closes={"do": "log closed", "when": (clock("18:00"),)},
        **more,
    )


def heard(
    score: CompiledScore,
    begins: str | None,
    until: Seconds,
    *script: tuple[Seconds, Fire | Observation],
    start: Start = Start.ON_CUE,
) -> Heard:
    performance = Performance(
        score, start=start, clock=None if begins is None else float(at(begins))
    )
    for seconds, cue in script:
        performance.receive(cue, seconds)
    return Heard(tuple(performance.advance(until)))


def fired(score: CompiledScore, begins: str | None, until: Seconds) -> list[tuple[Seconds, str]]:
    return heard(score, begins, until).changes("cue")


# -- clock -----------------------------------------------------------------------------------------


def test_s33_the_latest_of_the_day_comes_first_and_the_others_at_their_second() -> None:
    assert fired(quiet(), "12:30", 8.0 * HOUR) == [(0.0, "opens"), (5.5 * HOUR, "closes")]


def test_s33_before_the_first_of_the_day_it_is_yesterdays_last() -> None:
    """A waiting score begins with it."""
    performance = Performance(opened(), start=Start.ON_CUE, clock=float(at("07:00")))
    events = performance.advance(1.0)
    assert Heard(tuple(events)).changes("scene") == [(0.0, "night")]
    (reply,) = [event for event in events if isinstance(event, Reply)]
    assert (reply.receipt, reply.reason) == (0, "the latest time of the day at the start: 18:00")


def test_s33_a_time_that_is_now_acts_once() -> None:
    assert fired(quiet(), "10:00", 7.0 * HOUR) == [(0.0, "opens")]


def test_s33_it_replaces_the_start_at_once_and_is_replaced_by_a_script() -> None:
    assert heard(opened(), "20:00", 1.0, start=Start.AT_ONCE).changes("scene") == [(0.0, "night")]
    later = heard(opened(), "20:00", 1.0, (0.0, Fire("opens")))
    assert later.changes("scene") == [(0.0, "day")]
    assert later.effects("go night")[-1].outcome is Outcome.SUPERSEDED


def test_days_go_round() -> None:
    days = fired(quiet(), "12:00", 3.0 * DAY)
    assert days == [
        (0.0, "opens"),
        *(
            (day * DAY + seconds, name)
            for day in range(3)
            for seconds, name in ((6.0 * HOUR, "closes"), (22.0 * HOUR, "opens"))
        ),
    ]


@given(st.floats(0.0, 100.0), st.floats(20.0, 400.0))
def test_a_clock_cue_comes_at_its_second(seconds: Seconds, tempo: float) -> None:
    """To the tick: never before, and less than a tick after."""
    score = replace(opened(), defaults=replace(opened().defaults, tempo=tempo))
    begins = at("18:00") - seconds
    due = at("18:00") - begins
    times = [
        event.seconds
        for event in Performance(score, clock=begins).advance(due + 0.01)
        if isinstance(event, Change) and event.what == "cue"
    ]
    assert 0.0 <= times[-1] - due < 1e-4


def test_without_a_clock_they_do_not_come_and_are_answered_so() -> None:
    said = heard(quiet(), None, float(DAY))
    assert said.changes("cue") == []
    assert [effect.outcome for effect in said.effects("opens")] == [Outcome.REFUSED]
    assert "the time of day is not known" in said.told("closes")[0]
    assert heard(opened(), None, 9.0, (1.0, Fire("opens"))).changes("scene") == [(1.0, "day")]


def test_s10_one_time_fires_all_its_cues_in_file_order() -> None:
    score = quiet(bell={"do": "log ding", "when": (AnyOf((clock("10:00"), clock("11:00"))),)})
    assert [name for _, name in fired(score, "09:00", 1.5 * HOUR)] == ["closes", "opens", "bell"]


def test_all_of_may_hold_a_time() -> None:
    both = AllOf((clock("11:00"), EventNamed("sun")))
    score = house(noon={"do": "go night", "when": (both,)})
    sun = Observation("event", "sun")
    assert heard(score, "10:59", 100.0, (61.0, sun)).changes("cue") == [(61.0, "noon")]
    assert heard(score, "10:59", 100.0, (63.0, sun)).changes("cue") == []


def test_s33_a_closing_time_that_is_past_leaves_the_room_silent() -> None:
    """To fade out what does not play begins no music."""
    score = house(closes={"do": "fade 1 bar, then stop", "when": (clock("18:00"),)})
    night = heard(score, "23:00", 60.0)
    assert night.changes("cue") == [(0.0, "closes")]
    assert night.attacks() == []


# -- every -----------------------------------------------------------------------------------------


def test_every_counts_from_the_beginning() -> None:
    score = house(bell={"do": "log ding", "when": (Every(1200.0),)})
    assert [seconds for seconds, _ in fired(score, None, 3601.0)] == [1200.0, 2400.0, 3600.0]
    assert heard(score, None, 1300.0).told("bell")[0].endswith("every 20 min")


def test_every_does_not_drift() -> None:
    score = house(bell={"do": "log ding", "when": (Every(0.1),)})
    times = [seconds for seconds, _ in fired(score, None, 100.05)]
    assert times == pytest.approx([0.1 * n for n in range(1, 1001)], abs=1e-4)


# -- while -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hours", "now", "passes"),
    [
        (("10:00", "18:00"), "10:00", True),
        (("10:00", "18:00"), "17:59", True),
        (("10:00", "18:00"), "18:00", False),
        (("22:00", "02:00"), "23:00", True),
        (("22:00", "02:00"), "00:00", True),
        (("22:00", "02:00"), "02:00", False),
        (("22:00", "02:00"), "21:59", False),
        (("22:00", "24:00"), "23:59", True),
        (("22:00", "00:00"), "00:00", False),
        (("24:00", "02:00"), "01:00", True),
        (("00:00", "24:00"), "12:00", True),
    ],
)
def test_hours_also_over_midnight(hours: tuple[str, str], now: str, passes: bool) -> None:
    open_hours = InHours(at(hours[0]), at(hours[1]))
    score = house(bell={"do": "log ding", "while_": (open_hours,)})
    said = heard(score, now, 0.5, (0.0, Fire("bell")))
    assert bool(said.changes("cue")) is passes


def test_outside_of_its_hours_a_cue_is_refused_with_the_reason() -> None:
    conditions: tuple[Condition, ...] = (InScene("night"), InHours(at("10:00"), at("18:00")))
    score = house(bell={"do": "log ding", "while_": conditions})
    told = heard(score, "18:30", 61.0, (60.0, Fire("bell")), start=Start.AT_ONCE).told("bell")
    assert told == ["refused: only while scene night or clock 10:00..18:00; it is 18:31; "]
    unknown = heard(score, None, 61.0, (60.0, Fire("bell")), start=Start.AT_ONCE).told("bell")
    assert "the time of day is not known" in unknown[0]
    in_time = heard(score, "17:58", 61.0, (60.0, Fire("bell")), start=Start.AT_ONCE)
    assert in_time.changes("cue") == [(60.0, "bell")]  # a list: any of them


def test_a_time_lies_within_hours_that_begin_with_it() -> None:
    """Rounding to a tick never puts 10:00 before 10:00."""
    cue = {
        "do": "go day",
        "when": (clock("10:00"),),
        "while_": (InHours(at("10:00"), at("11:00")),),
    }
    for begins in (0.1, 12_345.678, 35_999.9):
        performance = Performance(house(opens=cue), start=Start.ON_CUE, clock=begins)
        events = Heard(tuple(performance.advance(36_001.0 - begins)))
        assert [name for seconds, name in events.changes("cue") if seconds] == ["opens"]


# -- the life of a performance ---------------------------------------------------------------------


def test_law_8_a_restored_performance_keeps_its_appointments() -> None:
    for score, before, after in ((opened, 3000.0, 9000.0), (quiet, 50_000.0, 2.0 * DAY)):
        played = score(bell={"do": "log ding", "when": (Every(1500.0),)})
        whole = Performance(played, start=Start.ON_CUE, clock=30_000.25)
        whole.advance(before)
        again = Performance.restore(played, json.loads(json.dumps(whole.snapshot())))
        assert whole.advance(after) == again.advance(after)


@settings(max_examples=30)
@given(scores(), scripts(), st.sampled_from((None, 0.0, 35_997.5)), st.floats(0.1, 12.0))
def test_laws_1_and_8_with_the_clock(
    score: CompiledScore, script: list[Any], begins: Seconds | None, cut: Seconds
) -> None:
    """In one piece, in two, or from a snapshot: the same events."""

    def begun() -> Performance:
        performance = Performance(score, clock=begins)
        for place, cue in script:
            performance.receive(cue, place)
        return performance

    whole, cut_up = begun(), begun()
    first = cut_up.advance(cut)
    again = Performance.restore(score, json.loads(json.dumps(cut_up.snapshot())))
    rest = cut_up.advance(13.0)
    assert whole.advance(13.0) == first + rest
    assert again.advance(13.0) == rest


def test_s34_another_score_brings_its_own_times() -> None:
    performance = Performance(opened(), start=Start.ON_CUE, clock=float(at("12:00")))
    events = performance.advance(60.0)
    lunch = {"do": "go night", "when": (clock("13:00"), Every(7000.0))}
    performance.reload(replace(house(lunch=lunch), hash="another"))
    events += performance.advance(7.0 * HOUR)
    assert Heard(tuple(events)).changes("cue") == [
        (0.0, "opens"),
        (3600.0, "lunch"),
        *((7000.0 * n, "lunch") for n in (1, 2, 3)),
    ]


def test_what_recurs_does_not_keep_a_performance_from_its_end() -> None:
    performance = Performance(opened(), start=Start.ON_CUE, clock=float(at("12:00")))
    assert (performance.expecting, performance.recurring) == (True, True)
    performance.advance(1.0)
    assert (performance.expecting, performance.recurring) == (False, True)
    assert performance.expecting_until == -inf
    assert not Performance(house(), clock=0.0).recurring


def test_the_view_tells_the_clock_where_the_score_looks_at_it() -> None:
    assert Performance(opened(), clock=7.0).view().clock == 7.0
    assert Performance(house(), clock=7.0).view().clock is None
