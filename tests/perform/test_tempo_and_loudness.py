"""S22, S23: tempo and its factors, dynamics and the mixer. A quarter is a second, a bar four."""

from __future__ import annotations

from itertools import pairwise

import pytest

from leitmotor.messages import Tempo
from leitmotor.music.dynamics import decibels, expression, velocity
from leitmotor.music.length import bars
from leitmotor.music.metre import Metre
from leitmotor.music.transform_text import parse_operation
from leitmotor.score.compiled import Character, CompiledScore, MotifState, Scene
from leitmotor.testing import builders
from leitmotor.testing.listening import Heard, hear

MP, MF, F, FF = 3, 4, 5, 6


def song(
    notes: str = "1q 2 3 4",
    *,
    lead: str = "piano",
    dynamic: tuple[int, int] | None = None,
    levels: dict[str, float] | None = None,
    tempo: float = 60.0,
    arc: MotifState | None = None,
    loud: int | None = None,
) -> CompiledScore:
    """One tune over a bed, in a rotation of two bars."""
    return builders.score(
        motifs=[builders.motif("tune", notes, states={"it": arc or MotifState("it")})],
        palettes=[
            builders.palette("p", {"lead": lead, "bed": "string ensemble"}, dynamic, levels=levels)
        ],
        characters=[Character("mara", "tune", "", ("it",))],
        states=[builders.state("calm", palette="p", dynamic=loud)],
        scenes=[Scene("quay", "", ("mara",), "calm")],
        tempo=tempo,
        rest=bars(1),
    )


def tempos(heard: Heard) -> list[tuple[float, float]]:
    return [(round(e.seconds, 4), round(e.bpm, 4)) for e in heard.of(Tempo)]


# -- S22 -------------------------------------------------------------------------------------------


def test_s22_a_step_of_tempo_reaches_the_next_note() -> None:
    heard = hear(song(), (1.5, "tempo 120"), until=3.0)
    assert heard.times("lead") == [0.0, 1.0, 1.75, 2.25]


def test_s22_a_factor_counts_from_the_tempo_reached() -> None:
    heard = hear(song(), (0.0, "tempo x2"), (2.0, "tempo x0.5"), until=5.0)
    assert tempos(heard) == [(0.0, 120.0), (2.0, 60.0)]


@pytest.mark.parametrize("shape", ["", " evenly by beat", " geometric"])
def test_s22_a_ramp_in_seconds_lasts_that_long(shape: str) -> None:
    heard = hear(song(), (1.0, f"tempo 180 over 3 s{shape}, then log arrived"), until=9.0)
    (ramp,) = (e for e in heard.of(Tempo) if e.length)
    assert (ramp.seconds, ramp.bpm, ramp.end_bpm) == (1.0, 60.0, 180.0)
    (arrived,) = (e for e in heard.events if type(e).__name__ == "Log")
    assert arrived.seconds == pytest.approx(4.0, abs=1e-4)


def test_s22_the_vary_of_the_leading_statement_moves_everybody() -> None:
    arc = MotifState("it", vary=(parse_operation("tempo x2"),))
    heard = hear(song(arc=arc), until=8.0)
    assert heard.times("lead")[:5] == [0.0, 0.5, 1.0, 1.5, 6.0]
    assert tempos(heard) == [(0.0, 120.0), (2.0, 60.0), (6.0, 120.0)]


def test_s22_a_fermata_holds_everybody_over_its_note() -> None:
    heard = hear(song("1q 2q@ 3 4"), until=6.0)
    assert heard.times("lead") == [0.0, 1.0, 2.75, 3.75]
    assert tempos(heard) == [(0.0, 60.0), (1.0, 34.2857), (2.75, 60.0)]


def test_s22_a_fermata_that_is_cut_off_lets_go() -> None:
    heard = hear(song("1w@"), (2.0, "go quay from the top at now"), (2.1, "leave mara"), until=20.0)
    assert tempos(heard)[:1] == [(0.0, 34.2857)]
    heard = hear(song("1w@"), (2.0, "stop"), until=20.0)
    assert tempos(heard)[-1] == (2.0, 60.0)


def test_s22_the_clamp_comes_after_all_factors() -> None:
    heard = hear(song("1q 2q@ 3 4", tempo=25.0), until=12.0)
    assert [bpm for _, bpm in tempos(heard)] == [25.0, 20.0, 25.0]
    arc = MotifState("it", vary=(parse_operation("tempo x2"),))
    assert tempos(hear(song(arc=arc, tempo=300.0), until=0.1)) == [(0.0, 400.0)]


def test_s22_a_ramp_inside_a_ramp_starts_from_the_tempo_reached() -> None:
    heard = hear(
        song(),
        (0.0, "tempo 120 over 8 s"),
        (4.0, "tempo 60 over 4 s"),
        (6.0, "tempo 30"),
        until=9.0,
    )
    first, second, third = heard.of(Tempo)
    assert second.bpm == pytest.approx(90.0, abs=1e-3)
    assert (third.bpm, third.length) == (30.0, 0)
    assert first.seconds < second.seconds < third.seconds


def test_s22_tempo_for_t_returns() -> None:
    heard = hear(song(), (2.0, "tempo 120 for 4 beats"), until=9.0)
    assert tempos(heard) == [(0.0, 60.0), (2.0, 120.0), (4.0, 60.0)]


def test_s22_bpm_counts_quarters_in_every_metre() -> None:
    score = builders.score(motifs=[builders.motif("a", "1q 2 3")], metre=Metre(6, 8))
    assert hear(score, until=2.5).times() == [0.0, 1.0, 2.0]


# -- S23: dynamics ---------------------------------------------------------------------------------


def test_s23_struck_and_plucked_take_velocity() -> None:
    heard = hear(song("(mf) 1q (ff) 2q (mf) 3q> (p) 4q"), until=4.0)
    assert [e.velocity for e in heard.attacks("lead")] == [
        velocity(MF),
        velocity(FF),
        velocity(MF) + 16,
        velocity(2),
    ]


def test_s23_sustaining_take_expression_and_velocity_eighty() -> None:
    heard = hear(song("(mf) 1q (ff) 2q 3q>", lead="violin"), until=3.0)
    assert [e.velocity for e in heard.attacks("lead")] == [80, 80, 96]
    assert heard.controls(11, "violin") == [(1.0, expression(FF))]


def test_s23_every_role_but_lead_is_one_step_less() -> None:
    heard = hear(song(), until=1.0)
    assert heard.controls(11, "string ensemble") == [(0.0, expression(MF - 1))]


def test_s23_levels_are_clamped_to_the_palettes_range_unless_a_cue_sets_them() -> None:
    score = song("(fff) 1q 2 3 4", dynamic=(0, MF))
    heard = hear(score, (1.5, "dynamic f"), until=3.0)
    assert [e.velocity for e in heard.attacks("lead")] == [velocity(MF), velocity(MF), velocity(7)]


@pytest.mark.parametrize(
    ("arc", "state", "level"), [(None, None, MF), (None, 2, 2), (FF, 2, FF), (FF, None, FF)]
)
def test_s23_cue_else_motif_state_else_state_else_mf(
    arc: int | None, state: int | None, level: int
) -> None:
    score = song(arc=MotifState("it", dynamic=arc), loud=state)
    heard = hear(score, (0.5, "dynamic ppp"), until=2.0)
    assert [e.velocity for e in heard.attacks("lead")] == [velocity(level), velocity(0)]


def test_s23_swell_returns_over_the_same_length() -> None:
    heard = hear(song("1w", lead="violin"), (1.0, "swell 1 beat to ff"), until=3.5)
    told = heard.controls(11, "violin")
    top = max(told, key=lambda each: each[1])
    assert top == (2.0, expression(FF))
    assert told[-1] == (3.0, expression(MF))
    assert all(later[0] - earlier[0] >= 0.02 for earlier, later in pairwise(told))


def test_s23_crescendo_and_dynamic_stay_until_the_next_entry() -> None:
    heard = hear(
        song(), (0.0, "crescendo 2 beats p to ff"), (12.0, "go quay from the top"), until=14.0
    )
    loud = {round(e.seconds): e.velocity for e in heard.attacks("lead")}
    assert loud[0] == velocity(2)
    assert loud[3] == velocity(FF) == loud[8]
    assert loud[12] == velocity(MF)


def test_s23_a_crescendo_is_even_in_decibels() -> None:
    heard = hear(song("1w", lead="violin"), (0.0, "crescendo 4 beats ppp to fff"), until=4.0)
    told = dict(heard.controls(11, "violin"))
    middle = 127 * 10 ** ((decibels(0) + decibels(7)) / 2 / 40)
    assert told[2.0] == pytest.approx(middle, abs=1)


def test_s23_a_written_dynamic_stays_while_a_cue_moves_the_level() -> None:
    heard = hear(song("(pp) 1w", lead="violin"), (1.0, "dynamic f over 1 beat"), until=3.0)
    assert heard.controls(11, "violin")[-1][1] == expression(F - 3)


# -- S23: the mixer --------------------------------------------------------------------------------


def test_s23_level_is_the_mixer_and_changes_no_note() -> None:
    plain = hear(song(), until=6.0)
    heard = hear(song(), (1.0, "level bed -6 dB"), (2.0, "level lead out"), until=6.0)
    assert [e[:9] for e in heard.attacks()] == [e[:9] for e in plain.attacks()]
    assert heard.controls(7, "string ensemble") == [(1.0, 71)]
    assert heard.controls(7, "piano")[-1] == (2.0, 0)


def test_s23_level_over_t_ends_exactly_and_back_returns_to_the_score() -> None:
    score = song(levels={"bed": -6.0})
    heard = hear(score, (1.0, "level bed -12 dB over 1 beat"), (3.0, "level bed back"), until=5.0)
    told = heard.controls(7, "string ensemble")
    assert (2.0, 50) in told
    assert told[-1] == (3.0, 71)


def test_s23_level_of_a_character_follows_her_line() -> None:
    heard = hear(song(), (1.0, "level mara -6 dB"), until=2.0)
    assert heard.controls(7, "piano") == [(1.0, 71)]
    assert heard.controls(7, "string ensemble") == []


def test_s23_level_all_moves_everything() -> None:
    heard = hear(song(), (1.0, "level all out"), (2.0, "level all back"), until=3.0)
    for name in ("piano", "string ensemble"):
        assert heard.controls(7, name) == [(1.0, 0), (2.0, 100)]
