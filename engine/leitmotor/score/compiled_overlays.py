"""What is laid over the running music: stingers, and silences of a chosen length."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from leitmotor.music.length import Boundary, Length
from leitmotor.music.time import Seconds
from leitmotor.records import record
from leitmotor.score.verbs import Entry, Rotation

if TYPE_CHECKING:
    from leitmotor.score.compiled import Motif

STINGER_ROLE = "stinger"
"""The role that stingers are played in: beside all others, and in nobody's layers."""

_KEY = "stinger\n"


@record
class Stinger:
    """A short gesture on top of the running music. Its `motif` holds notes, fit and pickup."""

    name: str
    motif: Motif
    with_: tuple[str, ...] = ()  # instruments and roles; without any, whoever plays the lead
    at: Boundary | None = None
    wait_at_most: Length | None = None
    cooldown: Seconds = 0.0
    duck: float = 0.0  # dB, 0 or below
    then: tuple[Entry, ...] | Rotation = ()


@record
class SilencePlan:
    """A silence: at least `shortest` and at most `longest`, or without end until a cue."""

    name: str
    shortest: Length | None = None
    longest: Length | None = None
    until: str = ""  # "cue" is any; else the name of one
    tails: bool = False  # what sounds may end by itself
    room_tone: bool = False
    back: int | None = None  # the dynamic in which the music returns
    stop_time: bool = False


ANY_CUE = "cue"
"""`until: cue`: whichever is fired first."""


def stinger_key(name: str) -> str:
    """The name under which statements know a stinger's notes: one that no motif can have."""
    return _KEY + name


def players_of(
    stinger: Stinger, instruments: Iterable[str], of_role: Callable[[str], Iterable[str]]
) -> tuple[str, ...]:
    """The instruments of a stinger, with roles (of the score's palettes) read as their players."""
    found: dict[str, None] = {}
    known = set(instruments)
    for name in stinger.with_ or ("lead",):
        found.update(dict.fromkeys((name,) if name in known else of_role(name)))
    return tuple(found)
