"""`leitmotor play`: a live performance."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from leitmotor.commands.audio_out import audio_out_of, rig_outs_of
from leitmotor.commands.desks import desks
from leitmotor.commands.displays import Display, LiveDisplay, PlainDisplay
from leitmotor.commands.inputs import Source, listening, source_of_input
from leitmotor.commands.operator import Operator, first_cue_text
from leitmotor.commands.rehearsal import begun, count_in_of
from leitmotor.commands.session import Session, stopped_by_signals
from leitmotor.commands.sources import (
    chosen_script,
    clock_of,
    read_cues,
    script_beside,
    seconds_of,
)
from leitmotor.commands.typed import Prompt
from leitmotor.console.screen import Screen
from leitmotor.console.wording import clock_text, counted, short_time_text
from leitmotor.errors import CueError
from leitmotor.music.time import Seconds
from leitmotor.outputs.base import Discardable, Output
from leitmotor.outputs.choose import chosen
from leitmotor.outputs.trace import TraceOutput
from leitmotor.records import record
from leitmotor.run.calling import Called
from leitmotor.run.click_choice import click_of
from leitmotor.run.files import Recording
from leitmotor.run.journal import Journal, JournalWriter
from leitmotor.run.local_time import local_time_of_day
from leitmotor.run.plan import (
    HORIZONS,
    LONGEST_HORIZON,
    SHORTEST_HORIZON,
    AtRest,
    PlayPlan,
    Script,
    standing,
)
from leitmotor.run.ports import Destinations, destinations
from leitmotor.run.protocol import Ready
from leitmotor.run.sieve import checked_parts
from leitmotor.run.stage import Stage
from leitmotor.score.load import LoadedScore, load_score
from leitmotor.score.model.rig import Inputs
from leitmotor.score.units import parse_seconds

_PERCENT = re.compile(r"\s*(\d{1,4}(?:\.\d+)?)\s*%\s*")


@record
class Wishes:
    """The options of the command, as they were given."""

    path: Path
    rig: Path | None = None
    outs: tuple[str, ...] = ()
    cues: Path | None = None
    no_cues: bool = False
    trace: Path | None = None
    journal: Path | None = None
    begin: str | None = None
    speed: str = "100%"
    mute: tuple[str, ...] = ()
    solo: tuple[str, ...] = ()
    horizon: str = "10ms"
    seed: int | None = None
    until: str | None = None
    clock: str | None = None
    loop: str | None = None
    count_in: str | None = None
    click: str | None = None


def play(wishes: Wishes, called: Called) -> int:
    """Play to the end, or until somebody stops it, with a performer that was called beforehand.

    Raises what went wrong; then the performer is dismissed.
    """
    try:
        return _play(wishes, called)
    except BaseException:
        called.dismiss()
        raise


def _play(wishes: Wishes, called: Called) -> int:
    loaded = load_score(wishes.path, wishes.rig)
    rig_outs = () if wishes.outs else rig_outs_of(loaded)
    where = destinations(wishes.outs or [text for text, _ in rig_outs])
    plan, sentence = _plan(wishes, loaded, where)
    audio_out = audio_out_of(where, rig_outs, loaded.score)
    clock_outs = _clock_outs(loaded, rig_outs)
    plan = replace(plan, rig_outs=rig_outs, audio_out=audio_out, clock_outs=clock_outs)
    if sentence:
        print(sentence, flush=True)
    beside = script_beside(wishes.path, loaded) if not wishes.no_cues else ""
    outputs = [
        chosen(file, instruments=tuple(plan.score.instruments), title=plan.score.title)
        for file in where.files
    ]
    if wishes.trace is not None:
        outputs.append(TraceOutput(wishes.trace))
    inputs = loaded.rig.inputs if loaded.rig is not None else None
    _perform(plan, wishes, where, outputs, called, beside, inputs)
    return 0


# --------------------------------------------------------------------------------------------------
# What is to be played


def _plan(wishes: Wishes, loaded: LoadedScore, where: Destinations) -> tuple[PlayPlan, str]:
    """The plan, and a sentence on where it begins if that is not the beginning."""
    score = loaded.score
    script_path = _script_path(wishes, loaded)
    script = _script(script_path, loaded)
    inputs = loaded.rig.inputs if loaded.rig is not None else None
    heard = [source for source in (inputs.osc, inputs.midi) if source] if inputs else []
    clock = _clock(wishes.clock)
    start, waits = standing(score, [script] if script else [], clock, heard)
    try:
        plan = PlayPlan(
            score,
            seed=wishes.seed,
            start=start,
            script=script,
            waits=waits,
            midi_outs=where.midi_outs,
            horizon_seconds=_horizon(wishes.horizon),
            speed=_speed(wishes.speed),
            mute=checked_parts(wishes.mute, score),
            solo=checked_parts(wishes.solo, score),
            until=seconds_of(wishes.until, "--until", score),
            at_rest=_at_rest(bool(script), bool(heard)),
            clock=clock,
            count_in=count_in_of(wishes.count_in, score),
            click=click_of(wishes.click, score) if wishes.click is not None else None,
        )
    except ValueError as error:
        raise CueError(str(error)) from None
    return begun(plan, wishes.begin, wishes.loop)


def _script_path(wishes: Wishes, loaded: LoadedScore) -> Path | None:
    if wishes.no_cues:
        if wishes.cues is not None:
            raise CueError("--cues and --no-cues contradict each other; give one of them")
        return None
    return chosen_script(wishes.path, wishes.cues, loaded)


def _script(path: Path | None, loaded: LoadedScore) -> Script:
    cues = read_cues(path, loaded)
    if isinstance(cues, Journal):
        raise CueError(
            f"{path} is the journal of a performance, which `leitmotor render` gives again;"
            " give --cues a cue script"
        )
    return cues


def _clock(text: str | None) -> Seconds:
    """The time of day at which it begins: the computer's, unless another one is given."""
    wish = clock_of(text)
    if wish.lasts is not None:
        raise CueError(f"--clock is the time at which it begins, such as 10:00, not `{text}`")
    return local_time_of_day() if wish.begins is None else wish.begins


def _clock_outs(loaded: LoadedScore, rig_outs: Sequence[tuple[str, str]]) -> frozenset[str]:
    """Those of the rig's ports that send MIDI clock."""
    outputs = loaded.rig.outputs if loaded.rig is not None else {}
    return frozenset(text for text, name in rig_outs if outputs[name].clock == "send")


def _at_rest(scripted: bool, listens: bool) -> AtRest:
    """A film ends with its script; while somebody may still fire a cue, silence is no end."""
    somebody = listens or source_of_input() is not Source.NOTHING
    return AtRest.STAY if somebody and not scripted else AtRest.END


def _speed(text: str) -> float:
    found = _PERCENT.fullmatch(text)
    if found is None:
        sign = f"; write {text.strip()}%" if _PERCENT.fullmatch(f"{text}%") else ""
        raise CueError(f"--speed is a percentage such as 80%, not `{text}`{sign}")
    return float(found[1]) / 100


def _horizon(text: str) -> Seconds:
    with suppress(ValueError):
        horizon = parse_seconds(text)
        if SHORTEST_HORIZON <= horizon <= LONGEST_HORIZON:
            return horizon
    raise CueError(f"--horizon is a time from {HORIZONS}, such as 10ms, not `{text}`")


# --------------------------------------------------------------------------------------------------
# Playing it


def _perform(
    plan: PlayPlan,
    wishes: Wishes,
    where: Destinations,
    outputs: Sequence[Output],
    called: Called,
    beside: str,
    inputs: Inputs | None,
) -> None:
    journal = JournalWriter(wishes.journal, plan) if wishes.journal is not None else None
    stage = Stage(plan, called=called)
    operator = Operator(Prompt(plan.score), stage.send, lambda: session.stop())
    display = _display(operator, plan, beside)
    recording = Recording(outputs, journal, display.said)
    listening_desks = desks(inputs, plan, stage)
    session = Session(stage, recording, display, listening_desks)
    recording.open()
    with ExitStack() as stack:
        said: list[str] = []
        try:
            for desk in listening_desks:
                stack.callback(desk.close)
                said.append(desk.open())
            ready = stage.start()
        except BaseException:
            discard(outputs)
            raise
        stack.callback(recording.close)
        stack.enter_context(stopped_by_signals(session))
        print(where_the_sound_goes(where, ready), *said, sep="\n", flush=True)
        stack.callback(display.close)
        stack.enter_context(baking(plan, ready))
        # What listens to the network has no end of its own, whatever becomes of the lines.
        ended = stage.input_ended if not listening_desks else lambda: None
        stack.enter_context(listening(source_of_input(), operator, ended))
        for desk in listening_desks:
            desk.start()
        session.follow(ready)
    print(_summary(session, _files(wishes, where)), flush=True)


@contextmanager
def baking(plan: PlayPlan, ready: Ready) -> Iterator[None]:
    """Bake what will be heard ahead of its time, in a thread, for the length of a `with`."""
    if plan.audio_out is None or not ready.sound_rate:
        yield
        return
    # Not at the top, and not before the performer plays: it takes a while to be loaded.
    from leitmotor.outputs.note_store import NoteStore, usual_folder
    from leitmotor.run.baking import Baker

    store = NoteStore(usual_folder())
    baker = Baker(plan, plan.audio_out.patches, ready.sound_rate, store)
    baker.start()
    try:
        yield
    finally:
        baker.stop()


def _display(operator: Operator, plan: PlayPlan, beside: str) -> Display:
    waiting = first_cue_text(plan.score) + (f"; {beside}" if beside else "")
    if sys.stdout.isatty() and os.environ.get("TERM") != "dumb":
        return LiveDisplay(Screen(sys.stdout), operator, waiting, plan.speed)
    return PlainDisplay(print_while_it_can, operator, waiting)


def print_while_it_can(line: str) -> None:
    """Whoever reads the lines may go; the music does not."""
    with suppress(OSError):
        print(line, flush=True)


def discard(outputs: Sequence[Output]) -> None:
    """Leave nothing of outputs that were opened for a performance that never began."""
    for output in outputs:
        if isinstance(output, Discardable):
            output.discard()


# --------------------------------------------------------------------------------------------------
# What is said before and after


def where_the_sound_goes(where: Destinations, ready: Ready) -> str:
    """A sentence on what is played on and written."""
    files = f"; writing {', '.join(where.files)}" if where.files else ""
    if ready.ports and not ready.warnings:
        return f"playing on {', '.join(ready.ports)}{files}"
    if ready.warnings:
        on = f"playing on {', '.join(ready.ports)}; " if where.midi_outs else ""
        return f"{on}{'; '.join(ready.warnings)}{files}"
    return (
        "nothing will be heard: the output is `null`; choose a port with --out midi:NAME"
        f" (`leitmotor ports` lists them){files}"
    )


def _files(wishes: Wishes, where: Destinations) -> tuple[str, ...]:
    others = [str(path) for path in (wishes.trace, wishes.journal) if path is not None]
    return (*where.files, *others)


def _summary(session: Session, files: tuple[str, ...]) -> str:
    ended, late = session.ended, session.ended.lateness
    said = f"{ended.reason} at {clock_text(ended.seconds)}, {counted(session.notes, 'note')}"
    if late.notes:
        p50, p99, worst = (short_time_text(t) for t in (late.p50, late.p99, late.worst))
        said += f"; sent late by {p50} (half of them), {p99} (99 of 100), {worst} (at worst)"
    if late.lost_frames:
        said += f"; the audio device lost {counted(late.lost_frames, 'frame')}"
    return f"{said}; written: {', '.join(files)}" if files else said
