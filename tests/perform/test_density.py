"""S31: below 1 figures lose their weakest beats first. A quarter is a second, a bar four."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitmotor.messages import Fire
from leitmotor.music.metre import COMMON_TIME, Metre
from leitmotor.music.time import QUARTER
from leitmotor.music.weight import weakness
from leitmotor.score.compiled import Character, CompiledScore, Scene
from leitmotor.testing import builders
from leitmotor.testing.listening import Heard, hear
from leitmotor.testing.strategies import FIGURES, METRES

EIGHTHS = "k1e k3 k5 k3 k1 k3 k5 k3"


def motor(
    *bars: str, density: float | None = None, metre: Metre = COMMON_TIME, swing: float = 0.5
) -> CompiledScore:
    """A figure under a tune, and a bed that is held."""
    return builders.score(
        motifs=[builders.motif("tune", "1w", metre=Metre(4, 4))],
        figures=[builders.figure("motor", "pulse", *(bars or (EIGHTHS,)), metre=metre)],
        palettes=[builders.palette("p", {"lead": "flute", "pulse": "harp", "bed": "organ"})],
        characters=[Character("mara", "tune", "", ())],
        states=[
            builders.state("calm", palette="p", figures={"pulse": "motor"}, density=density),
            builders.state("storm", palette="p", figures={"pulse": "motor"}),
        ],
        scenes=[Scene("quay", "", ("mara",), "calm"), Scene("sea", "", (), "storm")],
        cues={"thin": "density 0"},
        metre=metre,
        swing=swing,
    )


def strokes(heard: Heard) -> set[tuple[int, int]]:
    return {(each.tick, each.pitch) for each in heard.attacks("pulse")}


@pytest.mark.parametrize(
    ("density", "times"),
    [
        (1.0, [0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5]),
        (0.5, [0.0, 1.0, 2.0, 3.0]),
        (0.25, [0.0, 2.0]),
        (0.1, [0.0]),
        (0.0, []),
    ],
)
def test_s31_the_weakest_beats_go_first(density: float, times: list[float]) -> None:
    assert hear(motor(density=density), until=4.0).times("pulse") == times


def test_s31_only_figures_become_thinner() -> None:
    plain, thin = hear(motor(), until=12.0), hear(motor(density=0.0), until=12.0)
    assert thin.notes("lead") == plain.notes("lead")
    assert thin.notes("bed") == plain.notes("bed")


def test_s31_groups_weigh_in_an_asymmetric_metre() -> None:
    metre = Metre(7, 8, (2, 2, 3))
    score = motor("1e 1 1 1 1 1 1", density=3 / 7, metre=metre)
    assert hear(score, until=3.5).times("pulse") == [0.0, 1.0, 2.0]


def test_s4_every_place_weighs_by_its_division() -> None:
    four, six = Metre(4, 4), Metre(6, 8)
    eighth = QUARTER // 2
    assert [weakness(four, n * eighth) for n in range(8)] == [0, 3, 2, 3, 1, 3, 2, 3]
    assert [weakness(six, n * eighth) for n in range(6)] == [0, 3, 3, 1, 3, 3]
    assert weakness(four, QUARTER // 3) > weakness(four, QUARTER // 4)


@given(
    st.sampled_from(FIGURES),
    st.sampled_from(METRES),
    st.lists(st.floats(0, 1), min_size=2, max_size=2).map(sorted),
    st.sampled_from((0.5, 0.7)),
)
def test_s31_what_is_thin_is_part_of_what_is_dense(
    figure: str, metre: Metre, densities: list[float], swing: float
) -> None:
    score = motor(figure, metre=metre, swing=swing)
    thin, dense = (strokes(hear(with_density(score, density), until=9.0)) for density in densities)
    assert thin <= dense <= strokes(hear(score, until=9.0))


def with_density(score: CompiledScore, density: float) -> CompiledScore:
    calm = replace(score.states["calm"], density=density)
    return replace(score, states={**score.states, "calm": calm})


def test_s31_a_cue_sets_the_density_of_a_state_aside() -> None:
    heard = hear(motor(density=0.25), (4.0, "density 1"), (8.0, "density 0"), until=12.0)
    assert len(heard.times("pulse")) == 2 + 8
    assert heard.changes("density") == [(4.0, "1"), (8.0, "0")]


def test_s31_density_moves_over_a_length_and_each_stroke_asks_anew() -> None:
    heard = hear(motor(), (4.0, "density 0 over 2 bars, then log gone"), until=16.0)
    by_bar = [sum(4 * n <= t < 4 * n + 4 for t in heard.times("pulse")) for n in range(4)]
    assert by_bar[0] == 8
    assert 8 > by_bar[1] > by_bar[2] > 0
    assert by_bar[3] == 0
    (gone,) = (e for e in heard.events if type(e).__name__ == "Log")
    assert gone.seconds == 12.0


def test_s8_density_by_cue_ends_with_the_scene_unless_it_is_kept() -> None:
    script = ((0.0, "density 0"), (3.0, "go sea"))
    assert len(hear(motor(), *script, until=8.0).times("pulse")) == 8
    kept = ((0.0, "keep density 0"), (3.0, "go sea"))
    assert hear(motor(), *kept, until=8.0).times("pulse") == []


def test_s31_density_for_a_while_returns() -> None:
    heard = hear(motor(), (4.0, "density 0.5 for 1 bar"), until=12.0)
    assert len(heard.times("pulse")) == 8 + 4 + 8
    undone = hear(motor(), (4.0, Fire("thin")), (6.0, "undo thin"), until=12.0)
    assert len(undone.times("pulse")) == 8 + 8
