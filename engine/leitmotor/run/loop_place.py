"""From the text after `--loop` to the bars that are played over and over (S34)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from math import inf, nextafter
from typing import NamedTuple

from leitmotor.errors import CueError
from leitmotor.messages import BarLine, Change, Do
from leitmotor.music.time import Seconds
from leitmotor.perform.performance import Start
from leitmotor.run.ending import ending_of, instants
from leitmotor.run.loop import Loop
from leitmotor.run.plan import PlayPlan
from leitmotor.run.rehearse import Placed, placed
from leitmotor.score.compiled import CompiledScore
from leitmotor.score.nearest import did_you_mean

FORMS = "write bars as in 5..8, `SCENE 5..8` counted from a scene, or `5..8 4 times` to end then"
_TIMES = re.compile(r"(?P<bars>.*\S)\s+(?P<times>[0-9]{1,5})\s+times?")
_BARS = re.compile(
    r"(?P<scene>.*?)\s*(?:\bbars?\s+)?(?P<first>[0-9]{1,6})\s*\.\.\s*(?P<last>[0-9]{1,6})"
)


class _Wanted(NamedTuple):
    scene: str
    first: int
    last: int
    times: int


def looped(plan: PlayPlan, text: str, begin: str | None = None) -> Placed:
    """The plan that plays the bars `text` over and over: `5..8`, `wood 2..3`, `5..8 4 times`.

    It begins with the first of them, or at the place `begin` inside. Bars are those of the
    performance from its beginning, with its script; a scene that nothing enters is gone to
    directly. `CueError` for what names no bars, and for bars that do not come.

    Any thread; never waits on anything, but takes as long as a render of the whole does.
    """
    wanted = _read(text, plan.score)
    # Where it begins settles as well how the performance begins, with or without a script.
    start = placed(plan, begin if begin is not None else "bar 1")
    found = _found(start.plan, wanted)
    if found is None and wanted.scene:
        go = replace(
            start.plan,
            start=Start.ON_CUE,
            script=(*start.plan.script, (0.0, Do(f"go {wanted.scene}"))),
        )
        start = start._replace(plan=go)
        found = _found(go, wanted)
    if found is None:
        raise CueError(f"--loop {text.strip()}: the scene {wanted.scene} is never entered")
    loop, end = found
    at = loop.begin
    if begin is not None:
        at = start.plan.begin
        if not loop.begin <= at < end:
            raise CueError(
                f"--from {begin} lies outside of the loop, which is {loop.begin:.3f} s to"
                f" {end:.3f} s; leave --from out, or begin inside of it"
            )
    often = f"{loop.times} times" if loop.times else "over and over"
    bars = f"bars {loop.first} to {loop.last}" if loop.first < loop.last else f"bar {loop.first}"
    return Placed(
        replace(start.plan, begin=at, loop=loop), f"{bars}, {often}, from {loop.begin:.3f} s"
    )


def _read(text: str, score: CompiledScore) -> _Wanted:
    wanted = text.strip()
    times = _TIMES.fullmatch(wanted)
    bars = _BARS.fullmatch(times["bars"] if times is not None else wanted)
    if bars is None:
        raise CueError(f"--loop: `{wanted}` names no bars; {FORMS}")
    scenes = {scene.name for scene in score.scenes}
    if bars["scene"] and bars["scene"] not in scenes:
        near = did_you_mean(bars["scene"], scenes)
        raise CueError(f"--loop: there is no scene `{bars['scene']}`{near}; {FORMS}")
    first, last = int(bars["first"]), int(bars["last"])
    if first < 1:
        raise CueError(f"--loop: bars are counted from 1, so there is no bar {first}; {FORMS}")
    if last < first:
        raise CueError(
            f"--loop: {first}..{last} ends before it begins; write {last}..{first} for these bars"
        )
    if times is not None and int(times["times"]) < 1:
        raise CueError("--loop: 0 times is not at all; write 1 times or more, or leave it out")
    return _Wanted(bars["scene"], first, last, int(times["times"]) if times is not None else 0)


@dataclass(slots=True)
class _Survey:
    """Where each bar begins, and with which bar each scene was first entered."""

    bars: dict[int, Seconds] = field(default_factory=dict)
    scenes: dict[str, int] = field(default_factory=dict)

    def take(self, at: Seconds, events: Iterable[object]) -> None:
        for event in events:
            if isinstance(event, BarLine):
                self.bars.setdefault(event.bar.number, at)
            elif isinstance(event, Change) and event.what == "scene":
                self.scenes.setdefault(event.value, event.bar.number)


def _surveyed(plan: PlayPlan, last: int) -> _Survey:
    """The performance up to its end, or to a bar after `last`."""
    end = ending_of(plan.performance(), bool(plan.script), lambda _at: None).seconds
    survey = _Survey()
    for at, events in instants(plan.performance()):
        if nextafter(at, inf) >= end:  # a bar that begins with the end has no length
            break
        survey.take(at, events)
        if last and last + 1 in survey.bars:
            break
    return survey


def _found(plan: PlayPlan, wanted: _Wanted) -> tuple[Loop, Seconds] | None:
    """The loop and where it ends for the first time; None where its scene is never entered."""
    survey = _surveyed(plan, 0 if wanted.scene else wanted.last)
    entered = survey.scenes.get(wanted.scene, 0) if wanted.scene else 1
    if not entered:
        return None
    first, last = entered + wanted.first - 1, entered + wanted.last - 1
    there = max(survey.bars, default=0) - entered + 1
    if last not in survey.bars:
        inside = f" from the entry of {wanted.scene}" if wanted.scene else ""
        raise CueError(
            f"--loop {wanted.first}..{wanted.last}: the performance ends after {there} bars"
            f"{inside}; choose bars up to {there}"
        )
    loop = Loop(first, last, survey.bars[first], wanted.times)
    return loop, survey.bars.get(last + 1, inf)
