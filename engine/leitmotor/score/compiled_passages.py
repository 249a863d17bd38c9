"""Written-out music for several parts, ready to be performed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from leitmotor.music.length import Length
from leitmotor.music.metre import Metre
from leitmotor.music.scale import Key
from leitmotor.music.time import Ticks
from leitmotor.records import record
from leitmotor.score.choice import Choice
from leitmotor.score.verbs import Entry


@record
class Part:
    """One part of a passage: a motif of its own, a figure, or (neither) a rest.

    `role` is the role it plays; a part that an instrument is named for has the instrument's name.
    """

    role: str
    instrument: str = ""
    motif: str = ""
    figure: str = ""


@record
class PassageEvent:
    """Verbs at a place of a passage, in ticks from its first full bar."""

    place: Ticks
    entries: tuple[Entry, ...]
    label: str  # as written: "bar 4", or a mark


@record
class Passage:
    """A passage; None and empty where it leaves alone what is in force."""

    name: str
    length: Ticks  # from its first full bar
    pickup: Ticks
    parts: tuple[Part, ...]
    metre: Metre | None = None
    key: Key | None = None
    tempo: float | None = None
    progression: Choice[str] | None = None
    phrase: Length | None = None
    marks: Mapping[str, Ticks] = field(default_factory=dict)
    at: tuple[PassageEvent, ...] = ()
    again: bool = False  # `then: again`
    then: tuple[Entry, ...] = ()

    @property
    def figures(self) -> Mapping[str, str]:
        """What each role plays round and round; empty for parts that are written out."""
        return {part.role: f"figure {part.figure}" if part.figure else "" for part in self.parts}
