"""Plays a score with a script and asks what was heard: the shortest way from a rule to its test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from leitmotor.messages import (
    Attack,
    BarLine,
    Change,
    Control,
    Cue,
    Do,
    Effect,
    Event,
    Position,
    Release,
    Reply,
)
from leitmotor.music.time import Seconds
from leitmotor.perform.performance import Performance, Start
from leitmotor.score.compiled import CompiledScore

Scripted: TypeAlias = tuple[Seconds | Position, Cue | str]
"""A place and a cue; a text is verbs as typed."""

E = TypeVar("E")

_DIGITS = 6  # a microsecond: far below what is heard, far above what floats lose


@dataclass(frozen=True, slots=True)
class Heard:
    """What came out of a performance, and questions about it."""

    events: tuple[Event, ...]

    def of(self, kind: type[E]) -> list[E]:
        """The events of one kind."""
        return [event for event in self.events if isinstance(event, kind)]

    def attacks(self, role: str = "", instrument: str = "", motif: str = "") -> list[Attack]:
        """The attacks of a role, an instrument or a motif; of all where none is named."""
        return [
            each
            for each in self.of(Attack)
            if role in ("", each.voice.role)
            and instrument in ("", each.voice.instrument)
            and motif in ("", each.cause.motif)
        ]

    def notes(self, role: str = "", instrument: str = "", motif: str = "") -> str:
        """Seconds and pitch of these attacks: "0 C4, 1 D4"."""
        return ", ".join(
            f"{shown(each.seconds)} {each.spelling}"
            for each in self.attacks(role, instrument, motif)
        )

    def times(self, role: str = "", instrument: str = "", motif: str = "") -> list[Seconds]:
        """When these attacks are, chords once."""
        seconds = (round(each.seconds, _DIGITS) for each in self.attacks(role, instrument, motif))
        return list(dict.fromkeys(seconds))

    def spans(self, role: str = "", instrument: str = "") -> list[tuple[Seconds, Seconds, str]]:
        """(from, to, pitch) of every note that was begun and released."""
        begun = {each.note: each for each in self.attacks(role, instrument)}
        return [
            (
                round(begun[end.note].seconds, _DIGITS),
                round(end.seconds, _DIGITS),
                end.spelling,
            )
            for end in self.of(Release)
            if end.note in begun
        ]

    def bars(self) -> list[tuple[int, Seconds]]:
        """Number and time of every bar line."""
        return [(each.bar.number, round(each.seconds, _DIGITS)) for each in self.of(BarLine)]

    def changes(self, what: str) -> list[tuple[Seconds, str]]:
        """When a thing took which value."""
        return [
            (round(each.seconds, _DIGITS), each.value)
            for each in self.of(Change)
            if each.what == what
        ]

    def controls(self, controller: int, instrument: str) -> list[tuple[Seconds, int]]:
        """What an instrument's controller was told, and when."""
        told = [
            (round(each.seconds, _DIGITS), each.value)
            for each in self.of(Control)
            if each.controller == controller and each.voice.instrument == instrument
        ]
        return list(dict.fromkeys(told))  # it may have a channel for each of several roles

    def effects(self, what: str) -> list[Effect]:
        """The binding effects of a verb as written."""
        return [
            effect for reply in self.of(Reply) for effect in reply.effects if effect.what == what
        ]

    def told(self, cue: str) -> list[str]:
        """Reasons and rules of every binding answer to a cue."""
        return [
            "; ".join([*(f"{e.outcome.value}: {e.rule}" for e in reply.effects), reply.reason])
            for reply in self.of(Reply)
            if reply.cue == cue
        ]


def shown(seconds: Seconds) -> str:
    """Seconds without needless digits: "0", "1.5"."""
    return f"{round(seconds, 3):g}"


def prepared(score: CompiledScore, *script: Scripted, start: Start = Start.AT_ONCE) -> Performance:
    """A performance that has received a script."""
    performance = Performance(score, start=start)
    for at, cue in script:
        performance.receive(Do(cue) if isinstance(cue, str) else cue, at)
    return performance


def hear(
    score: CompiledScore,
    *script: Scripted,
    until: Seconds = 16.0,
    start: Start = Start.AT_ONCE,
) -> Heard:
    """Perform a score with a script up to `until` seconds; what still sounds then stays."""
    return Heard(tuple(prepared(score, *script, start=start).advance(until)))
