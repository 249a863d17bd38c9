"""S25: silence as an event. A quarter is a second, a bar four."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from leitmotor.messages import Control, Fire, Observation, Outcome
from leitmotor.music.dynamics import expression
from leitmotor.music.length import NOW
from leitmotor.music.time import QUARTER
from leitmotor.perform.performance import Performance
from leitmotor.score.compiled import CompiledScore, Scene
from leitmotor.score.compiled_overlays import SilencePlan
from leitmotor.testing import builders
from leitmotor.testing.builders import beats, seconds
from leitmotor.testing.listening import hear, prepared

BREATH = builders.silence("breath", beats(1))
TAILS = builders.silence("tails", beats(3), tails=True)
HELD = builders.silence("held", seconds(3.0), seconds(12.0), "cue", back=1)


def drama(*silences: SilencePlan, pickup: bool = False, **cues: str) -> CompiledScore:
    """A tune, held chords, a bass and a pulse; a second scene."""
    return builders.score(
        motifs=[
            builders.motif("tune", "1q 2 3 4 | 5 6 7 8", times=0),
            builders.motif("call", "5-q | 1w" if pickup else "1w", pickup=QUARTER * pickup),
        ],
        palettes=[
            builders.palette(
                "warm",
                {"lead": "violin", "bed": "string ensemble", "bass": "cello", "pulse": "harp"},
            )
        ],
        progressions=[builders.progression("home", "I | IV | V")],
        characters=[
            builders.Character("mara", "tune", "", ()),
            builders.Character("ilan", "call", "", ()),
        ],
        states=[builders.state("calm", palette="warm", harmony="home")],
        scenes=[Scene("day", "", ("mara",), "calm"), Scene("night", "", ("ilan",), "calm")],
        silences=silences,
        cues=cues,
    )


def attacks_in(heard: object, start: float, end: float) -> list[float]:
    return [t for t in heard.times() if start <= t < end]  # type: ignore[attr-defined]


# -- the silence -----------------------------------------------------------------------------------


def test_s25_nothing_sounds_and_the_bars_run_on() -> None:
    plain = hear(drama(BREATH), until=12.0)
    heard = hear(drama(BREATH), (1.5, "silence breath"), until=12.0)
    assert heard.bars() == plain.bars()
    assert not attacks_in(heard, 1.5, 4.0)
    assert all(end <= 1.5 or begin >= 4.0 for begin, end, _ in heard.spans())
    assert heard.changes("silence") == [(1.5, "breath"), (2.5, "")]


def test_s25_each_role_comes_in_at_the_next_bar_line() -> None:
    plain = hear(drama(BREATH), until=12.0)
    heard = hear(drama(BREATH), (1.5, "silence breath"), until=12.0)
    for role in ("lead", "bed", "bass", "pulse"):
        late = [(a.seconds, a.spelling) for a in heard.attacks(role) if a.seconds >= 1.5]
        assert late == [(a.seconds, a.spelling) for a in plain.attacks(role) if a.seconds >= 4.0]
        assert late[0][0] == 4.0


def test_s25_a_chord_that_a_cue_holds_is_struck_when_the_music_returns() -> None:
    heard = hear(drama(BREATH), (1.0, "chord ii for 4 bars"), (2.5, "silence breath"), until=7.0)
    assert heard.times("bed") == [0.0, 1.0, 4.0]


def test_s25_a_silence_that_ends_on_a_bar_line_returns_there() -> None:
    heard = hear(drama(BREATH), (3.0, "silence breath"), until=6.0)
    assert attacks_in(heard, 3.0, 6.0)[0] == 4.0


def test_s25_tails_ring_out_and_held_chords_end() -> None:
    heard = hear(drama(TAILS), (0.5, "silence tails"), until=6.0)
    ends = {end for begin, end, _ in heard.spans("lead") if begin == 0.0}
    assert ends == {0.95}
    assert {end for begin, end, _ in heard.spans("bed") if begin == 0.0} == {0.5}
    assert attacks_in(heard, 0.5, 8.0)[0] == 4.0


def test_s25_a_pickup_is_silent_as_well() -> None:
    score = drama(builders.silence("long", beats(3)), pickup=True)
    heard = hear(score, (1.0, "silence long"), (1.5, "go night"), until=8.0)
    assert not attacks_in(heard, 1.0, 4.0)
    assert heard.notes("lead", motif="call") == "4 C4"


def test_s25_what_begins_at_the_same_instant_is_silent_too() -> None:
    heard = hear(drama(BREATH), (4.0, "silence breath"), until=10.0)
    assert not attacks_in(heard, 4.0, 8.0)


# -- its end ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("script", "over"),
    [
        (((4.0, Fire("go on")),), 4.0),
        (((2.0, Fire("go on")),), 13.0),  # before the minimum
        (((2.0, Fire("go on")), (6.0, Observation("press", "x"))), 13.0),  # that is no cue
        ((), 13.0),
    ],
)
def test_s25_any_cue_after_the_minimum_ends_it_and_the_maximum_by_itself(
    script: tuple[tuple[float, Fire | Observation], ...], over: float
) -> None:
    score = drama(HELD, **{"go on": "log on"})
    heard = hear(score, (1.0, "silence held"), *script, until=18.0)
    assert heard.changes("silence") == [(1.0, "held"), (over, "")]


def test_s25_with_a_name_only_that_cue_ends_it() -> None:
    score = drama(builders.silence("wait", until="letter"), letter="log read", other="log no")
    heard = hear(
        score, (1.0, "silence wait"), (3.0, Fire("other")), (5.0, Fire("letter")), until=12.0
    )
    assert heard.changes("silence") == [(1.0, "wait"), (5.0, "")]
    assert attacks_in(heard, 1.0, 12.0)[0] == 8.0


def test_s25_the_cue_that_begins_it_does_not_end_it() -> None:
    score = drama(builders.silence("wait", until="cue"), hush="silence wait")
    heard = hear(score, (1.0, Fire("hush")), (3.0, Fire("hush")), until=8.0)
    assert heard.changes("silence") == [(1.0, "wait"), (3.0, ""), (3.0, "wait")]


def test_s25_the_music_returns_as_loud_as_it_says() -> None:
    heard = hear(drama(HELD), (1.0, "silence held"), until=18.0)
    told = [e for e in heard.of(Control) if e.controller == 11 and e.voice.role == "bed"]
    assert (told[-1].seconds, told[-1].value) == (16.0, expression(0))  # pp, and a step less


def test_s32_a_span_without_a_cue_is_drawn_by_its_place() -> None:
    score = drama(builders.silence("some", seconds(1.0), seconds(9.0)))
    ends = []
    for start in (1.0, 2.0, 3.0):
        heard = hear(score, (start, "silence some"), until=18.0)
        ends.append(heard.changes("silence")[1][0] - start)
    assert len(set(ends)) == 3
    assert all(1.0 <= each <= 9.0 for each in ends)


def test_what_follows_with_then_waits_for_its_end() -> None:
    score = drama(BREATH, hush="silence breath, then key D at now")
    heard = hear(score, (1.5, Fire("hush")), until=4.0)
    assert heard.changes("key") == [(2.5, "D major")]


# -- with the rest of the language -----------------------------------------------------------------


def test_s25_an_entry_does_not_end_it() -> None:
    score = drama(builders.silence("long", seconds(7.0)))
    heard = hear(score, (1.0, "silence long"), (2.0, "go night at now"), until=14.0)
    assert heard.changes("silence")[-1] == (8.0, "")
    assert attacks_in(heard, 1.0, 14.0)[0] == 10.0  # bars are counted from the entry at 2


def test_s25_an_entry_brings_everyone_in_who_only_waits_for_the_bar() -> None:
    heard = hear(drama(BREATH), (0.5, "silence breath"), (2.0, "go night at now"), until=5.0)
    assert attacks_in(heard, 0.5, 5.0)[0] == 2.0


def test_s10_a_later_silence_takes_the_place_of_the_first() -> None:
    score = drama(BREATH, TAILS, hush="silence tails, then log never")
    heard = hear(score, (1.0, Fire("hush")), (2.0, "silence breath"), until=8.0)
    assert heard.changes("silence") == [(1.0, "tails"), (2.0, "breath"), (3.0, "")]
    assert heard.effects("silence tails")[-1].outcome is Outcome.SUPERSEDED
    assert not heard.effects("then log never")


def test_undo_brings_the_music_back_at_the_next_bar_line() -> None:
    score = drama(HELD, hush="silence held")
    heard = hear(score, (1.0, Fire("hush")), (2.0, "undo hush at now"), until=8.0)
    assert heard.changes("silence")[-1] == (2.0, "")
    assert attacks_in(heard, 1.0, 8.0)[0] == 4.0


def test_s24_stop_ends_it_with_the_music() -> None:
    heard = hear(drama(HELD), (1.0, "silence held"), (2.0, "stop"), (3.0, "dynamic p"), until=8.0)
    assert attacks_in(heard, 1.0, 8.0)[0] == 3.0


def test_where_nothing_plays_it_is_refused() -> None:
    heard = hear(drama(BREATH), (1.0, "stop"), (2.0, "silence breath"), until=3.0)
    (effect,) = heard.effects("silence breath")
    assert (effect.outcome, effect.rule) == (Outcome.REFUSED, "nothing plays")


def test_language_10_room_tone_is_answered() -> None:
    room = SilencePlan("room", beats(1), beats(1), room_tone=True)
    heard = hear(drama(room), (1.0, "silence room"), until=4.0)
    assert "room tone needs sound" in heard.effects("silence room")[0].rule


def test_a_stinger_is_silent_in_a_silence_and_heard_from_its_end_on() -> None:
    knock = builders.stinger("knock", "1e", "piano", at=NOW)
    score = replace(
        drama(HELD, on="log on"),
        stingers={"knock": knock},
        names=replace(drama(HELD, on="log on").names, stingers=frozenset({"knock"})),
    )
    script = (
        (1.0, "silence held"),
        (2.0, "stinger knock"),
        (5.0, Fire("on")),
        (5.0, "stinger knock"),
    )
    heard = hear(score, *script, until=12.0)
    assert heard.times("stinger") == [5.0]
    assert "not heard while silence held is on" in heard.effects("stinger knock")[0].rule
    assert heard.times("bed")[1:] == [8.0]


@pytest.mark.parametrize("cut", [0.5, 1.0, 1.5, 4.0, 5.5, 12.9, 13.5, 16.0])
def test_law_8_a_snapshot_goes_on_in_a_silence(cut: float) -> None:
    score = drama(HELD, on="log on")
    script = (1.0, "silence held"), (14.5, "silence held"), (18.0, Fire("on"))
    whole = prepared(score, *script).advance(24.0)
    performance = prepared(score, *script)
    events = performance.advance(cut)
    snapshot = json.loads(json.dumps(performance.snapshot()))
    assert events + Performance.restore(score, snapshot).advance(24.0) == whole
