"""What a `when:` and a `while:` may say, as values; their texts are read in `matcher_text`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from leitmotor.records import record


@record
class Osc:
    """`osc: /address`; `*` stands for one segment. `off` fires on 0 and false instead."""

    address: str
    off: bool = False


@record
class Midi:
    """`midi: note 36 | cc 1 | program 5`, on `channel` 1-16 or any (0)."""

    kind: str
    number: int
    channel: int = 0


@record
class Mmc:
    """`midi: mmc play`: a command of MIDI machine control, from any device."""

    word: str


@record
class Press:
    """`press: b`: a key of the operator's keyboard."""

    key: str


@record
class Timecode:
    """`timecode: "hh:mm:ss:ff"`."""

    text: str


@record
class Clock:
    """`clock: 18:00`: a time of day, in seconds since midnight."""

    seconds: int


@record
class Every:
    """`every: 20 min`."""

    seconds: float


@record
class EventNamed:
    """`event: name` with `where:` equal fields."""

    name: str
    where: tuple[tuple[str, str], ...] = ()


@record
class MarkerPassed:
    """`marker: x`."""

    marker: str


@record
class SceneEntered:
    """`scene: x`."""

    scene: str


@record
class Threshold:
    """`PARAM above: x` or `PARAM below: x`, with `for: T` in seconds."""

    parameter: str
    above: bool
    value: float
    seconds: float = 0.0


@record
class DialogueTurn:
    """`dialogue: starts|ends`."""

    starts: bool


@record
class AllOf:
    """All of these, true or arrived within two seconds."""

    parts: tuple[Matcher, ...]


@record
class AnyOf:
    """Any of these."""

    parts: tuple[Matcher, ...]


Matcher: TypeAlias = (
    Osc
    | Midi
    | Mmc
    | Press
    | Timecode
    | Clock
    | Every
    | EventNamed
    | MarkerPassed
    | SceneEntered
    | Threshold
    | DialogueTurn
    | AllOf
    | AnyOf
)


def leaves(matchers: Iterable[Matcher]) -> Iterator[Matcher]:
    """Every single matcher, those inside `all of` and `any of` included."""
    for matcher in matchers:
        if isinstance(matcher, (AllOf, AnyOf)):
            yield from leaves(matcher.parts)
        else:
            yield matcher


def alternatives(matchers: Iterable[Matcher]) -> Iterator[Matcher]:
    """Every matcher that suffices alone: those inside `any of` included."""
    for matcher in matchers:
        if isinstance(matcher, AnyOf):
            yield from alternatives(matcher.parts)
        else:
            yield matcher


@record
class InScene:
    """`while: scene X`."""

    scene: str


@record
class InState:
    """`while: state S`."""

    state: str


@record
class InHours:
    """`while: clock 10:00..18:00`, in seconds since midnight."""

    start: int
    end: int


Condition: TypeAlias = InScene | InState | InHours

# Matchers that this release reads and checks but does not match yet (language rule 10).
NOT_YET_MATCHED: dict[type, str] = {
    DialogueTurn: "dialogue",
}
