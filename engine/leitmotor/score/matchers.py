"""What a `when:` and a `while:` may say, as values; their texts are read in `matcher_text`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Osc:
    """`osc: /address`; `*` stands for one segment. `off` fires on 0 and false instead."""

    address: str
    off: bool = False


@dataclass(frozen=True, slots=True)
class Midi:
    """`midi: note 36 | cc 1 | program 5`, on `channel` 1-16 or any (0)."""

    kind: str
    number: int
    channel: int = 0


@dataclass(frozen=True, slots=True)
class Press:
    """`press: b`: a key of the operator's keyboard."""

    key: str


@dataclass(frozen=True, slots=True)
class Timecode:
    """`timecode: "hh:mm:ss:ff"`."""

    text: str


@dataclass(frozen=True, slots=True)
class Clock:
    """`clock: 18:00`: a time of day, in seconds since midnight."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Every:
    """`every: 20 min`."""

    seconds: float


@dataclass(frozen=True, slots=True)
class EventNamed:
    """`event: name` with `where:` equal fields."""

    name: str
    where: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class MarkerPassed:
    """`marker: x`."""

    marker: str


@dataclass(frozen=True, slots=True)
class SceneEntered:
    """`scene: x`."""

    scene: str


@dataclass(frozen=True, slots=True)
class Threshold:
    """`PARAM above: x` or `PARAM below: x`, with `for: T` in seconds."""

    parameter: str
    above: bool
    value: float
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class DialogueTurn:
    """`dialogue: starts|ends`."""

    starts: bool


@dataclass(frozen=True, slots=True)
class AllOf:
    """All of these, true or arrived within two seconds."""

    parts: tuple[Matcher, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Any of these."""

    parts: tuple[Matcher, ...]


Matcher: TypeAlias = (
    Osc
    | Midi
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


@dataclass(frozen=True, slots=True)
class InScene:
    """`while: scene X`."""

    scene: str


@dataclass(frozen=True, slots=True)
class InState:
    """`while: state S`."""

    state: str


@dataclass(frozen=True, slots=True)
class InHours:
    """`while: clock 10:00..18:00`, in seconds since midnight."""

    start: int
    end: int


Condition: TypeAlias = InScene | InState | InHours

# Matchers that this release reads and checks but does not match yet (language rule 10).
NOT_YET_MATCHED: dict[type, str] = {
    Osc: "osc",
    Midi: "midi",
    Timecode: "timecode",
    Clock: "clock",
    Every: "every",
    Threshold: "above/below",
    DialogueTurn: "dialogue",
}
