"""Rehearsal from any place: `--from SCENE|CUE|BAR|TIME` (S34)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from leitmotor.errors import CueError
from leitmotor.messages import BarLine, Change, Cue, Do, Event, Fire
from leitmotor.music.time import Seconds
from leitmotor.perform.performance import Start
from leitmotor.run.ending import ending_of, instants
from leitmotor.run.plan import PlayPlan, Waits
from leitmotor.score.compiled import CompiledScore
from leitmotor.score.nearest import did_you_mean
from leitmotor.score.units import parse_clock_position

_BAR = re.compile(r"(?:(?P<scene>.*\S)\s+)?bar\s+(?P<bar>[1-9][0-9]{0,5})")


class Placed(NamedTuple):
    """A plan that begins at the place asked for. `sentence` tells where that is."""

    plan: PlayPlan
    sentence: str


class _Place(NamedTuple):
    """Where to: a scene or a cue, or neither; and a bar, counted from there, or none."""

    scene: str = ""
    cue: str = ""
    bar: int = 0


def placed(plan: PlayPlan, text: str) -> Placed:
    """The plan that starts to sound at `text`: a scene, a cue, `bar 33`, `SCENE bar 5` or a time.

    A scene is its first entry by the script, by its `at`, or by itself; one that nothing enters is
    gone to directly, at second 0, and so with a cue. `CueError` for what names no place.

    Any thread; never waits on anything, but takes as long as a render to that place does.
    """
    wanted = text.strip()
    plan = replace(plan, waits=Waits.NO)
    place = _place(wanted, plan.score)
    if place is None:
        begin = _seconds(wanted, plan.score)
        _refuse_past_the_end(plan, begin)
        return Placed(replace(plan, begin=begin), f"from {begin:.3f} s")
    if plan.start is Start.ON_CUE and not plan.script:
        # Without a script the place has to be reached as if the music had begun at once.
        plan = replace(plan, start=Start.AT_ONCE)
    found = _found(plan, place)
    if found is not None:
        return Placed(replace(plan, begin=found), f"from {wanted}, at {found:.3f} s")
    return _direct(plan, place, wanted)


# --------------------------------------------------------------------------------------------------
# What the text means


def _place(text: str, score: CompiledScore) -> _Place | None:
    """The place that a text names; None where it is a time."""
    scenes = {scene.name for scene in score.scenes}
    cues = {rule.name for rule in score.cues} | {rule.number for rule in score.cues if rule.number}
    if text in scenes:
        return _Place(scene=text)
    bar = _BAR.fullmatch(text)
    if bar is not None and (bar["scene"] is None or bar["scene"] in scenes):
        return _Place(scene=bar["scene"] or "", bar=int(bar["bar"]))
    if text in cues:
        rule = next((r for r in score.cues if r.name == text), None)
        named = rule or next(r for r in score.cues if r.number == text)
        # A bare number may be a second as well as a cue's number: the time is meant.
        if rule is not None or not re.fullmatch(r"[0-9]+(\.[0-9]+)?", text):
            return _Place(cue=named.name)
    if text[:1].isdigit():
        return None
    name = bar["scene"] if bar is not None else text
    raise CueError(
        f"there is no scene and no cue `{name}` to begin at{did_you_mean(name, scenes | cues)};"
        " or write `bar 33`, `SCENE bar 5`, `00:01:10` or seconds"
    )


def _seconds(text: str, score: CompiledScore) -> Seconds:
    defaults = score.defaults
    try:
        return parse_clock_position(text, defaults.frame_rate, defaults.timecode_starts)
    except ValueError as error:
        raise CueError(f"`{text}` is no place to begin at: {error}") from error


# --------------------------------------------------------------------------------------------------
# Where that is


def _refuse_past_the_end(plan: PlayPlan, begin: Seconds) -> None:
    """`CueError` where nothing plays any more. A round without a script goes on, and has no end."""
    performance = plan.performance()
    end = ending_of(performance, bool(plan.script), lambda _at: None).seconds
    if performance.begun and performance.idle and begin >= end:
        raise CueError(f"the piece ends at {_clock(end)}; begin earlier")


def _clock(seconds: Seconds) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02}"


def _found(plan: PlayPlan, place: _Place) -> Seconds | None:
    """When the place first comes; None where the performance ends before."""
    scripted = bool(plan.script)
    end = ending_of(plan.performance(), scripted, lambda _at: None).seconds
    if plan.until is not None:
        end = min(end, plan.until)
    reached = _seeker(place)
    for at, events in instants(plan.performance()):
        if at >= end:
            return None
        places = [reached(event) for event in events]  # each is asked: it counts
        if any(places):
            return at
    return None


def _seeker(place: _Place) -> Callable[[Event], bool]:
    """Says of one event after the other whether it is the place."""
    if place.cue:
        return lambda event: _is(event, "cue", place.cue)
    if not place.bar:
        return lambda event: _is(event, "scene", place.scene)
    first = [0 if place.scene else 1]  # the bar counted from; 0 while the scene is to come

    def is_bar(event: Event) -> bool:
        if place.scene and not first[0] and _is(event, "scene", place.scene):
            first[0] = event.bar.number
            return place.bar == 1
        wanted = first[0] + place.bar - 1
        return isinstance(event, BarLine) and bool(first[0]) and event.bar.number == wanted

    return is_bar


def _is(event: Event, what: str, value: str) -> bool:
    return isinstance(event, Change) and event.what == what and event.value == value


def _direct(plan: PlayPlan, place: _Place, wanted: str) -> Placed:
    """Go where nothing leads."""
    if not place.scene and not place.cue:
        raise CueError(f"the performance ends before {wanted}; begin earlier")
    cue: Cue = Fire(place.cue) if place.cue else Do(f"go {place.scene}")
    there = replace(plan, start=Start.ON_CUE, script=(*plan.script, (0.0, cue)))
    begin: Seconds | None = 0.0
    if place.bar:
        begin = _found(there, place)
        if begin is None:
            raise CueError(f"the performance ends before {wanted}; begin earlier")
    why = f"nothing fires the cue {place.cue}" if place.cue else f"nothing enters {place.scene}"
    return Placed(replace(there, begin=begin or 0.0), f"{why}: gone to directly, at 0 s")
