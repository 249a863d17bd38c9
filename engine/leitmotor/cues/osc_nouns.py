"""The addresses that drive any score without a `when:` of its own: `/scene/quay/go`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from types import MappingProxyType
from typing import TypeAlias

from leitmotor.addresses import is_release
from leitmotor.cues.nouns import Fields, Nouns
from leitmotor.cues.osc_packet import Message
from leitmotor.errors import CueError
from leitmotor.messages import Cue

FORMS = (
    "/cue/NAME/go",
    "/scene/ID/go",
    "/state/NAME/go",
    "/character/NAME/arc S",
    "/parameter/NAME x",
    "/tempo x",
    "/go",
    "/panic",
    "/stop",
)
"""All of them, for people."""

Values: TypeAlias = tuple[float | str, ...]


class Unheard(Enum):
    """Why a message is no cue, though nothing is wrong with it."""

    NO_NOUN = "its address is none of these"
    RELEASE = "a button was let go"


def cue_of(message: Message, nouns: Nouns) -> Cue | Unheard:
    """The cue that a message means by its address; `CueError` where a name or value is wrong."""
    first, *rest = message.address[1:].split("/")
    values = message.values
    match rest:
        case [] if first in _PLAIN:
            return Unheard.RELEASE if is_release(values) else _PLAIN[first](nouns)
        case [] if first == "tempo":
            return nouns.tempo(_number(message))
        case [name, "go"] if first == "cue":
            return Unheard.RELEASE if is_release(values) else nouns.cue(name, _fields(values))
        case [name, "go"] if first in _GOING:
            return Unheard.RELEASE if is_release(values) else _GOING[first](nouns, name)
        case [name, "arc"] if first == "character":
            return nouns.arc(name, _text(message))
        case [name] if first == "parameter":
            return nouns.parameter(name, _number(message))
    return Unheard.NO_NOUN


_PLAIN: Mapping[str, Callable[[Nouns], Cue]] = MappingProxyType(
    {"go": Nouns.go, "panic": Nouns.panic, "stop": Nouns.stop}
)
_GOING: Mapping[str, Callable[[Nouns, str], Cue]] = MappingProxyType(
    {"scene": Nouns.scene, "state": Nouns.state}
)


def _fields(values: Values) -> Fields:
    """`who=mara` among the values is a field; a number is how hard a button was pressed."""
    pairs = (value.partition("=") for value in values if isinstance(value, str))
    return tuple((key.strip(), text.strip()) for key, sign, text in pairs if sign)


def _number(message: Message) -> float:
    match message.values:
        case (float(value),):
            return value
    raise CueError(f"one number belongs to it, such as 0.5, not {_said(message.values)}")


def _text(message: Message) -> str:
    match message.values:
        case (str(text),) if text.strip():
            return text.strip()
    raise CueError(f"the name of a state, or next, belongs to it, not {_said(message.values)}")


def _said(values: Values) -> str:
    return ", ".join(f"{v:g}" if isinstance(v, float) else f'"{v}"' for v in values) or "nothing"
