"""S1–S7: when a cue acts, and where in the music its change comes. A quarter is a second."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest

from leitmotor.messages import AfterPrevious, AtBar, AtSceneBar, Do, Fire, Log, Outcome, Reply
from leitmotor.music.length import bars
from leitmotor.music.metre import Metre
from leitmotor.music.time import QUARTER
from leitmotor.perform.performance import Performance, Start
from leitmotor.score.compiled import Scene
from leitmotor.testing import builders
from leitmotor.testing.listening import hear, prepared

BED = builders.palette("strings", {"bed": "string ensemble"})
CALM = builders.state("calm", palette="strings")
SCORE = builders.score(
    palettes=[BED],
    states=[CALM, builders.state("waltz", palette="strings", metre=Metre(3, 4))],
    scenes=[Scene("quay", "", (), "calm"), Scene("ball", "", (), "waltz")],
)
COMPOUND = builders.score(
    palettes=[BED], states=[CALM], scenes=[Scene("quay", "", (), "calm")], metre=Metre(6, 8)
)


def place(verb: str, at: float, score: object = SCORE) -> float:
    """Where a verb fired at `at` acts, in seconds."""
    (effect,) = hear(score, (at, verb), until=at + 0.001).effects(verb)  # type: ignore[arg-type]
    return round(effect.seconds, 6)


# -- S1 --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verb", "at", "comes"),
    [
        ("key D", 4.0, 4.0),
        ("key D", 4.001, 8.0),
        ("key D at next beat", 2.0, 2.0),
        ("key D at next phrase", 16.0, 16.0),
        ("key D at next 2 bars", 8.0, 8.0),
        ("key D at now", 1.375, 1.375),
    ],
)
def test_s1_a_boundary_exactly_at_the_cue_counts(verb: str, at: float, comes: float) -> None:
    assert place(verb, at) == comes


@pytest.mark.parametrize("where", ["next beat", "next bar", "next 3 bars", "next phrase", "end"])
def test_s1_the_first_instant_is_a_boundary_of_every_kind(where: str) -> None:
    assert place(f"key D at {where}", 0.0) == 0.0


def test_s1_a_cue_known_beforehand_acts_at_exactly_its_time() -> None:
    heard = hear(SCORE, (1.2345, "key D at now"), until=2.0)
    ((seconds, _),) = heard.changes("key")
    assert seconds == pytest.approx(1.2345, abs=1e-5)


# -- S2 --------------------------------------------------------------------------------------------


def test_s2_a_future_cue_is_answered_provisionally_and_bindingly_at_its_time() -> None:
    performance = Performance(SCORE)
    performance.advance(0.5)
    answer = performance.receive(Do("key D"), 5.0)
    assert answer.provisional
    assert [round(effect.seconds, 6) for effect in answer.effects] == [8.0]
    replies = [e for e in performance.advance(6.0) if isinstance(e, Reply)]
    assert [(r.receipt, r.seconds) for r in replies] == [(answer.receipt, 5.0)]


def test_s2_an_at_in_the_past_is_moved_to_now_and_the_answer_says_so() -> None:
    performance = Performance(SCORE)
    performance.advance(5.0)
    answer = performance.receive(Do("key D"), 1.0)
    assert answer.at == pytest.approx(5.0, abs=1e-4)
    assert "played already" in answer.reason


@pytest.mark.parametrize("at", [math.nan, math.inf, -math.inf, 1e300, 1e17, -3.0])
def test_s2_receive_never_raises_for_a_time_that_is_none(at: float) -> None:
    performance = Performance(SCORE)
    answer = performance.receive(Do("key D at now"), at)
    assert answer.reason
    assert performance.advance(1.0)


@pytest.mark.parametrize(
    "cue",
    [
        Do(""),
        Do(","),
        Do("sing"),
        Do("go nowhere"),
        Do("then"),
        Do("key D, , key E"),
        Fire(""),
        Fire("nobody"),
        Fire("GO"),
    ],
)
def test_s2_what_cannot_be_read_is_refused_with_its_reason(cue: Do | Fire) -> None:
    performance = Performance(SCORE)
    assert performance.receive(cue, 0.5).reason
    (reply,) = (e for e in performance.advance(1.0) if isinstance(e, Reply))
    assert [effect.outcome for effect in reply.effects] == [Outcome.REFUSED]


def test_s2_at_one_instant_cues_act_in_the_order_of_their_receipt() -> None:
    heard = hear(SCORE, (2.0, "log one"), (1.0, "log zero"), (2.0, "log two"), until=3.0)
    assert [event.text for event in heard.of(Log)] == ["zero", "one", "two"]


@pytest.mark.parametrize("amount", [Fraction(-3), Fraction(0), Fraction(1, 2)])
@pytest.mark.parametrize("unit", ["bars", "beats", "seconds"])
def test_s2_after_the_previous_cue_never_means_before_what_was_played(
    amount: Fraction, unit: str
) -> None:
    performance = prepared(SCORE, (1.0, "log one"))
    performance.advance(6.0)
    performance.receive(Do("log two"), AfterPrevious(amount, unit))
    (reply,) = (e for e in performance.advance(7.0) if isinstance(e, Reply))
    assert reply.seconds >= 6.0


# -- S3 --------------------------------------------------------------------------------------------


def test_s3_releases_come_before_changes_before_attacks() -> None:
    heard = hear(SCORE, (0.0, "harmony home"), until=5.0)
    at_bar = [type(event).__name__ for event in heard.events if event.seconds == 4.0]
    assert at_bar.index("Release") < at_bar.index("BarLine") < at_bar.index("Attack")


def test_s3_a_tick_is_the_110880th_of_a_quarter() -> None:
    (attack, *_) = hear(SCORE, (2.0, "chord IV at now"), until=3.0).attacks()[3:]
    assert attack.tick == 2 * 110_880 == 2 * QUARTER


# -- S4 --------------------------------------------------------------------------------------------


def test_s4_the_beat_of_six_eight_is_the_dotted_quarter() -> None:
    assert place("key D at next beat", 0.1, COMPOUND) == 1.5
    heard = hear(COMPOUND, (AtBar(2, Fraction(2)), "log here"), until=6.0)
    assert [event.seconds for event in heard.of(Log)] == [4.5]


def test_s4_value_letters_stay_quarters_in_every_metre() -> None:
    score = builders.score(
        motifs=[builders.motif("a", "1q 2q", metre=Metre(6, 8))], metre=Metre(6, 8)
    )
    assert hear(score, until=2.0).times() == [0.0, 1.0]


def test_s4_seven_eight_counts_eighths() -> None:
    score = builders.score(palettes=[BED], metre=Metre(7, 8, (2, 2, 3)))
    assert place("key D at next beat", 0.6, score) == 1.0
    assert place("key D", 0.6, score) == 3.5


# -- S5 --------------------------------------------------------------------------------------------


def test_s5_an_entry_begins_a_new_bar_and_the_count_goes_on() -> None:
    heard = hear(SCORE, (5.5, "go ball at now"), until=12.0)
    assert heard.bars() == [(1, 0.0), (2, 4.0), (3, 5.5), (4, 8.5), (5, 11.5)]


def test_s5_an_entry_on_a_bar_line_counts_one_bar() -> None:
    heard = hear(SCORE, (8.0, "go ball"), until=12.0)
    assert heard.bars() == [(1, 0.0), (2, 4.0), (3, 8.0), (4, 11.0)]


def test_s5_a_state_entry_begins_a_new_bar_too() -> None:
    heard = hear(SCORE, (1.0, "state waltz at next beat"), until=5.0)
    assert heard.bars() == [(1, 0.0), (2, 1.0), (3, 4.0)]


def test_s5_metre_alone_waits_for_the_bar_line() -> None:
    heard = hear(SCORE, (1.0, "metre 3/4 at now"), until=8.0)
    assert heard.bars() == [(1, 0.0), (2, 4.0), (3, 7.0)]


def test_s5_bar_positions_of_a_script_follow_shortened_bars() -> None:
    heard = hear(
        SCORE,
        (5.0, "go ball at now"),
        (AtBar(3), "log three"),
        (AtBar(4, Fraction(2)), "log four"),
        (AtBar(1), "log one"),
        until=12.0,
    )
    assert [(e.text, e.seconds) for e in heard.of(Log)] == [
        ("one", 0.0),
        ("three", 5.0),
        ("four", 9.0),
    ]


def test_s5_a_place_inside_a_bar_is_counted_in_the_metre_that_the_bar_really_has() -> None:
    compound = builders.state("sea", palette="strings", metre=Metre(6, 8))
    score = builders.score(
        palettes=[BED],
        states=[CALM, compound],
        scenes=[Scene("quay", "", (), "calm"), Scene("sea", "", (), "sea")],
    )
    heard = hear(score, (AtBar(2, Fraction(2)), "log here"), (3.0, "go sea"), until=8.0)
    assert [e.seconds for e in heard.of(Log)] == [5.5]
    heard = hear(SCORE, (AtBar(2, Fraction(2)), "log here"), (3.0, "metre 6/8"), until=8.0)
    assert [e.seconds for e in heard.of(Log)] == [5.5]


def test_s5_places_counted_from_a_scene_wait_for_its_entry() -> None:
    heard = hear(
        SCORE, (AtSceneBar("ball", 2, Fraction(3)), "log here"), (5.5, "go ball at now"), until=14.0
    )
    assert [e.seconds for e in heard.of(Log)] == [10.5]


def test_s5_what_was_planned_for_a_bar_line_moves_with_the_bar_lines() -> None:
    heard = hear(SCORE, (1.0, "key D at next 2 bars"), (4.0, "metre 3/4"), until=12.0)
    (moment,) = (seconds for seconds, _ in heard.changes("key"))
    assert (moment, True) in [(seconds, number % 2 == 1) for number, seconds in heard.bars()]


def test_s5_after_the_last_cue_may_be_counted_in_bars_and_seconds() -> None:
    heard = hear(
        SCORE,
        (1.0, "log one"),
        (AfterPrevious(Fraction(1), "bars"), "log two"),
        (AfterPrevious(Fraction(1, 2), "seconds"), "log three"),
        until=8.0,
    )
    assert [e.seconds for e in heard.of(Log)] == [1.0, 5.0, 5.5]


# -- S6 --------------------------------------------------------------------------------------------


def test_s6_phrases_are_counted_from_the_last_entry() -> None:
    assert place("key D at next phrase", 3.0) == 16.0
    heard = hear(SCORE, (6.0, "go ball at now"), (7.0, "key D at next phrase"), until=30.0)
    assert [seconds for seconds, _ in heard.changes("key")] == [18.0]


def test_s6_the_bar_line_where_a_lead_statement_ends_is_a_phrase_too() -> None:
    score = builders.score(motifs=[builders.motif("a", "1w 2h")], phrase=bars(8))
    assert place("key D at next phrase", 1.0, score) == 8.0
    assert place("key D at end", 1.0, score) == 6.0
    assert place("key D at end", 6.0, score) == 6.0  # the very instant


def test_s6_end_without_a_statement_is_the_end_of_the_progression() -> None:
    score = builders.score(
        palettes=[BED],
        progressions=[builders.progression("home", "I | IV | V")],
        states=[builders.state("calm", palette="strings", harmony="home")],
        scenes=[Scene("quay", "", (), "calm")],
    )
    assert place("key D at end", 1.0, score) == 12.0
    assert place("key D at end", 13.0, score) == 24.0


def test_s6_next_n_bars_counts_from_the_entry() -> None:
    assert place("key D at next 3 bars", 1.0) == 12.0
    heard = hear(SCORE, (2.0, "go ball at now"), (3.0, "key D at next 2 bars"), until=12.0)
    assert [seconds for seconds, _ in heard.changes("key")] == [8.0]


def test_s6_a_marker_is_waited_for_until_somebody_passes_it() -> None:
    score = builders.score(
        motifs=[
            builders.motif("a", "1q 2 3 4"),
            builders.motif("b", "5q 4 3 2", marks={"plea": QUARTER}),
        ]
    )
    heard = hear(score, (0.5, "key D at marker plea"), until=16.0)
    assert [seconds for seconds, _ in heard.changes("marker")] == [9.0]
    assert [seconds for seconds, _ in heard.changes("key")] == [9.0]


def test_s6_a_marker_that_was_cut_off_is_waited_for_again() -> None:
    marked = builders.motif("b", "5w | 1w", marks={"plea": 6 * QUARTER})
    score = builders.score(
        motifs=[marked],
        states=[CALM],
        palettes=[BED, builders.palette("solo", {"lead": "piano"})],
        scenes=[Scene("quay", "", (), "calm"), Scene("sea", "", (), "calm")],
    )
    heard = hear(
        score,
        (0.0, "motif b"),
        (1.0, "key D at marker plea"),
        (2.0, "go sea at now"),
        (10.0, "motif b at now"),
        until=20.0,
    )
    assert [seconds for seconds, _ in heard.changes("key")] == [16.0]


# -- S7 --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("most", "comes"), [("20 s", 16.0), ("4 s", 4.0), ("2 s", 2.0), ("500 ms", 1.1)]
)
def test_s7_wait_at_most_falls_back_phrase_bar_beat_now(most: str, comes: float) -> None:
    assert place(f"key D at next phrase wait at most {most}", 1.1) == comes


def test_s7_the_longest_wait_is_counted_from_the_cue_even_when_bars_move() -> None:
    heard = hear(
        SCORE,
        (1.0, "key D at next phrase wait at most 15 s"),
        (3.0, "metre 3/4"),
        (14.0, "go ball at now"),
        until=40.0,
    )
    assert heard.changes("key")[0][0] <= 16.0


def test_s7_a_transition_may_limit_the_wait() -> None:
    score = builders.score(
        palettes=[BED],
        states=[CALM],
        scenes=[Scene("quay", "", (), "calm"), Scene("sea", "", (), "calm")],
        transitions={
            ("quay", "sea"): builders.transition(
                builders.NEXT_PHRASE, wait_at_most=builders.seconds(4), name="quay -> sea"
            )
        },
    )
    (effect,) = hear(score, (2.5, "go sea"), until=3.0).effects("go sea")
    assert effect.seconds == 4.0
    assert "more than 4 s away" in effect.rule
    assert "quay -> sea" in effect.rule


def test_s33_while_nothing_plays_every_instant_is_a_boundary() -> None:
    heard = hear(SCORE, (1.3, "go ball at next phrase"), until=2.0, start=Start.ON_CUE)
    assert heard.changes("scene") == [(1.3, "ball")]
