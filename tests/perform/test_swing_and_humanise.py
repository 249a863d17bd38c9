"""S27, T11: swing, and small irregularities. A quarter is a second, a bar four."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from statistics import mean, pstdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitmotor.messages import Attack, Release
from leitmotor.music.metre import COMMON_TIME, Metre
from leitmotor.music.swing import swung
from leitmotor.music.time import QUARTER
from leitmotor.perform.performance import Performance
from leitmotor.score.compiled import Character, CompiledScore, Scene
from leitmotor.testing import builders
from leitmotor.testing.listening import Heard, hear, prepared

TWO_THIRDS = 2 / 3


def piece(
    notes: str = "1e 2 3 4 5 6 7 8",
    *,
    figure: str = "k1e k3 k5 k3 k1 k3 k5 k3",
    swing: float = 0.5,
    humanise: str = "off",
    metre: Metre = COMMON_TIME,
    tempo: float = 60.0,
    pulse: str = "harp",
    touch: str = "",
    seed: int = 0,
) -> CompiledScore:
    """A tune over and over, a figure, a held bed."""
    return builders.score(
        motifs=[builders.motif("tune", notes, metre=metre, times=0)],
        figures=[builders.figure("motor", "pulse", figure, metre=metre)],
        palettes=[
            builders.palette("p", {"lead": "piano", "pulse": pulse, "bed": "organ"}, touch=touch)
        ],
        characters=[Character("mara", "tune", "", ())],
        states=[builders.state("calm", palette="p", figures={"pulse": "motor"})],
        scenes=[Scene("quay", "", ("mara",), "calm")],
        instruments=[builders.kit("drums", lo=36, hi=50)],
        metre=metre,
        tempo=tempo,
        swing=swing,
        humanise=humanise,
        seed=seed,
    )


# -- swing -----------------------------------------------------------------------------------------


def test_t11_quarters_of_a_beat_at_two_thirds() -> None:
    """T11: 0, .333, .667, .833."""
    places = [swung(QUARTER * n // 4, TWO_THIRDS) / QUARTER for n in range(4)]
    assert places == pytest.approx([0.0, 1 / 3, 2 / 3, 5 / 6], abs=1e-5)


@given(st.integers(-3 * QUARTER, 3 * QUARTER), st.integers(0, QUARTER), st.floats(0.5, 0.75))
def test_t11_swing_keeps_beats_and_order(place: int, more: int, share: float) -> None:
    beat = place // QUARTER * QUARTER
    assert swung(beat, share) == beat
    assert beat <= swung(place, share) <= beat + QUARTER
    assert swung(place, share) <= swung(place + more, share)
    assert swung(place, 0.5) == place


@pytest.mark.parametrize("role", ["lead", "pulse"])
def test_s27_attacks_and_ends_are_swung_alike(role: str) -> None:
    heard = hear(piece(swing=TWO_THIRDS, touch="tenuto"), until=4.0)
    assert heard.times(role) == pytest.approx([0, 2 / 3, 1, 5 / 3, 2, 8 / 3, 3, 11 / 3], abs=1e-5)
    ends = [end for _, end, _ in heard.spans(role)]
    assert ends[:4] == pytest.approx([2 / 3, 1, 5 / 3, 2], abs=1e-5)


def test_s27_graces_go_with_their_swung_note() -> None:
    heard = hear(piece("1e grace(5s) 2 3h 4q", swing=0.75), until=2.0)
    assert heard.times("lead")[:3] == pytest.approx([0.0, 0.69, 0.75], abs=1e-4)


def test_s27_pulse_without_a_figure_swings() -> None:
    score = replace(piece(swing=0.6), figures={})
    calm = replace(score.states["calm"], figures={})
    heard = hear(replace(score, states={"calm": calm}), until=2.0)
    assert heard.times("pulse") == pytest.approx([0.0, 0.6, 1.0, 1.6], abs=1e-5)


@pytest.mark.parametrize("metre", [Metre(6, 8), Metre(7, 8, (2, 2, 3)), Metre(3, 8)])
def test_s27_compound_and_asymmetric_metres_are_not_swung(metre: Metre) -> None:
    notes = " ".join(["1e", *["3"] * (metre.numerator - 1)])
    straight = piece(notes, figure=notes, metre=metre)
    swinging = piece(notes, figure=notes, metre=metre, swing=TWO_THIRDS)
    assert hear(swinging).events == hear(straight).events


def test_s27_boundaries_and_answers_stay_on_the_written_beats() -> None:
    heard = hear(piece(swing=TWO_THIRDS), (0.6, "key D at next beat"), (1.6, "tempo 90"), until=8.0)
    (effect,) = heard.effects("key D at next beat")[-1:]
    assert (effect.seconds, effect.beat) == (1.0, 2)
    assert heard.bars()[0] == (1, 0.0)
    straight = hear(piece(), (0.6, "key D at next beat"), (1.6, "tempo 90"), until=8.0)
    assert heard.bars() == straight.bars()


def test_s27_no_note_is_lost_where_a_motif_ends_between_beats() -> None:
    heard = hear(piece("1q 2e 3t 4", swing=0.75), until=4.0)
    straight = hear(piece("1q 2e 3t 4"), until=4.0)
    assert len(heard.attacks("lead")) == len(straight.attacks("lead")) == 4


# -- humanise --------------------------------------------------------------------------------------


def moved(humanise: str, role: str, until: float = 400.0) -> tuple[list[Attack], list[Attack]]:
    """The attacks of a role with and without, in order."""
    plain = hear(piece(), until=until).attacks(role)
    loose = hear(piece(humanise=humanise), until=until).attacks(role)
    assert [(e.pitch, e.written) for e in loose] == [(e.pitch, e.written) for e in plain]
    return plain, loose


@pytest.mark.parametrize("role", ["lead", "pulse"])
@pytest.mark.parametrize(("humanise", "amount"), [("light", 0.5), ("full", 1.0)])
def test_t11_onsets_velocities_and_lengths_move_within_their_bounds(
    humanise: str, amount: float, role: str
) -> None:
    plain, loose = moved(humanise, role)
    late = [(b.seconds - a.seconds) * 1000 for a, b in zip(plain, loose, strict=True)]
    assert max(map(abs, late)) <= 15.0 * amount + 0.01
    between = [ms for ms, each in zip(late, plain, strict=True) if each.seconds % 1.0 == 0.5]
    assert pstdev(between) == pytest.approx(6.0 * amount, rel=0.2)
    assert abs(mean(between)) < amount
    louder = [b.velocity - a.velocity for a, b in zip(plain, loose, strict=True)]
    assert max(map(abs, louder)) <= round(10 * amount)
    assert pstdev(louder) == pytest.approx(4.0 * amount, rel=0.2)
    longer = [b.length / a.length - 1 for a, b in zip(plain, loose, strict=True)]
    assert 0.02 * amount < max(map(abs, longer)) <= 0.03 * amount + 1e-5


@pytest.mark.parametrize("role", ["lead", "pulse"])
def test_s27_nothing_is_before_the_boundary_that_made_it(role: str) -> None:
    """What is written on a beat, where decisions fall, is never early."""
    plain, loose = moved("full", role)
    on_beats = [(a, b) for a, b in zip(plain, loose, strict=True) if a.seconds % 1.0 == 0.0]
    assert on_beats
    assert all(b.tick >= a.tick for a, b in on_beats)


def test_t11_chords_are_spread_from_the_first_note_on() -> None:
    plain = hear(piece("<1 3 5>q 1 1 1"), until=200.0).attacks("lead")
    loose = hear(piece("<1 3 5>q 1 1 1", humanise="full"), until=200.0).attacks("lead")
    chords = [[e.seconds for e in loose if 0 <= e.seconds - n * 4 < 0.5] for n in range(50)]
    assert len(plain) == len(loose)
    widths = [(max(chord) - min(chord)) * 1000 for chord in chords if chord]
    assert 8.0 < max(widths) <= 12.01
    held = [e.seconds for e in hear(piece(humanise="full"), until=3.0).attacks("bed")]
    assert held[0] == 0.0 < max(held) <= 0.01201


def test_t11_kits_keep_time_and_only_their_strokes_differ() -> None:
    plain = hear(piece(pulse="drums"), until=40.0).attacks("pulse")
    loose = hear(piece(pulse="drums", humanise="full"), until=40.0).attacks("pulse")
    assert [(e.tick, e.length) for e in loose] == [(e.tick, e.length) for e in plain]
    assert len({e.velocity for e in loose}) > 4


def test_s32_the_dice_are_those_of_the_place() -> None:
    """The same seed gives the same, another one something else."""
    one, again, other = (
        hear(piece(humanise="full", seed=seed)).attacks("lead") for seed in (1, 1, 2)
    )
    assert one == again
    assert [e.velocity for e in one] != [e.velocity for e in other]


def test_law_6_another_line_does_not_move_this_one() -> None:
    score = piece(humanise="full")
    alone = replace(score.states["calm"], layers=("lead",))
    everybody = hear(score).attacks("lead")
    by_itself = hear(replace(score, states={"calm": alone})).attacks("lead")
    assert [(e.tick, e.velocity, e.length) for e in everybody] == [
        (e.tick, e.velocity, e.length) for e in by_itself
    ]


def paired(heard: Heard) -> bool:
    """Whether no pitch of a channel is begun while it sounds."""
    sounding: set[tuple[int, int]] = set()
    for event in heard.events:
        if isinstance(event, Attack):
            if (event.voice.channel, event.pitch) in sounding:
                return False
            sounding.add((event.voice.channel, event.pitch))
        elif isinstance(event, Release):
            sounding.remove((event.voice.channel, event.pitch))
    return True


def test_s27_legato_never_overlaps_an_equal_pitch() -> None:
    heard = hear(piece("<1 5>s 1 <1 5> 1 1 <1 5> 1 1", humanise="full", touch="legato"), until=60.0)
    assert paired(heard)


def test_law_8_spread_chords_are_restored_in_the_middle() -> None:
    score = piece("<1 3 5>q <1 3 5> <1 3 5> <1 3 5>", humanise="full")
    begins = [e.seconds for e in hear(score, until=3.0).attacks()]
    for place in [(one + other) / 2 for one, other in pairwise(begins)]:
        performance = prepared(score)
        performance.advance(place)
        again = Performance.restore(score, json.loads(json.dumps(performance.snapshot())))
        assert again.advance(6.0) == performance.advance(6.0)


CUTS: dict[str, Callable[[Attack], bool]] = {
    "stop": lambda _: True,
    "mute lead": lambda each: each.voice.role == "lead",
    "go quay from the top at now": lambda each: each.cause.scene != "quay",
}


@pytest.mark.parametrize("verb", sorted(CUTS))
def test_law_7_what_is_still_to_come_of_a_chord_hears_of_a_decision(verb: str) -> None:
    score = piece("<1 3 5>q <1 3 5> <1 3 5> <1 3 5>", humanise="full")
    chord = [e.seconds for e in hear(score, until=1.5).attacks("lead") if e.seconds > 0.9]
    at = (chord[0] + chord[1]) / 2
    heard = hear(score, (at, verb), until=3.0)
    assert not [e for e in heard.attacks() if e.seconds >= at and CUTS[verb](e)]
    assert paired(heard)


def test_s26_a_vamp_plays_the_same_again_to_the_tick_whatever_the_dice() -> None:
    """Also what `each time` gives to the statements inside it."""
    score = piece("<1 3>e 2 3 4 <5 1> 6 7 8", humanise="full", swing=0.6)
    tune = builders.motif(
        "tune", "<1 3>e 2 3 4 <5 1> 6 7 8", times=0, each_time=("as written", "retrograde")
    )
    score = replace(score, motifs={"tune": tune})
    heard = hear(score, (3.0, "vamp 2 bars"), until=29.0)
    rounds = [
        [
            (e.tick - start * QUARTER, e.voice.role, e.pitch, e.velocity)
            for e in heard.attacks()
            if start <= e.seconds < start + 8
        ]
        for start in (4, 12, 20)
    ]
    assert rounds[0] == rounds[1] == rounds[2]
    assert len({e.cause.operations for e in heard.attacks("lead") if e.seconds > 4}) == 2
