"""Loop, count-in and click on a virtual clock, and again from their journals (S33, S34)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mido import MidiFile

from leitmotor.errors import CueError
from leitmotor.messages import (
    Attack,
    BarLine,
    Change,
    Control,
    Cue,
    Distance,
    Do,
    Event,
    Fire,
    Log,
    Release,
    Reply,
    Room,
    Tempo,
)
from leitmotor.music.length import Length, Unit, bars
from leitmotor.music.metre import Metre
from leitmotor.music.time import QUARTER, Seconds
from leitmotor.outputs.choose import chosen
from leitmotor.outputs.memory import MemoryOutput
from leitmotor.outputs.midi_file import MidiFileOutput
from leitmotor.outputs.trace import TraceOutput
from leitmotor.perform.performance import Start
from leitmotor.run.click import CLICK, HI_WOOD_BLOCK, PLAIN_CLICK, SIDE_STICK
from leitmotor.run.click_choice import click_of
from leitmotor.run.files import Recording
from leitmotor.run.journal import JournalWriter, read_journal
from leitmotor.run.loop import Loop
from leitmotor.run.loop_place import looped
from leitmotor.run.plan import AtRest, PlayPlan, Waits
from leitmotor.run.render import render, render_plan
from leitmotor.score.compiled import Character, CompiledScore, Scene
from leitmotor.testing import builders
from leitmotor.testing.live import Live, two_scenes
from leitmotor.testing.strategies import cues, scores, scripts

Check = Callable[[list[Event]], None]
SECOND_AND_THIRD = Loop(2, 3, 4.0)  # at 60 bpm in 4/4: 4 s to 12 s


def notes(events: list[Event], begin: Seconds, end: Seconds) -> list[tuple[object, ...]]:
    """What is played from `begin` to before `end`, in ticks from there."""
    found: list[tuple[object, ...]] = []
    for e in events:
        if not begin <= e.seconds < end:
            continue
        tick = e.tick - round(begin * QUARTER)
        if isinstance(e, Attack):
            found.append(("on", tick, e.bar.number, e.voice, e.pitch, e.velocity, e.length))
        elif isinstance(e, Release):
            found.append(("off", tick, e.voice, e.pitch))
        elif isinstance(e, Control):
            found.append(("control", tick, e.voice, e.controller, e.value))
    return found


def clicks(events: list[Event]) -> list[Attack]:
    return [e for e in events if isinstance(e, Attack) and e.voice.role == CLICK]


# --------------------------------------------------------------------------------------------------
# --loop


def test_s34_a_loop_is_the_same_each_time(score: CompiledScore, pairs_are_whole: Check) -> None:
    plan = PlayPlan(score, begin=4.0, loop=SECOND_AND_THIRD)
    sent = Live(plan, (), 33.0).sent
    whole = Live(PlayPlan(score), (), 13.0).sent
    pairs_are_whole(sent)
    first = [n for n in notes(whole, 4.0, 12.0) if n[0] == "on"]
    for begin in (4.0, 12.0, 20.0):
        assert [n for n in notes(sent, begin, begin + 8.0) if n[0] == "on"] == first
    assert notes(sent, 12.0, 20.0) == notes(sent, 20.0, 28.0)
    lines = [e.bar.number for e in sent if isinstance(e, BarLine) and 4 <= e.seconds < 28]
    assert lines == [2, 3, 2, 3, 2, 3]
    ticks = [event.tick for event in sent]
    assert ticks == sorted(ticks)
    numbers = [event.note for event in sent if isinstance(event, Attack)]
    assert len(numbers) == len(set(numbers))


def test_s34_what_sounds_at_b_ends_and_what_is_held_at_a_is_struck(pairs_are_whole: Check) -> None:
    """A note over four bars, in a loop of the two in its middle."""
    motif = builders.motif("long", "1w~ | 1w~ | 1w~ | 1w", times=0)
    score = builders.score(
        motifs=[motif], palettes=[builders.palette("p", {"lead": "organ"})], tempo=60.0
    )
    sent = Live(PlayPlan(score, begin=4.0, loop=SECOND_AND_THIRD), (), 25.0).sent
    pairs_are_whole(sent)
    struck = [(e.seconds, e.length) for e in sent if isinstance(e, Attack)]
    assert [seconds for seconds, _ in struck] == [4.0, 12.0, 20.0, 28.0]
    assert {11 * QUARTER < length < 12 * QUARTER for _, length in struck} == {True}
    ends = [e.seconds for e in sent if isinstance(e, Release)]
    assert ends[:2] == [12.0, 20.0]


def test_s34_a_cue_in_a_loop_acts_and_vanishes_and_that_is_told(score: CompiledScore) -> None:
    plan = PlayPlan(score, begin=4.0, loop=SECOND_AND_THIRD)
    cues_fired = [(1.0, Do("tempo 120 at now")), (2.0, Fire("hush")), (20.0, Do("dynamic ppp"))]
    live = Live(plan, cues_fired, 30.0)
    plain = Live(plan, (), 30.0).sent
    # One second at 60, seven quarters at 120: the round ends 3.5 s earlier.
    logs = [e for e in live.sent if isinstance(e, Log)]
    assert logs[0].seconds == pytest.approx(4.0 + 1.0 + 3.5, abs=0.03)
    assert logs[0].text == "from bar 2 again (2nd time); taken back: tempo 120 at now, hush"
    assert logs[1].text == "from bar 2 again (3rd time)"
    tempi = [e.bpm for e in live.sent if isinstance(e, Tempo) and e.seconds >= 4.0]
    assert tempi[:2] == [120.0, 60.0]
    begin = logs[0].tick
    second = [
        e.pitch for e in live.sent if isinstance(e, Attack) and begin <= e.tick < logs[1].tick
    ]
    assert second == [e.pitch for e in plain if isinstance(e, Attack) and 12 <= e.seconds < 20]
    receipts = [answered.answer.receipt for answered in live.answers]
    assert receipts == [1, 2, 3]
    assert {e.receipt for e in live.sent if isinstance(e, Reply)} == {1, 2, 3}


def test_s34_controllers_are_put_back_for_the_next_round(score: CompiledScore) -> None:
    plan = PlayPlan(score, begin=4.0, loop=SECOND_AND_THIRD)
    live = Live(plan, [(1.0, Do("level bed -20 dB"))], 12.0)
    levels = [
        (e.value, e.seconds >= 12.0)
        for e in live.sent
        if isinstance(e, Control) and e.voice.role == "bed" and e.controller == 7
    ]
    plain = next(
        value
        for setup in live.output.setups
        if setup.voice.role == "bed"
        for controller, value in setup.controls
        if controller == 7
    )
    assert levels[0][0] < plain
    assert levels[-1] == (plain, True)


def test_s34_room_distance_and_tone_are_put_back_for_the_next_round() -> None:
    colours = {"tone": -0.8, "reverb": ("hall", 2.8), "distance": 4.0}
    score = builders.score(
        motifs=[builders.motif("tune", "1q 2 3 4")],
        palettes=[
            builders.palette("near", {"lead": "violin"}),
            builders.palette("far", {"lead": "violin"}, **colours),  # type: ignore[arg-type]
        ],
        states=[builders.state("calm", palette="near")],
        characters=[Character("mara", "tune", "", ())],
        scenes=[Scene("one", "", ("mara",), "calm")],
        breathe=bars(0),
        rest=bars(0),
    )
    plan = PlayPlan(score, begin=4.0, loop=SECOND_AND_THIRD)
    sent = Live(plan, [(1.0, Do("palette far"))], 12.0).sent
    assert [(e.name, e.seconds >= 12.0) for e in sent if isinstance(e, Room)] == [
        ("hall", False),
        ("", True),
    ]
    moved = [e for e in sent if isinstance(e, Distance) and e.voice.instrument == "violin"]
    assert (moved[0].metres, moved[-1].metres, moved[-1].seconds) == (4.0, 0.0, 12.0)
    tones = [e for e in sent if isinstance(e, Control) and e.controller == 74]
    assert (tones[0].value, tones[-1].value, tones[-1].seconds) == (14, 64, 12.0)


def test_s34_a_loop_in_a_ramp_begins_with_its_tempo_again(tmp_path: Path) -> None:
    """The file's own clock agrees with the performance, round after round."""
    script = ((0.0, Do("tempo 120 over 4 bars at now")),)
    found = looped(PlayPlan(two_scenes(), script=script), "2..3 3 times")
    output, path = MemoryOutput(), tmp_path / "loop.mid"
    report = render_plan(found.plan, [output, MidiFileOutput(path)])
    assert report.end_reason == "the loop was played 3 times"
    length = (report.seconds - found.plan.begin) / 3
    last = [e.seconds for e in output.events if isinstance(e, BarLine) and e.bar.number == 2]
    assert last[1:] == [pytest.approx(last[0] + n * length) for n in (1, 2)]
    assert MidiFile(path).length == pytest.approx(report.seconds, abs=0.001)


@pytest.mark.parametrize(
    ("text", "loop"),
    [
        ("2..3", Loop(2, 3, 4.0)),
        ("bars 2 .. 2", Loop(2, 2, 4.0)),
        ("files 1..2 4 times", Loop(3, 4, 8.0, 4)),
    ],
)
def test_s34_loops_as_they_are_written(score: CompiledScore, text: str, loop: Loop) -> None:
    script = ((5.0, Fire("onward")), (30.0, Fire("hush")))
    found = looped(PlayPlan(score, script=script), text)
    assert (found.plan.loop, found.plan.begin) == (loop, loop.begin)
    assert f"from {loop.begin:.3f} s" in found.sentence


def test_s34_a_loop_in_a_scene_that_nothing_enters(score: CompiledScore) -> None:
    plan = looped(PlayPlan(score), "files 2..3").plan
    assert (plan.loop, plan.begin) == (Loop(2, 3, 4.0), 4.0)
    scenes = {e.cause.scene for e in Live(plan, (), 20.0).sent if isinstance(e, Attack)}
    assert scenes == {"files"}


@pytest.mark.parametrize(
    ("text", "begin", "told"),
    [
        ("3..2", None, "3..2 ends before it begins; write 2..3"),
        ("0..2", None, "bars are counted from 1"),
        ("2", None, "`2` names no bars; write bars as in 5..8"),
        ("fils 1..2", None, 'no scene `fils`; did you mean "files"?'),
        ("2..99", None, "the performance ends after 7 bars; choose bars up to 7"),
        ("2..3 0 times", None, "write 1 times or more"),
        ("2..3", "0:01", "--from 0:01 lies outside of the loop, which is 4.000 s to 12.000 s"),
    ],
)
def test_s34_what_is_no_loop_is_refused(
    score: CompiledScore, text: str, begin: str | None, told: str
) -> None:
    script = ((5.0, Do("tempo 60")), (28.0, Fire("hush")))
    with pytest.raises(CueError) as refused:
        looped(PlayPlan(score, script=script), text, begin)
    assert told in str(refused.value)


def test_s34_a_loop_may_begin_in_its_middle(score: CompiledScore) -> None:
    plan = looped(PlayPlan(score), "2..3", "bar 3").plan
    assert plan.begin == 8.0
    sent = Live(plan, (), 21.0).sent
    lines = [(e.seconds, e.bar.number) for e in sent if isinstance(e, BarLine)]
    assert lines[-4:] == [(8.0, 3), (12.0, 2), (16.0, 3), (20.0, 2)] or lines[2:6] == [
        (8.0, 3), (12.0, 2), (16.0, 3), (20.0, 2),
    ]  # fmt: skip


# --------------------------------------------------------------------------------------------------
# --click


def test_a_click_changes_nothing_else(score: CompiledScore, pairs_are_whole: Check) -> None:
    live = Live(PlayPlan(score, click=PLAIN_CLICK), [(5.2, Fire("onward"))], 13.0)
    plain = Live(PlayPlan(score), [(5.2, Fire("onward"))], 13.0)
    pairs_are_whole(live.sent)
    rest = [
        e for e in live.sent if not (isinstance(e, (Attack, Release)) and e.voice.role == CLICK)
    ]
    assert rest == plain.sent
    assert live.answers == plain.answers
    beats = [(e.seconds, e.pitch) for e in clicks(live.sent)]
    assert beats == [(pytest.approx(n), SIDE_STICK if n % 4 else HI_WOOD_BLOCK) for n in range(13)]
    assert {e.voice.channel for e in clicks(live.sent)} == {9}


def test_a_click_falls_on_the_groups_of_the_metre() -> None:
    score = builders.score(
        motifs=[builders.motif("m", "1q 2 3e 4q", metre=Metre(7, 8, (2, 2, 3)))],
        palettes=[builders.palette("p", {"lead": "piano"})],
        metre=Metre(7, 8, (2, 2, 3)),
        tempo=60.0,
    )
    sent = Live(PlayPlan(score, click=PLAIN_CLICK), (), 6.9).sent
    assert [(e.seconds, e.velocity > 100) for e in clicks(sent)] == [
        (0.0, True), (1.0, False), (2.0, False), (3.5, True), (4.5, False), (5.5, False),
    ]  # fmt: skip


def test_a_click_rests_while_time_stands_and_while_nothing_plays(score: CompiledScore) -> None:
    fired = [(2.51, Do("pause")), (5.01, Do("resume exactly")), (8.51, Do("stop"))]
    sent = Live(PlayPlan(score, click=PLAIN_CLICK), fired, 14.0).sent
    found = [round(e.seconds, 2) for e in clicks(sent)]
    assert found == [0.0, 1.0, 2.0, 5.5, 6.5, 7.5, 8.5]


def test_a_click_is_muted_but_not_by_solo(score: CompiledScore) -> None:
    plan = PlayPlan(score, click=PLAIN_CLICK)
    assert not clicks(Live(replace(plan, mute=frozenset({CLICK})), (), 6.0).sent)
    alone = Live(replace(plan, solo=frozenset({"lead"})), (), 6.0).sent
    assert {e.voice.role for e in alone if isinstance(e, Attack)} == {"lead", CLICK}


def test_a_click_on_an_instrument_has_a_channel_of_its_own(score: CompiledScore) -> None:
    click = click_of("cello", score)
    assert click.voice.channel not in {voice.channel for voice in score.voices.values()}
    live = Live(PlayPlan(score, click=click), (), 2.0)
    assert live.output.setups[-1] == click.setup
    assert click_of("channel 3", score).voice.channel == 2
    for wrong, told in (("channel 17", "from 1 to 16"), ("celo", 'did you mean "cello"?')):
        with pytest.raises(CueError, match="--click") as refused:
            click_of(wrong, score)
        assert told in str(refused.value)


@settings(max_examples=60)
@given(
    scores(),
    st.lists(st.tuples(st.floats(0.0, 9.0), cues()), max_size=5),
    st.floats(0.0, 10.0),
    st.sampled_from((None, bars(1), Length(bars(3).amount, Unit.BEATS))),
    st.booleans(),
)
def test_law_2_a_rehearsal_renders_again_to_the_same(
    tmp_path_factory: pytest.TempPathFactory,
    score: CompiledScore,
    fired: list[tuple[Seconds, Cue]],
    stop: Seconds,
    count_in: Length | None,
    waits: bool,
) -> None:
    waiting = (
        {"start": Start.ON_CUE, "waits": Waits.FOR_THE_FIRST_CUE}
        if waits
        else {"loop": Loop(1, 2, 0.0)}
    )
    plan = PlayPlan(score, click=click_of("", score), count_in=count_in, **waiting)  # type: ignore[arg-type]
    is_the_same(tmp_path_factory.mktemp("session"), plan, fired, stop, ("events",))


def is_the_same(
    folder: Path,
    plan: PlayPlan,
    fired: list[tuple[Seconds, Cue]],
    stop: Seconds,
    kinds: tuple[str, ...] = ("events", "mid"),
) -> None:
    live = Live(plan, fired, stop)
    outputs = [chosen(str(folder / f"live.{kind}")) for kind in kinds]
    recording = Recording(outputs, JournalWriter(folder / "journal", plan), print)
    recording.open()
    for message in live.messages:
        recording.take(message)
    recording.close()
    again = [chosen(str(folder / f"again.{kind}")) for kind in kinds]
    render(plan.score, read_journal(folder / "journal"), again)
    for kind in kinds:
        one, two = (folder / f"{which}.{kind}" for which in ("live", "again"))
        assert one.read_bytes() == two.read_bytes()


def test_law_2_a_loop_that_was_played_so_often(tmp_path: Path) -> None:
    plan = looped(PlayPlan(two_scenes(), click=PLAIN_CLICK), "2..3 2 times").plan
    is_the_same(tmp_path, plan, [(1.0, Do("tempo 97 at now"))], 60.0)


@pytest.mark.parametrize("stop", [0.5, 2.3, 7.0, 15.9, 31.0])
def test_law_2_loop_click_and_count_in_together(tmp_path: Path, stop: Seconds) -> None:
    script = ((3.0, Do("tempo 80 over 2 s")), (9.0, Fire("onward")))
    start = PlayPlan(
        two_scenes(), script=script, click=PLAIN_CLICK, count_in=bars(1), at_rest=AtRest.END
    )
    plan = looped(start, "2..4").plan
    fired: list[tuple[Seconds, Cue]] = [
        (0.2, Do("key Eb")), (5.0, Do("tempo 100")), (14.0, Fire("onward")),
        (14.1, Do("level bed -9 dB")),
    ]  # fmt: skip
    is_the_same(tmp_path, plan, fired, stop)


# --------------------------------------------------------------------------------------------------
# --count-in


def test_s33_a_count_in_lies_before_0(score: CompiledScore, tmp_path: Path) -> None:
    plan = PlayPlan(score, count_in=bars(1), until=4.0)
    output, trace, file = MemoryOutput(), tmp_path / "a.events", tmp_path / "a.mid"
    render_plan(plan, [output, TraceOutput(trace), MidiFileOutput(file)])
    counted = clicks(output.events)
    assert [(e.tick // QUARTER, e.seconds, e.bar.place(e.tick)) for e in counted] == [
        (n - 4, n - 4.0, (0, n + 1)) for n in range(4)
    ]
    assert [e.pitch == HI_WOOD_BLOCK for e in counted] == [True, False, False, False]
    plain = MemoryOutput()
    render_plan(replace(plan, count_in=None), [plain])
    assert output.events[-len(plain.events) :] == plain.events
    first = trace.read_text().splitlines()[1].split()
    assert first[:4] == ["-4.000000", "0:1.000", str(-4 * QUARTER), "tempo"]
    times = []
    now = 0.0
    for message in MidiFile(file):
        now += message.time
        if message.type == "note_on":
            times.append(round(now, 3))
    assert times[:4] == [0.0, 1.0, 2.0, 3.0]
    assert now == pytest.approx(8.0, abs=0.001)


def test_s33_live_the_count_in_moves_the_beginning(score: CompiledScore) -> None:
    class Stamps(MemoryOutput):
        at: list[tuple[Seconds, Event]]

        def send(self, event: Event) -> None:
            self.at.append((live_clock.now(), event))

    from leitmotor.run.clock import VirtualClock

    live_clock, stamps = VirtualClock(), Stamps()
    stamps.at = []
    plan = PlayPlan(score, count_in=bars(1), speed=2.0)
    Live(plan, [(0.4, Do("dynamic ppp"))], 6.0, [stamps], live_clock)
    for now, event in stamps.at:
        assert now == pytest.approx(plan.horizon_seconds + (event.seconds + 4.0) / 2, abs=1e-6)
    assert len(clicks([event for _, event in stamps.at])) == 4


def test_s33_a_cue_during_the_count_in_acts_at_the_beginning(score: CompiledScore) -> None:
    live = Live(PlayPlan(score, count_in=bars(1)), [(1.5, Do("tempo 90 at now"))], 6.0)
    (answered,) = live.answers
    assert answered.at == 0.0
    assert next(e.seconds for e in live.sent if isinstance(e, Reply)) == 0.0


def test_s33_a_waiting_clock_is_counted_in_by_the_first_cue(score: CompiledScore) -> None:
    """By the tempo of what that cue brings."""
    quick = builders.state("quick", tempo=120.0, palette="warm")
    first, second = score.scenes
    score = replace(
        score,
        states={**score.states, "quick": quick},
        scenes=(first, replace(second, state="quick")),
    )
    plan = PlayPlan(score, start=Start.ON_CUE, waits=Waits.FOR_THE_FIRST_CUE, count_in=bars(1))
    live = Live(plan, [(3.0, Do("go files"))], 8.0)
    assert [e.seconds for e in clicks(live.sent)] == [-2.0, -1.5, -1.0, -0.5]
    assert live.answers[0].at == 0.0
    assert min(e.seconds for e in live.sent if isinstance(e, Change)) == 0.0


def test_a_stop_in_the_count_in_is_a_stop(score: CompiledScore, pairs_are_whole: Check) -> None:
    live = Live(PlayPlan(score, count_in=bars(2)), (), 2.05)
    assert -6.0 < live.ended.seconds < -5.9
    assert live.clock.now() < 2.1
    pairs_are_whole(live.sent)


def test_s33_a_count_in_before_a_place_in_the_middle(score: CompiledScore) -> None:
    """Its clicks have the ticks of the beats that lie there; from mid-bar on it leads on."""
    plan = PlayPlan(score, count_in=Length(bars(3).amount, Unit.BEATS), begin=6.5)
    sent = Live(plan, (), 6.0).sent
    assert [(e.seconds, e.tick / QUARTER, e.bar.place(e.tick)) for e in clicks(sent)] == [
        (4.0, 4, (2, 1)), (5.0, 5, (2, 2)), (6.0, 6, (2, 3)),
    ]  # fmt: skip
    seconds = [event.seconds for event in sent]
    assert seconds == sorted(seconds)


def test_a_click_goes_on_from_the_count_in(score: CompiledScore) -> None:
    plan = PlayPlan(score, count_in=bars(1), click=PLAIN_CLICK)
    sent = Live(plan, (), 9.0).sent
    found = clicks(sent)
    assert [e.seconds for e in found] == [pytest.approx(n - 4.0) for n in range(9)]
    assert [e.note for e in found] == [-1 - n for n in range(9)]


def test_a_journal_with_a_damaged_loop_tells_where(tmp_path: Path) -> None:
    plan = PlayPlan(two_scenes(), loop=SECOND_AND_THIRD, begin=4.0)
    is_the_same(tmp_path, plan, [], 9.0)
    journal = tmp_path / "journal"
    whole = journal.read_text()
    damaged: Any = whole.replace('"first": 2', '"first": 0')
    journal.write_text(damaged)
    with pytest.raises(Exception, match="a first and a last bar"):
        read_journal(journal)


# --------------------------------------------------------------------------------------------------
# --from, through whatever lies before


def check_chased(plan: PlayPlan, begin: Seconds, end: Seconds) -> None:
    """From `begin` on the sound is that of the whole; what is held there is struck first."""
    whole, part = MemoryOutput(), MemoryOutput()
    render_plan(replace(plan, until=end), [whole])
    render_plan(replace(plan, begin=begin, until=end), [part])
    before = [e for e in whole.events if e.seconds < begin]
    later = [e for e in whole.events if e.seconds >= begin]
    ended = {e.note for e in before if isinstance(e, Release)}
    held = {e.note for e in before if isinstance(e, Attack)} - ended
    tails = {
        e.note
        for e in later
        if isinstance(e, Release) and e.note in held and e.seconds < begin + 0.03
    }
    opening = [e for e in part.events if isinstance(e, Attack) and e.note in held]
    assert {e.note for e in opening} == held - tails
    assert {e.seconds for e in opening} <= {begin}
    rest = [e for e in later if not (isinstance(e, Release) and e.note in tails)]
    assert [e for e in part.events if e.seconds >= begin and e not in opening] == rest
    told: dict[tuple[str, int, int], int] = {}
    for setup in whole.setups:
        told |= {(setup.voice.out, setup.voice.channel, n): v for n, v in setup.controls}
    for e in before:
        if isinstance(e, Control):
            told[e.voice.out, e.voice.channel, e.controller] = e.value
    for setup in part.setups:
        for controller, value in setup.controls:
            assert told[setup.voice.out, setup.voice.channel, controller] == value


ON_THE_WAY: tuple[tuple[Seconds, Cue], ...] = (
    (2.0, Do("level bed -9 dB over 3 s")),
    (4.5, Do("vamp 2 bars")),
    (18.0, Do("continue")),
    (26.2, Do("hold until cue")),
    (29.0, Do("continue")),
    (31.3, Do("pause over 1 s")),
    (34.0, Do("resume exactly")),
    (37.3, Do("pause")),
    (40.0, Do("resume")),
    (42.1, Fire("onward")),
    (50.0, Do("go back")),
    (58.0, Do("finish")),
)


@pytest.mark.parametrize(
    "begin",
    [3.1, 8.0, 13.3, 16.0, 22.0, 26.2, 27.5, 29.0, 30.0, 31.3, 31.9, 33.0, 34.0, 35.0, 38.0, 40.0,
     43.0, 48.0, 52.0, 59.0, 63.0],
)  # fmt: skip
def test_s34_chased_through_vamps_holds_and_pauses(score: CompiledScore, begin: Seconds) -> None:
    check_chased(PlayPlan(score, script=ON_THE_WAY), begin, 75.0)


@settings(max_examples=60)
@given(scores(), scripts(), st.floats(0.1, 20.0), st.sampled_from(Start))
def test_s34_chased_through_anything(
    score: CompiledScore, script: list[Any], begin: Seconds, start: Start
) -> None:
    check_chased(PlayPlan(score, start=start, script=tuple(script)), begin, 24.0)
