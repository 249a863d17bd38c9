"""The live loop on a virtual clock: nothing here takes real time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitmotor.errors import DeviceError
from leitmotor.messages import GO, Attack, Cue, Do, Event, Fire, Release, Reply, Set
from leitmotor.music.time import Seconds
from leitmotor.outputs.memory import MemoryOutput
from leitmotor.outputs.midi_port import MidiPortOutput
from leitmotor.perform.performance import Start
from leitmotor.run.clock import VirtualClock
from leitmotor.run.plan import AtRest, PlayPlan, Waits, standing
from leitmotor.run.protocol import CueIn, Dropped, Sent, Viewed, Warned
from leitmotor.run.sieve import checked_parts
from leitmotor.score.compiled import CompiledScore
from leitmotor.score.matchers import Clock
from leitmotor.testing import builders
from leitmotor.testing.fake_midi import FakeMidi
from leitmotor.testing.live import Live, two_scenes
from leitmotor.testing.oracle import LedgerOracle
from leitmotor.testing.strategies import cues, scores, scripts

Check = Callable[[list[Event]], None]
speeds = st.sampled_from((0.8, 1.0, 4.0))
by_hand = st.lists(st.tuples(st.floats(0.0, 9.0), cues()), max_size=6)


def offline(live: Live, plan: PlayPlan) -> list[Event]:
    """The same cues known beforehand, to the same end (S1, S2)."""
    performance = plan.performance()
    for answered in live.answers:
        if answered.answer.receipt:
            performance.receive(answered.answer.cue, answered.at)
    return performance.advance(live.ended.seconds) + performance.finish()


@given(scores(), scripts(), st.sampled_from(Start), by_hand, speeds, st.floats(0.0, 10.0))
def test_what_is_sent_is_what_the_offline_performance_gives(
    score: CompiledScore,
    script: list[Any],
    start: Start,
    fired: list[tuple[Seconds, Cue]],
    speed: float,
    stop: Seconds,
) -> None:
    """Laws 1 and 2 for the shell, at any speed (S22)."""
    plan = PlayPlan(score, start=start, script=tuple(script), speed=speed)
    live = Live(plan, fired, stop)
    assert live.sent == offline(live, plan)
    assert live.output.events == live.sent


@given(scores(), by_hand)
def test_the_first_cue_starts_a_waiting_clock(
    score: CompiledScore, fired: list[tuple[Seconds, Cue]]
) -> None:
    """S33: the clock stands at 0 until the first cue that does something; it acts at 0."""
    plan = PlayPlan(score, start=Start.ON_CUE, waits=Waits.FOR_THE_FIRST_CUE)
    live = Live(plan, fired, 12.0)
    assert live.sent == offline(live, plan)
    taken = [answered for answered in live.answers if answered.answer.receipt]
    if taken:
        assert taken[0].at == 0.0
    assert all(answered.answer.reason for answered in live.answers if not answered.answer.receipt)


def test_a_parameter_does_not_start_the_clock(score: CompiledScore) -> None:
    """S33: the first cue that is not a parameter's does."""
    plan = PlayPlan(score, start=Start.ON_CUE, waits=Waits.FOR_THE_FIRST_CUE)
    live = Live(plan, [(1.0, Set("tension", 0.5)), (3.0, GO)], stop=6.0)
    assert [answered.at for answered in live.answers] == [0.0, 0.0]
    assert live.ended.seconds == pytest.approx(3.0)
    assert [m.waiting for m in live.messages if isinstance(m, Viewed)][:1] == [True]


class Stamped(MemoryOutput):
    """Notes the instant of each call."""

    def __init__(self, clock: VirtualClock) -> None:
        super().__init__()
        self.clock = clock
        self.stamps: list[tuple[Seconds, Event]] = []

    def send(self, event: Event) -> None:
        self.stamps.append((self.clock.now(), event))


@pytest.mark.parametrize("speed", [0.5, 1.0, 4.0])
def test_each_event_is_sent_at_its_instant(score: CompiledScore, speed: float) -> None:
    clock = VirtualClock(100.0)
    output = Stamped(clock)
    plan = PlayPlan(score, speed=speed)
    live = Live(plan, [(103.3, Do("tempo 90 over 2 s"))], 110.0, [output], clock)
    origin = 100.0 + plan.horizon_seconds
    assert len(output.stamps) > 20
    for now, event in output.stamps:
        assert now == pytest.approx(origin + event.seconds / speed, abs=1e-6)
    lateness = live.ended.lateness
    assert lateness.notes > 10
    assert lateness.worst < 1e-6


@settings(max_examples=100)
@given(st.floats(0.5, 9.0))
def test_law_7_a_now_cue_is_reflected_after_receipt_and_horizon(arrival: Seconds) -> None:
    """Every attack due later than receipt + horizon is muted, none before it is."""
    score = _score_of_sixteenths()
    plan = PlayPlan(score)
    live = Live(plan, [(arrival, Do("dynamic ppp at now"))], 12.0)
    plain = {e.note: e.velocity for e in Live(plan, (), 12.0).sent if isinstance(e, Attack)}
    acts = arrival + plan.horizon_seconds - plan.horizon_seconds  # the clock began a horizon late
    attacks = [event for event in live.sent if isinstance(event, Attack)]
    assert len(attacks) > 40
    for attack in attacks:
        changed = attack.velocity != plain[attack.note]
        if attack.seconds < acts - 1e-9:
            assert not changed
        elif attack.seconds > acts + 0.001:
            assert changed


def _score_of_sixteenths() -> CompiledScore:
    return builders.score(
        motifs=[builders.motif("run", "1s 2 3 4 5 6 7 8 7 6 5 4 3 2 1 2", times=0)],
        palettes=[builders.palette("p", {"lead": "piano"})],
    )


@settings(max_examples=100)
@given(st.floats(0.0, 12.0))
def test_a_stop_at_any_moment_leaves_nothing_sounding(stop: Seconds) -> None:
    library = FakeMidi()
    port = MidiPortOutput("midi:Synth", backend=library)
    live = Live(PlayPlan(two_scenes()), (), stop, [port])
    oracle = LedgerOracle()
    oracle.feed(library.wires[0].data)
    assert oracle.silent
    assert not oracle.unmatched
    assert live.ended.reason == "stopped"


@pytest.mark.parametrize(
    ("mute", "solo", "heard"),
    [
        ({"bed"}, set(), {"lead", "bass"}),
        (set(), {"lead"}, {"lead"}),
        ({"cello"}, set(), {"lead", "bed"}),
        ({"mara", "ilan"}, set(), {"bed", "bass"}),
        ({"bass"}, {"bass", "bed"}, {"bed"}),
    ],
)
def test_s34_mute_and_solo_keep_pairs_and_change_nothing_else(
    score: CompiledScore,
    pairs_are_whole: Check,
    mute: set[str],
    solo: set[str],
    heard: set[str],
) -> None:
    plan = PlayPlan(score, mute=frozenset(mute), solo=frozenset(solo))
    sent = Live(plan, (), 9.5).sent
    pairs_are_whole(sent)
    assert {event.voice.role for event in sent if isinstance(event, Attack)} == heard
    whole = Live(PlayPlan(score), (), 9.5).sent
    assert [e for e in whole if e in sent] == sent


def test_who_is_muted_must_exist(score: CompiledScore) -> None:
    assert checked_parts(["mara", "bed"], score) == {"mara", "bed"}
    with pytest.raises(Exception, match='`maro`; did you mean "mara"'):
        checked_parts(["maro"], score)


class Stalling(MemoryOutput):
    """Stands still for some seconds at its n-th event."""

    def __init__(self, clock: VirtualClock, at: int, seconds: Seconds) -> None:
        super().__init__()
        self.clock, self.at, self.seconds = clock, at, seconds

    def send(self, event: Event) -> None:
        super().send(event)
        if len(self.events) == self.at:
            self.clock.jump(self.seconds)


@settings(max_examples=100)
@given(st.integers(1, 60), st.floats(1.5, 8.0))
def test_after_a_long_stall_the_music_goes_on_from_where_it_was(at: int, stall: Seconds) -> None:
    """No burst: beside what was committed, everything is sent, in time, a stall later."""
    clock = VirtualClock()
    score = _score_of_sixteenths()
    stalling, stamped = Stalling(clock, at, stall), Stamped(clock)
    live = Live(PlayPlan(score), (), 16.0, [stalling, stamped], clock)
    late = [
        (now, event)
        for now, event in stamped.stamps[at:]
        if isinstance(event, Attack) and now - event.seconds > stall + 0.1
    ]
    assert not late
    _check_drops(live)
    assert any(isinstance(message, Warned) for message in live.messages)


@settings(max_examples=100)
@given(st.integers(1, 60), st.floats(0.15, 0.9))
def test_notes_that_come_too_late_are_dropped_with_their_release(at: int, stall: Seconds) -> None:
    clock = VirtualClock()
    live = Live(PlayPlan(_score_of_sixteenths()), (), 12.0, [Stalling(clock, at, stall)], clock)
    _check_drops(live)


def _check_drops(live: Live) -> None:
    dropped = {note for m in live.messages if isinstance(m, Dropped) for note in m.notes}
    attacks = {event.note for event in live.sent if isinstance(event, Attack)}
    releases = {event.note for event in live.sent if isinstance(event, Release)}
    assert attacks == releases
    assert not attacks & dropped
    assert attacks | dropped == set(range(1, max(attacks | dropped) + 1))
    assert live.ended.lateness.dropped == len(dropped)


def test_a_failing_output_is_told_once_and_the_music_goes_on(score: CompiledScore) -> None:
    class Failing(MemoryOutput):
        def send(self, event: Event) -> None:
            raise DeviceError(f"no more {type(event).__name__}")

    live = Live(PlayPlan(score), (), 5.0, [Failing()])
    assert len([m for m in live.messages if isinstance(m, Warned)]) == 1
    assert live.output.events == live.sent != []


def test_reports_come_in_batches_and_views_when_something_changed(score: CompiledScore) -> None:
    live = Live(PlayPlan(score), (), 10.0)
    batches = [message for message in live.messages if isinstance(message, Sent)]
    views = [message.view for message in live.messages if isinstance(message, Viewed)]
    assert len(batches) <= 10 * 20
    assert all(len(batch.events) <= 200 for batch in batches)
    assert len(views) <= 10 * 10
    assert len({(view.bar, int(view.beat)) for view in views}) >= 10  # every beat of 10 s at 60


def test_it_ends_where_the_plan_says(score: CompiledScore, pairs_are_whole: Check) -> None:
    live = Live(PlayPlan(score, until=5.25), (), 60.0)
    assert live.ended[:2] == (5.25, "the time to end was reached")
    assert max(event.seconds for event in live.sent) == pytest.approx(5.25)
    pairs_are_whole(live.sent)


def test_it_ends_with_the_music_where_that_is_wanted(score: CompiledScore) -> None:
    script = ((6.5, Fire("hush")),)
    stays = Live(PlayPlan(score, script=script), (), 30.0)
    leaves = Live(PlayPlan(score, script=script, at_rest=AtRest.END), (), 30.0)
    assert stays.ended.reason == "stopped"
    assert leaves.ended.reason == "the music has ended"
    assert leaves.ended.seconds == pytest.approx(6.5, abs=0.02)


def test_once_the_input_has_ended_silence_is_the_end(score: CompiledScore) -> None:
    """At the desk `stop` is no end, as long as somebody may fire another cue."""
    cues = ((6.5, Fire("hush")),)
    ends = Live(PlayPlan(score), cues, 30.0, input_ends=9.0)
    assert ends.ended.reason == "the music has ended"
    assert ends.ended.seconds == pytest.approx(9.0, abs=0.02)
    assert Live(PlayPlan(score), (), 20.0, input_ends=9.0).ended.reason == "stopped"
    waits = Live(PlayPlan(score, waits=Waits.FOR_THE_FIRST_CUE), (), 20.0, input_ends=9.0)
    assert waits.ended.reason.startswith("nothing began")


def test_s33_how_a_performance_begins(score: CompiledScore) -> None:
    def begins(
        on_cue: bool | None, *scripts: object, inputs: tuple[object, ...] = ()
    ) -> tuple[Start, Waits]:
        waits = replace(score, defaults=replace(score.defaults, start_on_cue=on_cue))
        return standing(waits, scripts, inputs=inputs)

    assert begins(None) == (Start.AT_ONCE, Waits.NO)
    assert begins(None, "film.cues") == (Start.ON_CUE, Waits.NO)
    assert begins(True) == (Start.ON_CUE, Waits.FOR_THE_FIRST_CUE)
    assert begins(True, "film.cues") == (Start.ON_CUE, Waits.NO)
    assert begins(False, "film.cues") == (Start.AT_ONCE, Waits.NO)
    assert begins(None, inputs=("osc",)) == (Start.ON_CUE, Waits.FOR_THE_FIRST_CUE)
    assert begins(None, "film.cues", inputs=("osc",)) == (Start.ON_CUE, Waits.NO)
    assert begins(False, inputs=("osc",)) == (Start.AT_ONCE, Waits.NO)


def test_s1_a_cue_that_is_sent_ahead_acts_at_its_time_and_its_answer_bears_its_ticket(
    score: CompiledScore,
) -> None:
    plan = PlayPlan(score)
    ahead = CueIn(Do("tempo 90"), 4.0 - plan.horizon_seconds, ticket=7)
    live = Live(plan, stop=6.0, messages=((1.0, ahead),))
    (answered,) = live.answers
    assert answered.ticket == 7
    assert answered.at == pytest.approx(4.0 - plan.horizon_seconds)  # the clock began so late
    (reply,) = [event for event in live.sent if isinstance(event, Reply)]
    assert reply.seconds == pytest.approx(answered.at, abs=1e-5)  # on the next tick


def test_s33_a_first_cue_that_is_sent_ahead_starts_the_clock_at_its_time(
    score: CompiledScore,
) -> None:
    plan = PlayPlan(score, start=Start.ON_CUE, waits=Waits.FOR_THE_FIRST_CUE)
    ahead = CueIn(Do("go files"), 5.0 - plan.horizon_seconds)
    live = Live(plan, stop=8.0, messages=((2.0, ahead),))
    assert live.answers[0].at == 0.0
    assert live.ended.seconds == pytest.approx(3.0, abs=0.02)


def by_the_clock(score: CompiledScore) -> CompiledScore:
    """It waits for a cue; ten o'clock is one, and `hush` ends it."""
    opens = replace(score.cues[1], when=(Clock(36_000),))
    defaults = replace(score.defaults, start_on_cue=True)
    return replace(score, cues=(opens, score.cues[0]), defaults=defaults)


def test_s33_the_clock_counts_as_the_first_cue(score: CompiledScore) -> None:
    """Where the time of day is known nothing stands still; where it is not, somebody must begin."""
    room = by_the_clock(score)
    assert standing(room, ()) == (Start.ON_CUE, Waits.FOR_THE_FIRST_CUE)
    start, waits = standing(room, (), 40_000.0)
    assert (start, waits) == (Start.ON_CUE, Waits.NO)
    live = Live(PlayPlan(room, start=start, waits=waits, clock=40_000.0), (), 5.0)
    assert any(isinstance(event, Attack) for event in live.sent)


def test_an_unattended_performance_waits_for_tomorrow(score: CompiledScore) -> None:
    """Nobody is there, nothing plays: the next hour comes all the same."""
    room = by_the_clock(score)
    plan = PlayPlan(room, start=Start.ON_CUE, clock=35_990.0, at_rest=AtRest.END)
    live = Live(plan, [(4.0, Fire("hush"))], 20.0, input_ends=1.0)
    assert live.ended.reason == "stopped"
    begun = [event.seconds for event in live.sent if isinstance(event, Attack)]
    assert min(begun) < 4.0
    assert any(seconds >= 10.0 for seconds in begun)


@pytest.mark.parametrize(
    "wrong", [{"horizon_seconds": 0.5}, {"speed": 0.0}, {"begin": -1.0}, {"clock": 90_000.0}]
)
def test_a_plan_out_of_range_is_refused(score: CompiledScore, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"needed|begin at 0"):
        PlayPlan(score, **wrong)
