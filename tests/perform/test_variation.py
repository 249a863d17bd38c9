"""S12, S32, T3: `each time`, rests that are drawn, loops, things in turn. A quarter is a second."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise

import pytest

from leitmotor.messages import Fire, Outcome
from leitmotor.music.length import Gap, LengthRange, bars
from leitmotor.music.time import QUARTER
from leitmotor.music.transform_text import parse_operation
from leitmotor.perform.performance import Performance
from leitmotor.score.compiled import (
    Character,
    Choice,
    CompiledScore,
    Figure,
    Motif,
    MotifState,
    Place,
    Scene,
)
from leitmotor.testing import builders
from leitmotor.testing.listening import Heard, hear, prepared

EACH_TIME = ("as written", "transpose +1 steps", "thicken octaves")


def song(
    *motifs: Motif, rest: Gap | None = None, figures: tuple[Figure, ...] = (), seed: int = 0
) -> CompiledScore:
    """Mara and her tune, alone, a bar of rest after it."""
    return builders.score(
        motifs=motifs,
        figures=figures,
        characters=[Character("mara", "mara", "", ("lost", "found"))],
        palettes=[builders.palette("solo", {"lead": "piano", "pulse": "harp", "bed": "piano"})],
        states=[builders.state("calm", palette="solo", layers=("lead", "pulse"))],
        scenes=[Scene("quay", "", ("mara",), "calm")],
        rest=rest or bars(1),
        seed=seed,
    )


def operations(heard: Heard, motif: str = "mara") -> list[tuple[str, ...]]:
    """What was done to each statement, in order."""
    notes = heard.attacks(motif=motif)
    begins = [second for second, _ in heard.changes("lead")]
    return [next(n.cause.operations for n in notes if n.seconds >= second) for second in begins]


# -- each time -------------------------------------------------------------------------------------


def test_t3_each_time_takes_one_entry_a_statement_and_goes_round() -> None:
    heard = hear(song(builders.motif("mara", "1q 2 3 4", each_time=EACH_TIME)), until=28.0)
    assert operations(heard) == [(), ("transpose +1 step",), ("thicken octaves",), ()]
    assert heard.notes(motif="mara").startswith("0 C4, 1 D4, 2 E4, 3 F4, 8 D4, 9 E4")


def test_t3_each_time_comes_after_the_states_own_operations() -> None:
    vary = (parse_operation("retrograde"),)
    mara = builders.motif(
        "mara", "1q 2 3 4", states={"lost": MotifState("lost", vary=vary)}, each_time=EACH_TIME
    )
    heard = hear(song(mara), until=12.0)
    assert operations(heard) == [("retrograde",), ("retrograde", "transpose +1 step")]


def test_t3_each_time_counts_statements_however_they_come_about() -> None:
    """A verb's statement counts as one of the rotation does."""
    mara = builders.motif("mara", "1q 2 3 4", each_time=EACH_TIME)
    heard = hear(song(mara), (5.0, "motif mara at next bar"), until=20.0)
    assert operations(heard) == [(), ("transpose +1 step",), ("thicken octaves",)]


def test_t3_each_time_may_change_the_length_and_the_pickup_of_a_statement() -> None:
    mara = builders.motif(
        "mara", "5-q | 1q 2 3 4", pickup=QUARTER, each_time=("as written", "tail 2", "augment 2")
    )
    heard = hear(song(mara), until=40.0)
    assert heard.times(motif="mara")[:7] == [0.0, 1.0, 2.0, 3.0, 8.0, 9.0, 14.0]
    assert heard.times(motif="mara")[7:11] == [16.0, 18.0, 20.0, 22.0]


def test_law_8_the_count_of_statements_is_restored() -> None:
    score = song(builders.motif("mara", "1q 2 3 4", each_time=EACH_TIME))
    performance = prepared(score)
    performance.advance(9.0)
    again = Performance.restore(score, json.loads(json.dumps(performance.snapshot())))
    assert again.advance(40.0) == performance.advance(40.0)


def test_t3_a_figure_takes_an_entry_each_time_it_has_been_through() -> None:
    figure = builders.figure(
        "motor", "pulse", "k1h", "k3h", each_time=(("k1h", "k3h"), ("k5w",), ("k1h k1h", "k5w"))
    )
    score = builders.score(
        figures=[figure],
        palettes=[builders.palette("solo", {"pulse": "harp"})],
        states=[builders.state("calm", palette="solo", figures={"pulse": "motor"})],
        scenes=[Scene("quay", "", (), "calm")],
        tempo=240.0,
    )
    heard = hear(score, until=9.0)
    played = " ".join(each.spelling for each in heard.attacks("pulse"))
    once = "C3 C3 E3 E3 G3 C3 C3 G3"  # two bars, one, two
    assert played == f"{once} C3 C3 E3 E3 G3 C3 C3"


def test_t3_a_figures_count_goes_on_over_an_entry() -> None:
    figure = builders.figure("motor", "pulse", "k1w", each_time=(("k1w",), ("k5w",)))
    score = builders.score(
        figures=[figure],
        palettes=[builders.palette("solo", {"pulse": "harp"})],
        states=[builders.state("calm", palette="solo", figures={"pulse": "motor"})],
        scenes=[Scene("quay", "", (), "calm")],
    )
    heard = hear(score, (9.0, "go quay from the top"), until=20.0)
    assert heard.notes("pulse") == "0 C3, 4 G3, 8 C3, 12 G3, 16 C3"


# -- rests -----------------------------------------------------------------------------------------


def gaps(heard: Heard, length: float = 4.0) -> list[float]:
    """The bars of silence after each statement of four seconds."""
    begins = [second for second, _ in heard.changes("lead")]
    return [(after - before - length) / 4.0 for before, after in pairwise(begins)]


def test_s12_a_rest_between_two_lengths_is_drawn_and_lies_between_them() -> None:
    score = song(builders.motif("mara", "1q 2 3 4"), rest=LengthRange(bars(2), bars(6)))
    drawn = gaps(hear(score, until=1600.0))
    assert set(drawn) == {2.0, 3.0, 4.0, 5.0, 6.0}
    assert drawn == gaps(hear(score, until=1600.0))


def test_s32_another_seed_draws_other_rests() -> None:
    tune, rest = builders.motif("mara", "1q 2 3 4"), LengthRange(bars(0), bars(9))
    one, other = (gaps(hear(song(tune, rest=rest, seed=s), until=400.0)) for s in (0, 1))
    assert one != other


def test_s12_a_rest_in_seconds_is_rounded_up_to_a_bar_line() -> None:
    rest = LengthRange(builders.seconds(1), builders.seconds(9))
    drawn = gaps(hear(song(builders.motif("mara", "1q 2 3 4"), rest=rest), until=800.0))
    assert set(drawn) == {1.0, 2.0, 3.0}


@pytest.mark.parametrize("kind", ["motif", "state", "scene"])
def test_s12_motif_state_and_scene_may_give_a_rest_to_draw(kind: str) -> None:
    rest: Gap = LengthRange(bars(1), bars(3))
    tune = builders.motif("mara", "1q 2 3 4", rest=rest if kind == "motif" else None)
    calm = builders.state("calm", rest=rest) if kind == "state" else builders.state("calm")
    scene = Scene("quay", "", ("mara",), "calm", rest=rest if kind == "scene" else None)
    score = builders.score(
        motifs=[tune],
        characters=[Character("mara", "mara", "", ())],
        states=[calm],
        scenes=[scene],
        rest=bars(7),
    )
    assert set(gaps(hear(score, until=600.0))) == {1.0, 2.0, 3.0}


def test_s13_a_motif_that_loops_n_times_is_stated_n_times_in_a_row() -> None:
    heard = hear(song(builders.motif("mara", "1q 2 3 4", times=3)), until=20.0)
    assert heard.times(motif="mara") == [*map(float, range(12)), 16.0, 17.0, 18.0, 19.0]


def test_s12_a_loop_rests_between_its_rounds_as_its_motif_says() -> None:
    mara = builders.motif("mara", "1q 2 3 4", times=3, rest=LengthRange(bars(1), bars(2)))
    drawn = gaps(hear(song(mara), until=400.0))
    assert set(drawn) == {1.0, 2.0}


# -- in turn, shuffled -----------------------------------------------------------------------------


FIGURES = {"a": "1w", "b": "3w", "c": "5w"}
CHORDS = {"a": "I", "b": "IV", "c": "V"}


def by_turns(kind: str, shuffled: bool) -> CompiledScore:
    """A score in which one thing is another of three at each entry."""
    names = Choice(("a", "b", "c"), f"choice of {kind}", shuffled)
    figures = [builders.figure(n, "pulse", t) for n, t in FIGURES.items()]
    harmony = [builders.progression(n, t) for n, t in CHORDS.items()]
    roles = {"lead": "piano", "pulse": "harp", "bass": "cello"}
    palettes = [builders.palette(name, roles, register=0) for name in "abc"]
    settings: dict[str, object] = {"palette": "a"}
    tune = builders.motif("tune", "1w")
    if kind == "palette":
        players = dict(zip("abc", ("violin", "flute", "horn"), strict=True))
        palettes = [builders.palette(n, {"lead": p}) for n, p in players.items()]
        settings["palette"] = names
    elif kind == "harmony":
        settings["harmony"] = names
    elif kind == "figure":
        settings["figures"] = {"pulse": names}
    elif kind == "palette figure":
        palettes[0] = replace(palettes[0], figures={"pulse": names})
    elif kind == "motif harmony":
        tune = replace(tune, harmony=names)
    elif kind == "motif state harmony":
        tune = replace(tune, states={"in": MotifState("in", harmony=names)})
    elif kind == "role":
        players_in_turn = builders.in_turn("role", "violin", "flute", "horn", shuffled=shuffled)
        palettes[0] = builders.palette("a", {"lead": players_in_turn})
    return builders.score(
        motifs=[tune],
        figures=figures,
        progressions=harmony,
        palettes=palettes,
        characters=[Character("mara", "tune", "", ("in",))],
        places=[Place("sea", "", "")],
        states=[builders.state("calm", **settings)],
        scenes=[Scene("quay", "sea", ("mara",), "calm")],
    )


def taken(kind: str, heard: Heard) -> list[str]:
    """What stood for the thing after each entry."""
    if kind in ("palette", "role"):
        return [each.voice.instrument for each in heard.attacks("lead")]
    if kind == "harmony" or kind.startswith("motif"):
        return [each.spelling for each in heard.attacks("bass")]
    return [each.spelling for each in heard.attacks("pulse")]


KINDS = (
    "palette",
    "harmony",
    "figure",
    "palette figure",
    "role",
    "motif harmony",
    "motif state harmony",
)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("shuffled", [False, True], ids=["in turn", "shuffled"])
def test_s32_one_of_several_stands_wherever_one_name_may(kind: str, shuffled: bool) -> None:
    count, entries = 3, 12
    script = [(4.0 * number, "go quay from the top at now") for number in range(1, entries)]
    found = taken(kind, hear(by_turns(kind, shuffled), *script, until=4.0 * entries))
    assert len(found) == entries
    assert len(set(found)) == count
    if shuffled:
        assert all(one != other for one, other in pairwise(found))
    else:
        assert found == found[:count] * (entries // count)


@pytest.mark.parametrize("shuffled", [False, True], ids=["in turn", "shuffled"])
def test_s32_a_cue_does_one_thing_after_the_other_and_its_answer_says_which(shuffled: bool) -> None:
    word = "shuffled" if shuffled else "in turn"
    score = builders.score(
        motifs=[builders.motif("tune", "1w")],
        cues={"turn": {"do": {word: ["log a", "log b", "log c"]}}},
    )
    performance = Performance(score)
    done = []
    for number in range(1, 13):
        foreseen = performance.receive(Fire("turn"), float(number))
        events = performance.advance(number + 0.5)
        (text,) = (e.text for e in events if type(e).__name__ == "Log")
        (effect,) = foreseen.effects
        assert effect.what == f"log {text}"
        assert effect.outcome is Outcome.PLANNED
        done.append(text)
    assert set(done) == {"a", "b", "c"}
    if shuffled:
        assert all(one != other for one, other in pairwise(done))
    else:
        assert done == ["a", "b", "c"] * 4
