"""`leitmotor render`: a performance as fast as it can be computed, into files."""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from leitmotor.commands.progress import Progress
from leitmotor.commands.rehearsal import begun, count_in_of
from leitmotor.commands.sources import (
    ClockWish,
    chosen_script,
    clock_of,
    read_cues,
    script_beside,
    seconds_of,
)
from leitmotor.console.wording import clock_text, counted
from leitmotor.errors import CueError
from leitmotor.music.time import Seconds
from leitmotor.outputs.base import Output
from leitmotor.outputs.choose import chosen, is_sound_file
from leitmotor.outputs.null import NullOutput
from leitmotor.outputs.trace import TraceOutput
from leitmotor.perform.performance import Start
from leitmotor.perform.timepiece import looks_at_the_clock
from leitmotor.records import record
from leitmotor.run.click_choice import click_of
from leitmotor.run.journal import Journal
from leitmotor.run.plan import PlayPlan, standing
from leitmotor.run.render import RenderReport, render_plan
from leitmotor.run.render import render as rendered
from leitmotor.run.sieve import checked_parts
from leitmotor.run.spool import EventSpool
from leitmotor.score.compiled import CompiledScore
from leitmotor.score.load import load_score

if TYPE_CHECKING:
    from leitmotor.commands.sound_work import MadeSound, SoundWork


@record
class Wishes:
    """The options of the command, as they were given."""

    path: Path
    rig: Path | None = None
    cues: Path | None = None
    outs: tuple[str, ...] = ()
    trace: Path | None = None
    seed: int | None = None
    until: str | None = None
    clock: str | None = None
    begin: str | None = None
    loop: str | None = None
    count_in: str | None = None
    click: str | None = None
    mute: tuple[str, ...] = ()
    solo: tuple[str, ...] = ()
    stems: Path | None = None
    bits: str | None = None
    rate: int | None = None


def render(wishes: Wishes) -> None:
    """Render, and print where it ends, why, and what was written."""
    loaded = load_score(wishes.path, wishes.rig)
    score = loaded.score
    script = chosen_script(wishes.path, wishes.cues, loaded)
    cues = read_cues(script, loaded)
    clock = _clock(wishes, isinstance(cues, Journal))
    until = seconds_of(wishes.until, "--until", score)
    outputs = _outputs(wishes, score)
    sound = _sound(wishes, score)
    start, _ = standing(score, [script] if script is not None else [], clock.begins)
    began = time.perf_counter()
    with ExitStack() as stack:
        progress = stack.enter_context(Progress(sys.stderr))
        spool = stack.enter_context(EventSpool())
        to = [*outputs, spool] if sound is not None else outputs or [NullOutput()]
        if isinstance(cues, Journal):
            _refuse_aids(wishes)
            report = rendered(score, cues, to, until=until, progress=progress)
        else:
            until = clock.lasts if until is None else until
            plan = PlayPlan(score, wishes.seed, start, cues, until=until, clock=clock.begins)
            plan, sentence = _rehearsed(plan, wishes)
            if sentence:
                print(sentence, flush=True)
            report = render_plan(plan, to, progress)
        made = sound.make(spool, report, progress.sound) if sound is not None else None
    print(_report(report, time.perf_counter() - began))
    beside = script_beside(wishes.path, loaded) if script is None and not report.attacks else ""
    if beside and start is Start.ON_CUE:
        print(beside)
    if clock.begins is None and not isinstance(cues, Journal) and looks_at_the_clock(score):
        print("this score looks at the time of day: give it one with --clock 10:00..18:00")
    print(_written(wishes, made))
    for line in made.lines if made is not None else ():
        print(line)


def _clock(wishes: Wishes, is_journal: bool) -> ClockWish:
    clock = clock_of(wishes.clock)
    if clock.begins is not None and is_journal:
        raise CueError("a journal knows the time of day at which it began; leave --clock out")
    if clock.lasts is not None and wishes.until is not None:
        raise CueError(
            f"--clock {wishes.clock} says where it ends; leave --until out, or give --clock only"
            " the time at which it begins"
        )
    return clock


def _rehearsed(plan: PlayPlan, wishes: Wishes) -> tuple[PlayPlan, str]:
    """The plan with the options of a rehearsal, and a sentence on where it begins."""
    score = plan.score
    plan, sentence = begun(plan, wishes.begin, wishes.loop)
    if plan.loop is not None and not plan.loop.times and plan.until is None:
        raise CueError(
            f"--loop {wishes.loop} has no end, and a file needs one: say how often, as in"
            f" --loop '{wishes.loop} 4 times', or add --until T"
        )
    click = click_of(wishes.click, score) if wishes.click is not None else None
    plan = replace(
        plan,
        click=click,
        count_in=count_in_of(wishes.count_in, score),
        mute=checked_parts(wishes.mute, score),
        solo=checked_parts(wishes.solo, score),
    )
    return plan, sentence


def _refuse_aids(wishes: Wishes) -> None:
    given = {
        "--from": wishes.begin,
        "--loop": wishes.loop,
        "--count-in": wishes.count_in,
        "--click": wishes.click,
        "--mute": wishes.mute or None,
        "--solo": wishes.solo or None,
    }
    for option, value in given.items():
        if value is not None:
            raise CueError(
                f"{wishes.cues} is the journal of a performance, which is given again just as it"
                f" was; leave {option} out, or give a cue script"
            )


def _outputs(wishes: Wishes, score: CompiledScore) -> list[Output]:
    for out in wishes.outs:
        if out.strip() == "virtual" or out.strip().startswith("midi:"):
            raise CueError(
                f"render writes files and plays on no port: `{out}` is for `leitmotor play`;"
                " write a file with --out X.mid"
            )
    instruments = tuple(score.instruments)
    outputs = [
        chosen(out, instruments=instruments, title=score.title)
        for out in wishes.outs
        if not is_sound_file(out)
    ]
    if wishes.trace is not None:
        outputs.append(TraceOutput(wishes.trace))
    return outputs


def _report(report: RenderReport, took: Seconds) -> str:
    notes, events = counted(report.attacks, "note"), counted(report.events, "event")
    return (
        f"{clock_text(report.seconds)} ({report.seconds:.3f} s), {notes}, {events},"
        f" computed in {took:.2f} s; ends there: {report.end_reason}"
    )


def _sound(wishes: Wishes, score: CompiledScore) -> SoundWork | None:
    """What is to be made into sound, or None; only then the libraries of sound are loaded."""
    if wishes.stems is not None or any(is_sound_file(out) for out in wishes.outs):
        from leitmotor.commands.sound_work import SoundOptions, sound_work

        return sound_work(SoundOptions(wishes.outs, wishes.stems, wishes.bits, wishes.rate), score)
    for option, value in (("--bits", wishes.bits), ("--rate", wishes.rate)):
        if value is not None:
            raise CueError(
                f"{option} {value} is about sound, and no sound is asked for: add --out FILE.wav or"
                " --stems FOLDER"
            )
    return None


def _written(wishes: Wishes, made: MadeSound | None) -> str:
    files = [*wishes.outs, *((str(wishes.trace),) if wishes.trace is not None else ())]
    files += made.stems if made is not None else ()
    if files:
        return f"written: {', '.join(files)}"
    if wishes.stems is not None:
        return f"nothing was written: nobody plays, so {wishes.stems} has no stems"
    name = wishes.path.resolve().stem or "score"
    return (
        f"nothing was written: add --out {name}.wav to hear it, or --out {name}.mid to have it as a"
        " MIDI file"
    )
