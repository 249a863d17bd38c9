"""The eight laws of the performer, each one property (architecture, "Laws")."""

from __future__ import annotations

import json
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from leitmotor.messages import Attack, Cue, Event, Position, Release
from leitmotor.music.time import Seconds
from leitmotor.perform.performance import Performance, Start
from leitmotor.score.compiled import CompiledScore
from leitmotor.testing.strategies import scores, scripts

END = 26.0

Script = list[tuple[Seconds | Position, Cue]]


def prepared(score: CompiledScore, script: Script, start: Start = Start.AT_ONCE) -> Performance:
    performance = Performance(score, start=start)
    for at, cue in script:
        performance.receive(cue, at)
    return performance


def played(score: CompiledScore, script: Script, start: Start = Start.AT_ONCE) -> list[Event]:
    performance = prepared(score, script, start)
    return performance.advance(END) + performance.finish()


starts = st.sampled_from(Start)
cuts = st.lists(st.floats(0.0, END), max_size=12).map(sorted)


@given(scores(), scripts(), starts, cuts)
def test_law_1_slicing(
    score: CompiledScore, script: Script, start: Start, places: list[float]
) -> None:
    performance = prepared(score, script, start)
    sliced: list[Event] = []
    for place in places:
        sliced += performance.advance(place)
    sliced += performance.advance(END) + performance.finish()
    assert sliced == played(score, script, start)


@given(scores(), scripts(), starts, cuts)
def test_law_2_replay(
    score: CompiledScore, script: Script, start: Start, arrivals: list[float]
) -> None:
    """Cues fired by hand while playing, then the same cues known beforehand."""
    live = Performance(score, start=start)
    sent: list[Event] = []
    journal: Script = []
    for arrival, (_, cue) in zip(arrivals, script, strict=False):
        sent += live.advance(arrival)
        at = max(arrival, live.emitted)
        live.receive(cue, at)
        journal.append((at, cue))
    sent += live.advance(END) + live.finish()
    assert played(score, journal, start) == sent


@given(scores(), scripts(), starts)
def test_law_3_pairing(score: CompiledScore, script: Script, start: Start) -> None:
    sounding: dict[tuple[str, int, int], int] = {}
    for event in played(score, script, start):
        if isinstance(event, Attack):
            place = (event.voice.out, event.voice.channel, event.pitch)
            assert place not in sounding, "a second note-on before the note-off (S28)"
            sounding[place] = event.note
        elif isinstance(event, Release):
            place = (event.voice.out, event.voice.channel, event.pitch)
            assert sounding.pop(place) == event.note
    assert not sounding


@given(scores(), scripts(), starts)
def test_law_4_order(score: CompiledScore, script: Script, start: Start) -> None:
    before = (0, 0.0, 0)
    for event in played(score, script, start):
        kind = 0 if isinstance(event, Release) else 2 if isinstance(event, Attack) else 1
        here = (event.tick, event.seconds, kind)
        assert here >= before
        assert event.seconds >= before[1]
        before = here


@given(scores(), scripts(), st.floats(0.0, END), st.floats(0.0, END))
def test_law_8_restore(score: CompiledScore, script: Script, one: float, two: float) -> None:
    first, second = sorted((one, two))
    performance = prepared(score, script)
    events = performance.advance(first)
    events += Performance.restore(score, json.loads(json.dumps(performance.snapshot()))).advance(
        second
    )
    performance.advance(second)
    performance = Performance.restore(score, json.loads(json.dumps(performance.snapshot())))
    events += performance.advance(END) + performance.finish()
    assert events == played(score, script)


@given(scores(), scripts())
def test_t16_every_number_is_one_midi_can_hold(score: CompiledScore, script: Script) -> None:
    counts: Counter[str] = Counter()
    for event in played(score, script):
        counts[type(event).__name__] += 1
        if isinstance(event, Attack):
            assert 0 <= event.pitch <= 127
            assert 1 <= event.velocity <= 127
            assert event.length >= 0
            instrument = score.instruments[event.voice.instrument]
            if not instrument.kit:
                assert instrument.low <= event.pitch <= instrument.high
    assert counts["BarLine"] > 0
