"""The two alphabets at the core's border: a `Cue` goes in, an `Event` comes out.

Everything here is a frozen, printable, comparable value. Events are named tuples, not dataclasses:
the performer makes tens of thousands of them a second, and a named tuple costs a third of a frozen
dataclass to build (docs/performance.md).
"""

from __future__ import annotations

from dataclasses import field
from enum import Enum
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from leitmotor.music.time import Seconds, Ticks
from leitmotor.records import record

# --------------------------------------------------------------------------------------------------
# In: cues, and the places in time at which they act


@record
class Fire:
    """A cue by its name, its `number`, or `GO` (the next listed cue)."""

    name: str
    fields: tuple[tuple[str, str], ...] = ()


@record
class Do:
    """Verbs typed by hand or written in a cue script, in the words of the score language."""

    text: str


@record
class Set:
    """An input for a parameter."""

    parameter: str
    value: float


@record
class Observation:
    """What a source saw on its wire, knowing nothing of the score (S35).

    `kind` is the wire's word (`press`, `event`, `osc`, …), `address` what was touched, `values` its
    arguments, `fields` named ones.
    """

    kind: str
    address: str
    values: tuple[float | str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    source: str = ""


Cue: TypeAlias = Fire | Do | Set | Observation

GO = Fire("GO")


@record
class AtBar:
    """Bar and beat counted as people count, from 1; `beat` may be broken (2.5)."""

    bar: int
    beat: Fraction = Fraction(1)


@record
class AfterPrevious:
    """So much after the cue that was received just before this one has acted."""

    amount: Fraction
    unit: str  # "bars", "beats" or "seconds"


@record
class AtSceneBar:
    """Bar `bar` (from 1) counted from the next entry of `scene`."""

    scene: str
    bar: int
    beat: Fraction = Fraction(1)


Position: TypeAlias = AtBar | AfterPrevious | AtSceneBar


# --------------------------------------------------------------------------------------------------
# Out: answers


class Outcome(Enum):
    """What became of one effect of a cue."""

    PLANNED = "planned"  # will happen at the place named
    DONE = "done"  # has happened at the place named
    REFUSED = "refused"
    SUPERSEDED = "superseded"  # a later request for the same thing took its place
    EXPIRED = "expired"  # its time ran out before its boundary came
    CANCELLED = "cancelled"


class Effect(NamedTuple):
    """One thing that a cue changes: what, where, and by which rule; or why not."""

    what: str  # the verb as written
    outcome: Outcome
    tick: Ticks
    seconds: Seconds
    bar: int
    beat: Fraction
    rule: str  # the boundary and where it comes from, or the reason of a refusal


@record
class Answer:
    """What a cue will do and when; `provisional` while its own time has not come yet (S2)."""

    receipt: int
    cue: Cue
    at: Seconds | None  # None while its place in seconds is not known yet
    provisional: bool
    effects: tuple[Effect, ...] = ()
    reason: str = ""  # why nothing happens, or what was adjusted

    @property
    def accepted(self) -> bool:
        """Whether anything of the cue takes effect."""
        return self.provisional or any(e.outcome is not Outcome.REFUSED for e in self.effects)


# --------------------------------------------------------------------------------------------------
# Out: events


class Bar(NamedTuple):
    """The bar that an event stands in; positions are read against it."""

    number: int
    start: Ticks
    length: Ticks
    beat: Ticks  # one beat of its metre (S4)
    metre: str  # as written: "4/4", "7/8 (2+2+3)"

    def place(self, tick: Ticks) -> tuple[int, Fraction]:
        """Bar number and beat (from 1) of `tick`."""
        return self.number, 1 + Fraction(tick - self.start, self.beat)


class Cause(NamedTuple):
    """Why an event happened."""

    rule: str  # "rotation", "bed", "cue", "figure", …
    cue: str = ""
    scene: str = ""
    state: str = ""
    character: str = ""
    arc: str = ""  # the motif state it is played in
    motif: str = ""  # or the figure
    operations: tuple[str, ...] = ()


class Voice(NamedTuple):
    """One line into an output: an instrument in a role, on a channel of its own (S15).

    `channel` counts from 0, as on the wire; `program` and `bank` as well.
    """

    instrument: str
    role: str
    out: str  # the rig's output; "" is the default one
    channel: int
    program: int
    bank: int


class Attack(NamedTuple):
    """A note begins. `length` is the planned length in ticks, 0 where it is held until released."""

    tick: Ticks
    seconds: Seconds
    bar: Bar
    note: int  # the same number in its Release
    voice: Voice
    pitch: int
    spelling: str  # "Eb4"
    velocity: int
    length: Ticks
    written: int  # the number of the note in its motif, from 0; -1 where it has none
    cause: Cause
    touch: str = ""  # how it is to be played: legato, staccato, …; empty is normal


class Release(NamedTuple):
    """A note ends, on the pitch, channel and output it was sent to. `length` is the real length."""

    tick: Ticks
    seconds: Seconds
    bar: Bar
    note: int
    voice: Voice
    pitch: int
    spelling: str
    length: Ticks
    cause: Cause


class Control(NamedTuple):
    """A MIDI controller takes a value (7 level, 11 expression, …)."""

    tick: Ticks
    seconds: Seconds
    bar: Bar
    voice: Voice
    controller: int
    value: int


class Distance(NamedTuple):
    """The voice sounds from so many metres away; 0 is wherever its player has a seat."""

    tick: Ticks
    seconds: Seconds
    bar: Bar
    voice: Voice
    metres: float


class Room(NamedTuple):
    """The music sounds in another room. `rings` is how long it takes to fall by 60 dB; dry is 0."""

    tick: Ticks
    seconds: Seconds
    bar: Bar
    name: str  # hall, room, …, dry; empty is the room that nobody has named
    rings: Seconds


class Program(NamedTuple):
    """The voice's channel changes to the voice's bank and program."""

    tick: Ticks
    seconds: Seconds
    bar: Bar
    voice: Voice


class Tempo(NamedTuple):
    """A stretch of tempo begins: constant where `length` is 0, else a ramp to `end_bpm`."""

    tick: Ticks
    seconds: Seconds
    bar: Bar
    bpm: float
    end_bpm: float
    length: Ticks
    shape: str  # "constant", "linear in time", "linear in beats", "geometric"


class BarLine(NamedTuple):
    """A bar begins."""

    tick: Ticks
    seconds: Seconds
    bar: Bar


class Change(NamedTuple):
    """Something of the musical context took a new value (scene, state, key, chord, palette, …)."""

    tick: Ticks
    seconds: Seconds
    bar: Bar
    what: str
    value: str
    cause: Cause


class Reply(NamedTuple):
    """A binding answer: `receipt` is the number of the cue it belongs to."""

    tick: Ticks
    seconds: Seconds
    bar: Bar
    receipt: int
    cue: str
    effects: tuple[Effect, ...]
    reason: str


class Log(NamedTuple):
    """A line for the operator: from the verb `log`, or something the performer had to adjust."""

    tick: Ticks
    seconds: Seconds
    bar: Bar
    text: str


class Panic(NamedTuple):
    """Outputs silence every channel with all means they have."""

    tick: Ticks
    seconds: Seconds
    bar: Bar


Event: TypeAlias = (
    Attack
    | Release
    | Control
    | Distance
    | Room
    | Program
    | Tempo
    | BarLine
    | Change
    | Reply
    | Log
    | Panic
)


# --------------------------------------------------------------------------------------------------
# Out: views


@record
class Setup:
    """What a voice's channel needs before its first note (`prelude`)."""

    voice: Voice
    controls: tuple[tuple[int, int], ...]  # (controller, value) in the order to send them
    metres: float = 0.0  # as in `Distance`
    room: tuple[str, Seconds] = ("", 0.0)  # as in `Room`; the same for every voice


@record
class View:
    """A small picture of the performance for displays."""

    seconds: Seconds
    bar: int
    beat: Fraction
    playing: bool
    title: str
    scene: str
    state: str
    key: str
    chord: str
    metre: str
    bpm: float
    lead: str  # "mara: mara as lost", or ""
    players: tuple[tuple[str, str], ...] = ()  # (role, instruments), roles that are on
    present: tuple[str, ...] = ()
    arcs: tuple[tuple[str, str], ...] = ()
    pending: tuple[str, ...] = field(default=())  # what is planned, with its place
    next_cue: str = ""
    sounding: int = 0
    passage: str = ""  # the passage that is played
    stands: str = ""  # why time stands: pause, hold, silence
    parameters: tuple[tuple[str, float], ...] = ()  # where each is
    clock: Seconds | None = None  # the time of day at second 0, where the score looks at it
