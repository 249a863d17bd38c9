"""Where a render ends (S33), what it writes, and rehearsal from any place (S34)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from mido import MidiFile

from leitmotor.errors import CueError
from leitmotor.messages import Attack, BarLine, Cue, Do, Event, Fire, Position, Release, Tempo
from leitmotor.music.length import bars
from leitmotor.music.time import Seconds
from leitmotor.outputs.memory import MemoryOutput
from leitmotor.outputs.midi_file import MidiFileOutput
from leitmotor.perform.performance import Start
from leitmotor.run.plan import AtRest, PlayPlan
from leitmotor.run.rehearse import placed
from leitmotor.run.render import render, render_plan
from leitmotor.score.compiled import Choice, CompiledScore, CueRule, Scene
from leitmotor.testing import builders
from leitmotor.testing.live import Live

Check = Callable[[list[Event]], None]
Line = tuple[Seconds | Position, Cue]


def test_s33_without_cues_one_full_round(score: CompiledScore, pairs_are_whole: Check) -> None:
    """mara, ilan and a bar of rest: the rotation begins again in bar 4."""
    output = MemoryOutput()
    report = render(score, (), [output])
    assert report.seconds == 12.0
    assert report.end_reason == "one full round of the rotation"
    assert report.events == len(output.events)
    assert report.attacks == sum(isinstance(event, Attack) for event in output.events)
    assert output.setups
    pairs_are_whole(output.events)


def test_s33_a_repeated_motif_is_one_turn_of_the_round() -> None:
    motif = builders.motif("tune", "1q 2 3 5", times=3)
    palette = builders.palette("p", {"lead": "violin"})
    score = builders.score(motifs=[motif], palettes=[palette], breathe=bars(1))
    assert render(score, (), []).seconds == 16.0


def test_s33_where_nobody_leads_the_progression_makes_the_round(score: CompiledScore) -> None:
    nobody = replace(score, scenes=(replace(score.scenes[0], who=()),))
    assert render(nobody, (), [])[0::3] == (16.0, "one full round of the harmony")
    nothing = replace(nobody, states={"calm": builders.state("calm", palette="warm")})
    assert render(nothing, (), [])[0::3] == (32.0, "8 bars, for nobody leads")


@pytest.mark.parametrize(
    ("then", "seconds", "why"),
    [
        ("", 40.0, "8 bars, for nobody leads"),
        ("again", 8.0, "one full round of the passage"),
        ("stop", 8.0, "the music has ended"),
    ],
)
def test_s33_what_is_written_out_is_played_to_its_end(
    score: CompiledScore, then: str, seconds: Seconds, why: str
) -> None:
    song = builders.passage("song", {"lead": "1w | 5w"}, harmony="I", then=then)
    row = (Choice(("song",), "scene one passage 0"),)
    scene = replace(score.scenes[0], who=(), passages=row)
    sung = builders.score(
        palettes=[builders.palette("warm", {"lead": "violin"})],
        states=[builders.state("calm", palette="warm")],
        scenes=[scene],
        passages=[song],
    )
    report = render(sung, (), [])
    assert (report.seconds, report.end_reason) == (pytest.approx(seconds), why)


@pytest.mark.parametrize(
    ("script", "seconds", "why"),
    [
        (((4.0, Do("tempo 60")),), 36.0, "8 bars after the last cue"),
        (((4.5, Do("tempo 60")),), 40.0, "8 bars after the last cue"),
        (((1.0, Fire("onward")), (9.0, Fire("hush"))), 9.0, "the music has ended"),
        (((1.0, Fire("hush")), (9.0, Do("go files"))), 41.0, "8 bars after the last cue"),
    ],
)
def test_s33_with_cues(
    score: CompiledScore, script: tuple[Line, ...], seconds: Seconds, why: str
) -> None:
    report = render(score, script, [])
    assert (report.seconds, report.end_reason) == (pytest.approx(seconds), why)


def test_s33_at_the_end_of_the_last_scene_with_a_length(score: CompiledScore) -> None:
    timed = replace(
        score,
        scenes=(
            Scene("shore", "", ("mara",), "calm", length=bars(3)),
            Scene("files", "", ("mara",), "calm", length=bars(5)),
        ),
    )
    output = MemoryOutput()
    report = render(timed, (), [output])
    assert (report.seconds, report.end_reason) == (32.0, "the last scene has had its length")
    assert max(e.seconds for e in output.events if isinstance(e, Attack)) < 32.0


def test_s33_the_time_of_a_scene_is_waited_for(score: CompiledScore) -> None:
    first, second = score.scenes
    report = render(replace(score, scenes=(first, replace(second, at=21.0))), (), [])
    assert report.seconds == pytest.approx(24.0 + 8.0)  # files at the bar line, then its round


def test_s33_a_round_that_is_over_before_a_scene_begins_is_no_end(score: CompiledScore) -> None:
    """The time of the second scene has come, and it waits for its bar line."""
    first, second = score.scenes
    scenes = (first, replace(second, at=14.5, length=bars(1)))
    report = render(replace(score, scenes=scenes), (), [])
    assert report[0::3] == (20.0, "the last scene has had its length")


def test_s33_until_and_waiting_for_nothing(score: CompiledScore) -> None:
    assert render(score, (), [], until=5.5).seconds == 5.5
    report = render(score, (), [], start=Start.ON_CUE)
    first = f" ({score.cues[0].name})" if score.cues else ""
    waits = f"the score waits for its first cue{first}, and none is given"
    assert (report.attacks, report.end_reason) == (0, f"nothing began: {waits}")


def test_s33_the_first_cue_that_is_waited_for_is_named(score: CompiledScore) -> None:
    waiting = replace(score, cues=(CueRule("knock", (), ()),))
    report = render(waiting, (), [], start=Start.ON_CUE)
    assert "the score waits for its first cue (knock)" in report.end_reason


def test_a_render_gives_the_same_bytes_twice(score: CompiledScore, tmp_path: Path) -> None:
    paths = [tmp_path / "one.mid", tmp_path / "two.mid"]
    for path in paths:
        render(score, ((3.0, Do("tempo 90 over 3 s")),), [MidiFileOutput(path)])
    one, two = (path.read_bytes() for path in paths)
    assert one == two
    assert len(one) > 500


def test_progress_is_told_and_grows(score: CompiledScore) -> None:
    told: list[Seconds] = []
    render(score, (), [], until=30.0, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 30.0


# --------------------------------------------------------------------------------------------------
# --from


SCRIPT: tuple[Line, ...] = ((5.0, Fire("onward")), (30.0, Fire("hush")))


@pytest.mark.parametrize(
    ("text", "begin"),
    [
        ("files", 8.0),
        ("files bar 2", 12.0),
        ("bar 2", 4.0),
        ("onward", 5.0),
        ("00:00:07.5", 7.5),
        ("7.5", 7.5),
        ("shore", 0.0),
    ],
)
def test_s34_from_a_place(score: CompiledScore, text: str, begin: Seconds) -> None:
    found = placed(PlayPlan(score, script=SCRIPT), text)
    assert found.plan.begin == begin
    assert f"{begin:.3f} s" in found.sentence


def test_s34_past_the_end_there_is_no_place(score: CompiledScore) -> None:
    with pytest.raises(CueError, match=r"the piece ends at 0:30; begin earlier"):
        placed(PlayPlan(score, script=SCRIPT), "9:00")
    # Without a script it goes round and round.
    assert placed(PlayPlan(score), "9:00").plan.begin == 540.0


def test_s34_from_a_place_sounds_as_it_would_have(
    score: CompiledScore, pairs_are_whole: Check
) -> None:
    """From the place on the notes are those of the whole, after what is held there."""
    plan = placed(PlayPlan(score, script=SCRIPT, at_rest=AtRest.END), "10.5").plan
    live = Live(plan, (), 60.0)
    whole = Live(PlayPlan(score, script=SCRIPT, at_rest=AtRest.END), (), 60.0).sent
    later = [event for event in whole if event.seconds >= 10.5]
    assert live.sent[-len(later) :] == later
    opening = live.sent[: -len(later)]
    struck = {event.note for event in opening if isinstance(event, Attack)}
    begun = {e.note for e in whole if isinstance(e, Attack) and e.seconds < 10.5}
    ended = {e.note for e in whole if isinstance(e, Release) and e.seconds < 10.5}
    assert struck == begun - ended
    assert struck
    assert {type(event) for event in opening} <= {Attack, Tempo, BarLine}
    pairs_are_whole(live.sent)
    assert live.output.setups
    output = MemoryOutput()
    render_plan(replace(plan, until=live.ended.seconds), [output])
    assert output.events == live.sent


def test_s34_a_scene_that_nothing_enters_is_gone_to_directly(score: CompiledScore) -> None:
    found = placed(PlayPlan(score), "files")
    assert found.sentence == "nothing enters files: gone to directly, at 0 s"
    live = Live(found.plan, (), 3.0)
    scenes = [event.cause.scene for event in live.sent if isinstance(event, Attack)]
    assert set(scenes) == {"files"}
    assert placed(PlayPlan(score), "files bar 3").plan.begin == 8.0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("fils", '`fils` to begin at; did you mean "files"?'),
        ("fils bar 2", "no scene and no cue `fils`"),
        ("12:99", "`12:99` is no place to begin at"),
        ("bar 500", "the performance ends before bar 500"),
        ("", "there is no scene and no cue ``"),
    ],
)
def test_s34_what_is_no_place_is_refused(score: CompiledScore, text: str, told: str) -> None:
    with pytest.raises(CueError) as refused:
        placed(PlayPlan(score, script=SCRIPT), text)
    assert told in str(refused.value)


def test_a_file_of_a_rehearsal_keeps_its_place(score: CompiledScore, tmp_path: Path) -> None:
    """The file begins with silence as long as what was passed over."""
    path = tmp_path / "late.mid"
    render_plan(PlayPlan(score, begin=10.5, until=14.0), [MidiFileOutput(path)])
    times = []
    now = 0.0
    for message in MidiFile(path):
        now += message.time
        if message.type == "note_on":
            times.append(now)
    assert min(times) == pytest.approx(10.5, abs=0.01)
    assert now == pytest.approx(14.0, abs=0.01)
