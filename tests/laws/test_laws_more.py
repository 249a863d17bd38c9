"""Laws 6 (locality) and 7 (promptness), and bounds that no performance may break."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitmotor.messages import Attack, BarLine, Cue, Do, Event, Outcome, Position, Reply
from leitmotor.music.dynamics import velocity
from leitmotor.music.notes import Degree
from leitmotor.music.time import QUARTER, Seconds, Ticks
from leitmotor.perform.performance import Performance
from leitmotor.score.compiled import Choice, CompiledScore
from leitmotor.testing import builders
from leitmotor.testing.strategies import cues, scores, scripts

END = 26.0
LONGEST_PICKUP: Ticks = 4 * QUARTER  # of what the strategies write: a beat, augmented twice

Script = list[tuple[Seconds | Position, Cue]]


def played(score: CompiledScore, script: Script) -> list[Event]:
    performance = Performance(score)
    for at, cue in script:
        performance.receive(cue, at)
    return performance.advance(END)


def attacks(events: list[Event]) -> list[Attack]:
    return [event for event in events if isinstance(event, Attack)]


def heard(attack: Attack) -> tuple[Ticks, Seconds, str, str, int, int]:
    """What a listener can tell: not the channel, not the number of the note (S32)."""
    return (
        attack.tick,
        attack.seconds,
        attack.voice.role,
        attack.voice.instrument,
        attack.pitch,
        attack.velocity,
    )


# -- law 6 -----------------------------------------------------------------------------------------

PART = "pulse 2"


def with_another_part(score: CompiledScore) -> CompiledScore:
    """The score with one line more, on an instrument that nobody else plays."""
    marimba = Choice((("marimba",),), "another part")
    motor = Choice(("motor",), "another figure")
    palettes = {
        name: replace(
            each,
            roles=dict(each.roles) | {PART: marimba},
            figures=dict(each.figures) | {PART: motor},
        )
        for name, each in score.palettes.items()
    }
    states = {
        name: replace(each, layers=None if each.layers is None else (*each.layers, PART))
        for name, each in score.states.items()
    }
    first = next(iter(score.voices.values()))
    voices = {
        (name, PART): first._replace(instrument=name, role=PART, channel=channel)
        for name, channel in (("marimba", 100), ("piano", 101))  # piano: where no palette is
    }
    return replace(
        score,
        palettes=palettes,
        states=states,
        figures=dict(score.figures) | {"motor": builders.figure("motor", "pulse", "k1s k5 k1 k3")},
        instruments=dict(score.instruments) | {"marimba": builders.instrument("marimba")},
        voices=voices | dict(score.voices),
    )


@given(scores(), scripts())
def test_law_6_locality(score: CompiledScore, script: Script) -> None:
    """S32: time, pitch and velocity of the other lines stay when a part is added."""
    alone = [heard(each) for each in attacks(played(score, script))]
    richer = attacks(played(with_another_part(score), script))
    others = [heard(each) for each in richer if each.voice.role != PART]
    assert others == alone


def test_law_6_is_tried_with_a_part_that_sounds() -> None:
    score = builders.score(
        palettes=[builders.palette("p", {"bed": "violin"})],
        states=[builders.state("calm", palette="p")],
        scenes=[builders.Scene("one", "", (), "calm")],
    )
    assert any(each.voice.role == PART for each in attacks(played(with_another_part(score), [])))


# -- law 7 -----------------------------------------------------------------------------------------


def boundary_of(events: list[Event], receipt: int) -> Ticks | None:
    """The first place at which a cue's decision may be heard, pickups included."""
    replies = [e for e in events if isinstance(e, Reply)]
    ticks = [
        effect.tick
        for reply in replies
        if reply.receipt == receipt
        for effect in reply.effects
        if effect.outcome in (Outcome.DONE, Outcome.PLANNED)
    ]
    return min(ticks) if ticks else None


@given(scores(), scripts(), st.floats(0.5, END - 2), cues())
def test_law_7_no_event_before_a_cue_reflects_it(
    score: CompiledScore, script: Script, at: float, cue: Cue
) -> None:
    """Whatever is asked at some instant, everything before that instant stays as it was."""
    before = [event for event in played(score, script) if event.seconds < at]
    assert played(score, [*script, (at, cue)])[: len(before)] == before


LATE_VERBS = (
    "go run",
    "go shore from the top",
    "state chase",
    "motif tune",
    "key F#",
    "mode dorian at next phrase",
    "metre 3/4",
    "chord IV",
    "harmony second at next 2 bars",
    "palette cold at next bar",
    "mute bed at next beat",
    "tempo 120 at end",
    "dynamic ff at next bar",
)


@given(scores(), st.floats(0.0, 16.0), st.sampled_from(LATE_VERBS))
def test_law_7_no_attack_before_the_boundary_reflects_the_decision(
    score: CompiledScore, at: float, verb: str
) -> None:
    """The one exception that can occur here is a pickup (S27)."""
    without = attacks(played(score, []))
    events = played(score, [(at, Do(verb))])
    boundary = boundary_of(events, 1)
    if boundary is None:
        assert [heard(each) for each in attacks(events)] == [heard(each) for each in without]
        return
    begins = boundary - LONGEST_PICKUP if verb.startswith(("go", "motif")) else boundary
    was = [heard(each) for each in without if each.tick < begins]
    assert [heard(each) for each in attacks(events) if each.tick < begins] == was


def led_by_cues_alone(score: CompiledScore) -> CompiledScore:
    """Nothing leads to another scene by itself, and nothing is played between two."""
    ways = {name: replace(way, bridge="") for name, way in score.transitions.items()}
    scenes = tuple(replace(each, length=None, passages=()) for each in score.scenes)
    cues = tuple(replace(each, when=()) for each in score.cues)
    return replace(score, scenes=scenes, transitions=ways, cues=cues)


REFLECTED: dict[str, Callable[[Attack, CompiledScore], bool]] = {
    "mute bed at now": lambda a, _: a.cause.rule != "bed" and a.voice.role != "bed",
    "mute piano at now": lambda a, _: a.voice.instrument != "piano",
    "layers bass at now": lambda a, _: a.voice.role in ("bass", "") or "statement" in a.cause.rule,
    "play bed on piano at now": lambda a, _: a.cause.rule != "bed" or a.voice.instrument == "piano",
    "dynamic ppp at now": lambda a, s: (
        s.instruments[a.voice.instrument].sustaining or a.velocity <= velocity(7)
    ),
    "stop": lambda *_: False,
}
"""What must be true of every attack from the boundary on."""


@given(scores(), st.integers(0, 12), st.sampled_from(sorted(REFLECTED)))
def test_law_7_no_attack_after_the_boundary_ignores_the_decision(
    score: CompiledScore, beat: int, verb: str
) -> None:
    """S8: such a change ends with the next entry, so none is in sight here."""
    score = led_by_cues_alone(score)
    events = played(score, [(0.0, Do("log begin")), (float(beat), Do(verb))])
    boundary = boundary_of(events, 2)
    assert boundary is not None
    for each in attacks(events):
        if each.tick >= boundary:
            assert REFLECTED[verb](each, score), each


@given(scores(), st.floats(0.1, 12.0), st.sampled_from(("go run", "go shore from the top")))
def test_law_7_from_an_entry_on_every_attack_belongs_to_it(
    score: CompiledScore, at: float, verb: str
) -> None:
    score = led_by_cues_alone(score)
    events = played(score, [(at, Do(verb))])
    boundary = boundary_of(events, 1)
    assert boundary is not None
    (scene,) = {"run", "shore"} & set(verb.split())
    late = [each for each in attacks(events) if each.tick >= boundary]
    assert {each.cause.scene for each in late} <= {scene}


@pytest.mark.parametrize("notes", ["1q 2 3 4", "1e 2 3 4 5 6 7 8", "t3(1q 2 3) 4h"])
@given(st.floats(0.0, 7.9))
def test_law_7_a_key_at_now_is_in_the_very_next_note(notes: str, at: float) -> None:
    tune = builders.motif("tune", notes, times=0)
    assert all(isinstance(tone, Degree) for note in tune.notes for tone in note.tones)
    score = builders.score(motifs=[tune])
    events = played(score, [(at, Do("key C minor at now"))])
    boundary = boundary_of(events, 1)
    assert boundary is not None
    naturals = {0, 2, 4, 5, 7, 9, 11}
    flats = {0, 2, 3, 5, 7, 8, 10}
    for each in attacks(events):
        assert each.pitch % 12 in (flats if each.tick >= boundary else naturals)


# -- bounds ----------------------------------------------------------------------------------------


@given(scores(), scripts())
def test_s2_s5_answers_and_bar_lines(score: CompiledScore, script: Script) -> None:
    """Every cue that acted was answered; bars are counted without gaps, entries begin them."""
    performance = Performance(score)
    receipts = [performance.receive(cue, at).receipt for at, cue in script]
    events = performance.advance(END)
    answered = {each.receipt for each in events if isinstance(each, Reply) and each.receipt}
    assert answered <= set(receipts)
    assert len(answered) >= len(receipts) - performance.waiting
    lines = [event.bar for event in events if isinstance(event, BarLine)]
    for one, other in pairwise(lines):
        passed = other.start - one.start
        assert (other.number - one.number, passed) == (0, 0) or (
            other.number - one.number == 1 and 0 < passed <= one.length
        )
