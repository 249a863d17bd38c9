"""The live display as text: a pure function of what is shown and of the size of the window."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from fractions import Fraction

from leitmotor.console.history import Answered
from leitmotor.console.wording import beat_text, clock_text, short_time_text
from leitmotor.messages import View
from leitmotor.music.time import Seconds
from leitmotor.music.time_of_day import time_of_day, time_of_day_text
from leitmotor.records import record

SMALLEST = (20, 6)
"""Columns and rows below which nothing sensible can be shown."""

MOST_ANSWERS = 8
"""So many cues are shown at most, however high the window is."""

_LABEL = 10


@record
class Lateness:
    """How much later than due events were sent: median, 99th percentile and worst, in seconds."""

    p50: Seconds
    p99: Seconds
    worst: Seconds


@record
class Frame:
    """All that is shown at one moment."""

    view: View | None = None
    answers: tuple[Answered, ...] = ()  # the newest last
    lateness: Lateness | None = None
    waiting: str = ""  # the sentence on the first cue, while it is waited for
    notices: tuple[str, ...] = ()
    help: tuple[str, ...] = ()
    entry: str | None = None  # the line being typed after `:`
    keys: str = ""  # the keys of the terminal, where there is room for them


def picture(frame: Frame, size: tuple[int, int]) -> tuple[str, ...]:
    """The lines of a frame: none wider than the columns, not more than the rows, of `size`.

    Where rows are short, older cues go first, then what is known of the music; the newest cue's
    answer and the line being typed go last.
    """
    columns, rows = max(size[0], SMALLEST[0]), max(size[1], SMALLEST[1])
    foot = _foot(frame, columns)[1 - rows :]
    newest = _answers(frame.answers[-1:], rows - len(foot) - 2, columns)
    reserved = len(newest) + 1 if newest else 0
    head = _head(frame, columns)[: rows - len(foot) - reserved]
    room = rows - len(foot) - len(head) - 1
    answers = _answers(frame.answers, room, columns) if reserved else []
    lines = [*head, *(("", *answers) if answers else ()), *foot]
    if frame.keys and len(lines) < rows:
        lines.append(frame.keys)
    return tuple(fitted(line, columns) for line in lines)


def _head(frame: Frame, columns: int) -> list[str]:
    view = frame.view
    if view is None:
        return ["starting …", *_wrapped("", frame.waiting.split(" "), columns, " ")]
    still = "" if view.playing else "   (nothing plays)"
    if view.stands:
        still = f"   (time stands: {view.stands})"
    place = f"bar {view.bar}  beat {beat_text(Fraction(int(view.beat)))}   {view.metre}"
    title = view.title or "untitled"
    lines = [f"{title}{_hour(view)}   {clock_text(view.seconds)}   {place}{still}"]
    if frame.waiting:
        lines += _wrapped("", frame.waiting.split(" "), columns, " ")
    return lines + _music(view, columns)


def _hour(view: View) -> str:
    """The time of day, to the minute, where the score looks at it."""
    if view.clock is None:
        return ""
    now = time_of_day(view.clock, view.seconds)
    return f"   {time_of_day_text(now - now % 60)} o'clock"


def _music(view: View, columns: int) -> list[str]:
    """What plays and who plays it, a labelled row each where there is something to say."""
    state = f"   state {view.state}" if view.state else ""
    chord = f"   chord {view.chord}" if view.chord else ""
    arcs = dict(view.arcs)
    present = [f"{who} ({arcs[who]})" if arcs.get(who) else who for who in view.present]
    return [
        *_wrapped("scene", [f"{view.scene}{state}"], columns),
        *_wrapped("key", [f"{view.key}{chord}   tempo {view.bpm:.4g}"], columns),
        *_wrapped("passage", [view.passage], columns),
        *_wrapped("motif", [view.lead], columns),
        *(line for role, players in view.players for line in _wrapped(role, [players], columns)),
        *_wrapped("present", present, columns, ", "),
        *_wrapped(
            "values", [f"{name} {value:.2f}" for name, value in view.parameters], columns, ", "
        ),
        *_wrapped("pending", view.pending, columns, ", "),
        *_wrapped("next GO", [view.next_cue], columns),
    ]


def _answers(answers: Sequence[Answered], room: int, columns: int) -> list[str]:
    """The newest cues that fit into so many rows, in the order in which they were fired."""
    lines: list[str] = []
    for answered in reversed(answers[-MOST_ANSWERS:]):
        when = clock_text(answered.seconds) if answered.seconds is not None else "later"
        block = [f"{when:>{_LABEL - 1}}  {answered.cue}"]
        for line in answered.lines:
            block += _wrapped("", line.split(" "), columns, " ")
        if lines and len(block) + len(lines) > room:
            break
        lines[:0] = block[: max(room, 0)]
    return lines


def _foot(frame: Frame, columns: int) -> list[str]:
    lines: list[str] = []
    if frame.lateness is not None and frame.view is not None:
        late = frame.lateness
        parts = [f"p50 {short_time_text(late.p50)}", f"p99 {short_time_text(late.p99)}"]
        parts += [f"max {short_time_text(late.worst)}", f"sounding {frame.view.sounding}"]
        lines += _wrapped("late by", parts, columns, "   ")
    for text in (*frame.help, *frame.notices):
        lines += _wrapped("", text.split(" "), columns, " ", 0)
    if frame.entry is not None:
        # The end of a long line is what is being typed.
        lines.append(f":{_tail(frame.entry, columns - 2)}_")
    return lines


def _wrapped(
    label: str, parts: Sequence[str], columns: int, joint: str = "", indent: int = _LABEL + 1
) -> list[str]:
    """A label and its parts on as many rows as they need, those after the first indented."""
    parts = [part for part in parts if part or not joint]
    if not any(parts):
        return []
    lines = [f"{label:<{indent}}" if indent else ""]
    for number, part in enumerate(parts):
        more = part if number == 0 else f"{joint}{part}"
        if number and width(lines[-1]) + width(more) > columns:
            lines[-1] = lines[-1] + joint.rstrip()
            lines.append(" " * indent + part)
        else:
            lines[-1] += more
    return lines


def width(text: str) -> int:
    """How many columns a text takes on a terminal."""
    return sum(_cells(character) for character in text)


def fitted(text: str, columns: int) -> str:
    """The text without control characters, cut to so many columns with … where it is longer."""
    clean = "".join(c if c.isprintable() else " " for c in text).rstrip()
    if width(clean) <= columns:
        return clean
    kept, used = [], 0
    for character in clean:
        used += _cells(character)
        if used > columns - 1:
            break
        kept.append(character)
    return "".join(kept) + "…"


def _tail(text: str, columns: int) -> str:
    while width(text) > columns:
        text = text[1:]
    return text


def _cells(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
