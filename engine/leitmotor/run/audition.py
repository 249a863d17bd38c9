"""An audition: things of a score, one after the other, as one performance with announcements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from leitmotor.errors import CueError
from leitmotor.messages import Attack, BarLine, Change, Do, Event
from leitmotor.music.time import Seconds
from leitmotor.perform.performance import Performance
from leitmotor.records import record
from leitmotor.run.audition_scenes import AuditionScene, Until, audition_scene
from leitmotor.run.audition_score import AHEAD, Programme
from leitmotor.run.ending import instants
from leitmotor.run.plan import Script
from leitmotor.run.repertoire import Kind, Subject
from leitmotor.score.compiled import CompiledScore

TAIL: Seconds = 0.8
"""What rings on after the last thing."""


@record
class Item:
    """One thing that is heard: `players` play it from `begins`; it is over at `ends`."""

    number: int
    label: str
    palette: str
    players: tuple[str, ...]
    begins: Seconds
    ends: Seconds


@record
class Audition:
    """A score whose scenes are the things to be heard, and the script that leads through them.

    `left_out` says what nobody would play.
    """

    score: CompiledScore
    script: Script
    items: tuple[Item, ...]
    left_out: tuple[str, ...] = ()


def audition(
    score: CompiledScore,
    subjects: Sequence[Subject],
    palettes: Sequence[str] = (),
    times: int = 1,
) -> Audition:
    """Each subject after the other, in each of `palettes` in turn, else as it is at home.

    Motifs and figures are heard `times` times. Pure: performs silently to learn where each begins,
    ends and who plays it. `CueError` where nobody would play any of it.
    """
    wanted: list[tuple[Subject, AuditionScene]] = []
    left_out: list[str] = []
    for subject in subjects:
        shows_itself = subject.kind in (Kind.ROLE, Kind.TOGETHER)
        for palette in ("",) if shows_itself else palettes or ("",):
            scene = audition_scene(score, subject, palette, times)
            uncast = _uncast(score, scene)
            if uncast:
                left_out.append(f"{subject.label} in {palette}: {uncast}")
            else:
                wanted.append((subject, scene))
    if not wanted:
        raise CueError(f"nobody would play: {'; '.join(left_out)}")
    programme = Programme(score)
    for subject, scene in wanted:
        programme.add(subject, scene)
    return _performed(programme, tuple(left_out))


def _uncast(score: CompiledScore, scene: AuditionScene) -> str:
    """Why nobody would play it in its palette; empty where somebody would."""
    palette = score.palettes.get(scene.palette)
    missing = [role for role in scene.roles if palette is not None and role not in palette.roles]
    if not missing or len(missing) < len(scene.roles):
        return ""
    return f"{scene.palette} has no {' and no '.join(missing)}"


# --------------------------------------------------------------------------------------------------
# Where each thing begins and ends


def _performed(programme: Programme, left_out: tuple[str, ...]) -> Audition:
    score = programme.compiled()
    performance = Performance(score)
    script: list[tuple[Seconds, Do]] = []
    items: list[Item] = []

    def fire(at: Seconds, text: str, to: Performance) -> None:
        script.append((at, Do(text)))
        to.receive(Do(text), at)

    rows = zip(programme.subjects, programme.wanted, programme.rests, strict=True)
    for number, (subject, scene, rests) in enumerate(rows, start=1):
        begin = performance.emitted
        if rests:
            fire(begin + AHEAD, "go next at next bar", performance)
        mark = performance.snapshot()
        if scene.stinger:
            entered = _Watch(scene).entry(_again(score, mark))
            fire(entered + AHEAD, f"stinger {scene.stinger} at next bar", performance)
            mark = performance.snapshot()
        watch = _Watch(scene)
        end = watch.end(_again(score, mark))
        performance.advance(end)
        fire(end, "go next at now", performance)
        begins = begin if watch.begins is None else watch.begins
        items.append(Item(number, subject.label, scene.palette, watch.players, begins, end))
    script.append((items[-1].ends + TAIL, Do("stop at now")))
    return Audition(score, tuple(script), tuple(items), left_out)


def _again(score: CompiledScore, mark: Mapping[str, Any]) -> Performance:
    return Performance.restore(score, mark)


class _Watch:
    """Follows one thing to its end, and remembers who played it."""

    def __init__(self, scene: AuditionScene) -> None:
        self._scene = scene
        self._players: dict[str, None] = {}
        self.begins: Seconds | None = None

    @property
    def players(self) -> tuple[str, ...]:
        """Who was heard, in the order of their first notes."""
        return tuple(self._players)

    def entry(self, performance: Performance) -> Seconds:
        """Where its scene is entered."""
        for at, events in instants(performance):
            if _entered(events):
                return at
        return performance.emitted

    def end(self, performance: Performance) -> Seconds:
        """Where it is over."""
        plan = bars = -1
        for at, events in instants(performance):
            if bars >= 0 and self._is_over(events, performance.lead_plan != plan, bars):
                return at
            self._hear(events)
            if _entered(events):
                plan, bars = performance.lead_plan, 0
            elif bars >= 0:
                bars += any(isinstance(event, BarLine) for event in events)
        return performance.emitted

    def _is_over(self, events: Sequence[Event], has_passed_on: bool, bars: int) -> bool:
        if self._scene.until is Until.STATED:
            return has_passed_on
        if self._scene.until is Until.WRITTEN_OUT:
            return any(
                isinstance(event, Change) and event.what == "passage" and not event.value
                for event in events
            )
        begins = any(isinstance(event, BarLine) for event in events)
        return begins and bars + 1 >= self._scene.bars

    def _hear(self, events: Sequence[Event]) -> None:
        for event in events:
            if isinstance(event, Attack):
                self._players[event.voice.instrument] = None
                if self.begins is None:
                    self.begins = event.seconds


def _entered(events: Sequence[Event]) -> bool:
    """Whether the scene of the thing is entered; a rest is no such scene."""
    return any(
        isinstance(event, Change) and event.what == "scene" and event.value[0].isdecimal()
        for event in events
    )
