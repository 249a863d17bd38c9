"""`leitmotor listen`: motifs, states and palettes one after the other, each announced."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from leitmotor.commands.audio_out import audio_out_of, rig_outs_of
from leitmotor.commands.play import (
    baking,
    discard,
    print_while_it_can,
    where_the_sound_goes,
)
from leitmotor.commands.progress import Progress
from leitmotor.commands.session import Session, stopped_by_signals
from leitmotor.console.wording import clock_text, counted
from leitmotor.messages import Answer, Event
from leitmotor.music.time import Seconds
from leitmotor.outputs.choose import chosen, is_sound_file
from leitmotor.records import record
from leitmotor.run import protocol
from leitmotor.run.audition import Audition, Item, audition
from leitmotor.run.files import Recording
from leitmotor.run.plan import AtRest, PlayPlan
from leitmotor.run.ports import NULL, Destinations, destinations
from leitmotor.run.render import render_plan
from leitmotor.run.repertoire import asked, checked_palettes
from leitmotor.run.spool import EventSpool
from leitmotor.run.stage import Stage
from leitmotor.score.compiled import CompiledScore
from leitmotor.score.load import LoadedScore, load_score

if TYPE_CHECKING:
    from leitmotor.commands.sound_work import SoundWork

EARLY: Seconds = 1e-6
"""An event so little before the place where a thing begins belongs to it."""

Lines = Sequence[tuple[Seconds, str]]
"""What is announced, and where."""


@record
class Wishes:
    """The options of the command, as they were given."""

    path: Path
    names: tuple[str, ...] = ()
    palettes: tuple[str, ...] = ()
    times: int = 1
    outs: tuple[str, ...] = ()
    rig: Path | None = None


def list_for_people(wishes: Wishes) -> None:
    """Print what would be heard, and where each begins."""
    _, audition = _audition(wishes)
    _print_table(audition)


def list_for_programs(wishes: Wishes) -> None:
    """Print what would be heard as an object."""
    loaded, audition = _audition(wishes)
    items = [
        {
            "number": item.number,
            "name": item.label,
            "palette": item.palette or None,
            "players": item.players,
            "begins": round(item.begins, 6),
            "ends": round(item.ends, 6),
        }
        for item in audition.items
    ]
    told = {"title": loaded.score.title, "items": items, "left out": audition.left_out}
    print(json.dumps(told, ensure_ascii=False, indent=2))


def listen(wishes: Wishes) -> None:
    """Play it, announcing each thing as it begins; or write it, where only files are wanted."""
    loaded, audition = _audition(wishes)
    outs = [out.strip() for out in wishes.outs]
    if outs and destinations([*outs, NULL]).files == tuple(dict.fromkeys(outs)):
        _write(audition, outs)
    else:
        _play(audition, wishes, loaded)


def _audition(wishes: Wishes) -> tuple[LoadedScore, Audition]:
    loaded = load_score(wishes.path, wishes.rig)
    subjects = asked(loaded.score, wishes.names)
    palettes = checked_palettes(loaded.score, wishes.palettes)
    return loaded, audition(loaded.score, subjects, palettes, wishes.times)


# --------------------------------------------------------------------------------------------------
# What is announced


def announcements(items: Sequence[Item]) -> Lines:
    """A line for each: its number of all, what it is, its palette, who plays, where it begins."""
    rows = [
        (f"{item.number}/{len(items)}", item.label, item.palette, ", ".join(item.players) or "-")
        for item in items
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = []
    for item, row in zip(items, rows, strict=True):
        number, *cells = (
            cell.ljust(width) for cell, width in zip(row, widths, strict=True) if width
        )
        text = "  ".join((row[0].rjust(len(number)), *cells, clock_text(item.begins)))
        lines.append((item.begins, text))
    return lines


def _print_table(audition: Audition) -> None:
    for _, line in announcements(audition.items):
        print(line)
    for line in audition.left_out:
        print(f"left out: {line}")
    print(f"{counted(len(audition.items), 'thing')}, {clock_text(audition.items[-1].ends)}")


class Announcer:
    """Shows a performance by what begins in it, and by what people must be told."""

    def __init__(self, lines: Lines, write: Callable[[str], None]) -> None:
        self._coming = list(reversed(lines))
        self._write = write

    def said(self, text: str) -> None:
        """A sentence is a line."""
        self._write(text)

    def sent(self, event: Event) -> None:
        """What begins with this event, or has begun, is announced."""
        while self._coming and event.seconds >= self._coming[-1][0] - EARLY:
            self._write(self._coming.pop()[1])

    def answered(self, answer: Answer) -> None:
        """Nobody fires cues by hand."""

    def viewed(self, message: protocol.Viewed, now: Seconds) -> None:
        """The lines say it all."""

    def refresh(self, now: Seconds) -> None:
        """Lines need no frames."""

    def close(self) -> None:
        """Nothing to put back."""


# --------------------------------------------------------------------------------------------------
# Playing and writing it


def _write(audition: Audition, files: Sequence[str]) -> None:
    score = audition.score
    instruments = tuple(score.instruments)
    outputs = [
        chosen(file, instruments=instruments, title=score.title)
        for file in files
        if not is_sound_file(file)
    ]
    sound = _sound(files, score)
    lines: tuple[str, ...] = ()
    with ExitStack() as stack:
        progress = stack.enter_context(Progress(sys.stderr))
        spool = stack.enter_context(EventSpool())
        to = [*outputs, spool] if sound is not None else outputs
        report = render_plan(PlayPlan(score, script=audition.script), to, progress)
        if sound is not None:
            lines = sound.make(spool, report, progress.sound).lines
    _print_table(audition)
    print(f"written: {', '.join(files)}")
    for line in lines:
        print(line)


def _sound(files: Sequence[str], score: CompiledScore) -> SoundWork | None:
    """The sound files among them; only for those the libraries of sound are loaded."""
    if not any(is_sound_file(file) for file in files):
        return None
    from leitmotor.commands.sound_work import SoundOptions, sound_work

    return sound_work(SoundOptions(tuple(files)), score)


def _play(audition: Audition, wishes: Wishes, loaded: LoadedScore) -> None:
    score = audition.score
    rig_outs = () if wishes.outs else rig_outs_of(loaded)
    where = destinations(wishes.outs or [text for text, _ in rig_outs])
    plan = PlayPlan(
        score,
        script=audition.script,
        midi_outs=where.midi_outs,
        rig_outs=rig_outs,
        audio_out=audio_out_of(where, rig_outs, score),
        at_rest=AtRest.END,
    )
    for line in audition.left_out:
        print(f"left out: {line}")
    _perform(plan, where, Announcer(announcements(audition.items), print_while_it_can))


def _perform(plan: PlayPlan, where: Destinations, announcer: Announcer) -> None:
    instruments, title = tuple(plan.score.instruments), plan.score.title
    outputs = [chosen(file, instruments=instruments, title=title) for file in where.files]
    stage = Stage(plan)
    recording = Recording(outputs, None, announcer.said)
    session = Session(stage, recording, announcer)
    recording.open()
    try:
        ready = stage.start()
    except BaseException:
        discard(outputs)
        raise
    with ExitStack() as stack:
        stack.callback(recording.close)
        stack.enter_context(stopped_by_signals(session))
        print(where_the_sound_goes(where, ready), flush=True)
        stack.enter_context(baking(plan, ready))
        session.follow(ready)
    files = f"; written: {', '.join(where.files)}" if where.files else ""
    ended = session.ended
    print(f"{ended.reason} at {clock_text(ended.seconds)}{files}", flush=True)
