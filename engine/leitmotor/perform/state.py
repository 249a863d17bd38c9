"""Everything that changes during a performance, as one tree of plain values.

The rest of `perform/` is behaviour over this tree. Because nothing is remembered anywhere else
(caches aside), a snapshot is this tree written down, and a restore is this tree read back (law 8).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from leitmotor.messages import Attack, Bar, Cause, Cue, Position, Voice
from leitmotor.music.chord import Chord
from leitmotor.music.length import Boundary, Length
from leitmotor.music.metre import Metre
from leitmotor.music.scale import Key, Pitch
from leitmotor.music.space import NORMAL_TONE
from leitmotor.music.tempo import TempoSegment
from leitmotor.music.time import Seconds, Ticks
from leitmotor.perform.motion import Motion
from leitmotor.perform.overlay_state import Overlaid
from leitmotor.perform.thresholds import Watch
from leitmotor.score.verbs import Entry

Item: TypeAlias = tuple[Ticks, int, int, str, int | str, int]
"""Something due: tick, kind, serial, action and its two arguments. Items are compared as tuples."""


class Kind:
    """The order of what happens at one tick (S3): bar lines, releases, cues, changes, attacks."""

    BAR = 0
    RELEASE = 1
    CUE = 2
    ENTRY = 3
    CHANGE = 4
    HARMONY = 5
    STATEMENT = 6
    LINE = 7
    CONTROL = 8
    ATTACK = 9

    STAND = -1  # a hold comes before everything else at its instant (S26)


@dataclass(slots=True)
class Waiting:
    """A cue whose time has not come: received, or one that a scene brings about by itself."""

    receipt: int  # 0 for those of the score's own making, which come first at one tick
    cue: Cue
    seconds: Seconds | None = None  # its time, where it was given in seconds
    tick: Ticks | None = None  # its place, once that is known
    position: Position | None = None  # what it still waits for
    bar: int = 0  # for AtSceneBar, the bar it stands for once the scene was entered
    rule: str = ""  # which rule of the score made it
    entry: Ticks = -1  # void once another scene or state was entered
    scene: Ticks = -1  # void once another scene was entered
    note: str = ""  # an adjustment that its answer must tell
    only_for: int = 0  # void unless this stand or vamp is still on


@dataclass(slots=True)
class Pending:
    """An entry of a cue that waits for its boundary."""

    ident: int
    receipt: int
    cue: str
    entry: Entry
    thing: str  # what it changes: a later request for the same thing replaces it (S10)
    boundary: Boundary
    latest: Ticks | None  # where its longest wait ends (S7)
    tick: Ticks | None  # where it will happen; None while a marker is waited for
    rule: str
    token: tuple[int, int]  # sequence and entry, told when it has ended
    asked: Ticks = 0  # when it was asked for
    foreseen: int = 0  # the statement whose pickup sounds already


@dataclass(slots=True)
class Sequence:
    """The entries of a fired cue that have not all begun (`then`)."""

    ident: int
    receipt: int
    cue: str
    entries: tuple[Entry, ...]
    waits_for: int  # the entry whose end the next group waits for


Setting: TypeAlias = "float | str | bool | Key | Metre | Chord | Ramp | tuple[str, ...]"
"""What a cue may set a thing to."""


@dataclass(frozen=True, slots=True)
class Ramp:
    """A value that moves between two places, in steps of dynamics or in decibels.

    Before `begin` it is `start`, after `end` it is `goal`; with `back` it returns to `start` there.
    """

    begin: Ticks
    end: Ticks
    start: float
    goal: float
    back: Ticks | None = None

    @property
    def rest(self) -> Ticks:
        """Where the value comes to rest."""
        return self.end if self.back is None else self.back

    def over_at(self, tick: Ticks) -> bool:
        """Whether the value rests from `tick` on."""
        return tick >= self.rest

    def moves_at(self, tick: Ticks) -> bool:
        """Whether the value is another one than just before `tick`."""
        return self.begin < tick <= self.rest


@dataclass(slots=True)
class Override:
    """Something a cue set, on top of what scene, state, place and character give."""

    ident: int
    thing: str
    value: Setting
    cue: str
    keep: bool
    made: Ticks
    until: Ticks | None = None


@dataclass(slots=True)
class Deed:
    """A lasting change that `undo` can take back: an arc or a presence."""

    ident: int
    cue: str
    what: str  # "arc" or "presence"
    who: str
    before: str
    after: str


@dataclass(slots=True)
class Statement:
    """A motif being stated: a cursor over roles, each bound when it is due."""

    ident: int
    motif: str
    state: str
    character: str
    role: str
    instrument: str  # that a verb asked for, above all ranks
    own_instrument: str  # that its motif state names (`on INSTRUMENT`), with that state's rank (S9)
    start: Ticks  # its first full bar
    end: Ticks
    tonic: Pitch  # where degree 1 stands; moves with the key (S18)
    times: int  # statements left, this one included; 0 for ever
    leads: bool
    cause: Cause
    token: tuple[int, int] = (0, 0)
    yields: Ticks | None = None  # a looping motif in a rotation gives way here
    begun: bool = False  # its first full bar has come
    ahead: tuple[str, str] | None = None  # the scene and state its pickup sounds before
    heard: tuple[int, int] | None = None  # last note as written and as snapped, for `fit: chord`
    passage: int = 0  # the passage that it is a part of; below 0 while only its pickup sounds
    turn: int = 0  # which entry of `each time` it takes
    players: tuple[str, ...] = ()  # of a stinger, together and above all ranks

    @property
    def waits(self) -> bool:
        """Whether only its pickup sounds, before the boundary that brings it."""
        return self.ahead is not None or self.passage < 0


@dataclass(slots=True)
class Lead:
    """The lead line: who states next, and when."""

    statement: int = 0  # the statement that leads; 0 for none
    turn: int = 0  # the next place in the rotation
    next_tick: Ticks | None = None  # where the next statement begins
    next_character: str | None = None  # who jumped the queue by `enter`
    serial: int = 0  # voids plans that were overtaken
    leaving: list[str] = field(default_factory=list)  # out when their statement ends


@dataclass(slots=True)
class Line:
    """A role that plays figures, held chords or a place's motif."""

    role: str
    material: str  # "held", "figure NAME", "motif NAME"
    serial: int = 0  # voids notes that were overtaken
    bar_index: int = 0  # which bar of a figure is played
    stroke: int = 0  # which stroke of that bar comes next
    bar_start: Ticks = 0
    previous: tuple[int, ...] = ()  # the last voicing, for the least movement
    statement: int = 0
    turn: int = 0  # which entry of `each time` it takes


@dataclass(slots=True)
class HarmonyClock:
    """Where a progression stands."""

    progression: str
    bar: int = 0  # bars since it began
    slot: int = 0  # which numeral of the bar
    began: Ticks = -1  # where it began


@dataclass(slots=True)
class Sounding:
    """A note that was sent and not yet released: the only record of who owns it."""

    attack: Attack
    end: Ticks | None  # None: held until its owner lets go
    owner: str  # a role, "statement N", or "left" where its line is gone
    levels: tuple[float | None, float | None]  # the dynamic written at its onset and at its end

    @property
    def voice(self) -> Voice:
        """Where it was sent."""
        return self.attack.voice


class Colour(NamedTuple):
    """How a palette lets a player sound, whatever is played (theory T13)."""

    tone: float = 0.0  # the palette's and the instrument's own, -1 dark … 1 bright each
    metres: float = 0.0  # how far away; 0 is the player's own seat
    role: str = ""  # that it is for, where mappings ask for roles


PLAIN = Colour()
"""As the sound is, from the player's own seat."""

UNTOLD = -1
"""A controller that a channel was never told."""


@dataclass(slots=True)
class Channel:
    """What a channel was last told."""

    program: int
    bank: int
    level: int  # CC7
    expression: int  # CC11
    sent: Seconds = -1.0  # when a controller was last sent
    parked: bool = False  # faded out: its level returns with its next note
    colour: Colour = PLAIN  # of who plays on it
    tone: int = NORMAL_TONE  # CC74
    toned: Seconds = -1.0  # when that was last sent
    metres: float = 0.0  # with what mappings make of it
    moved: Seconds = -1.0  # when that was last sent
    reverb: int = UNTOLD  # CC91


@dataclass(slots=True)
class Cast:
    """Who plays a role, and who played it until a program change has settled (S15)."""

    players: tuple[str, ...]
    before: tuple[str, ...] = ()
    ready: Ticks = 0


@dataclass(slots=True)
class CueRecord:
    """What became of a cue of the score so far."""

    fired: int = 0
    last: Seconds = 0.0
    seen: dict[str, Seconds] = field(default_factory=dict)  # parts of `all of`, when they arrived


@dataclass(slots=True)
class Tempo:
    """The base tempo as asked for, the factors on it, and what came out."""

    base: TempoSegment  # before factors and clamp; `seconds` is not used
    factors: dict[str, float]
    segments: list[TempoSegment]


@dataclass(slots=True)
class Stand:
    """Time stands: the tick stays while seconds go on (S3)."""

    ident: int
    why: str  # "pause", "hold" or "silence"
    serial: int  # of the queue: what was pushed before waits until time goes on
    until: str = ""  # the cue that lets it go on
    token: tuple[int, int] = (0, 0)
    cue: str = ""  # that made it stand
    ends: list[tuple[Seconds, int]] = field(default_factory=list)  # notes that end meanwhile
    cut: list[Sounding] = field(default_factory=list)  # what `resume exactly` strikes again
    silence: str = ""  # the silence for which it stands
    least: Seconds = 0.0  # no cue ends it before


@dataclass(slots=True)
class Steps:
    """`hold at each bar until CUE`: at every bar line time stands until the cue comes."""

    until: str
    most: Length | None
    token: tuple[int, int]
    cue: str


@dataclass(slots=True)
class PassageRun:
    """A passage being played."""

    ident: int
    name: str
    start: Ticks  # where its first bar begins, or would have begun
    end: Ticks
    began: Ticks  # where it was begun, which is later where it was entered in its middle
    token: tuple[int, int]
    cue: str
    following: int = -1  # the place of the next one in the scene's row; -1 where it stands alone
    goal: tuple[str, str] | None = None  # the scene and state that it leads over to (a bridge)
    roles: tuple[str, ...] = ()  # of the closing cadence: who plays it
    closing: bool = False  # nothing plays any more when it has ended


@dataclass(slots=True)
class Place:
    """A bar line to come back to: what stood there, and what was about to happen from it on."""

    tick: Ticks
    bar: int
    scene: str
    story: str
    present: list[str]
    overrides: list[Override]
    phrase_from: int
    scene_bar: int
    entry_bar: int
    statements: list[Statement]
    lead: Lead
    lines: list[Line]
    harmony: HarmonyClock
    lead_harmony: HarmonyClock | None
    picked: dict[str, int]
    turns: dict[str, int]
    passage: PassageRun | None
    items: list[Item]
    before_bar_line: bool  # kept before the bar's own beginning was carried out


@dataclass(slots=True)
class Vamp:
    """Some bars that are played round and round."""

    ident: int
    bars: int
    left: int  # bars until the end of the round
    until: str
    leave_at_bar: bool
    token: tuple[int, int]
    cue: str
    most: Length | None = None
    begin: Place | None = None  # None until the bar line from which it counts
    exit: Place | None = None  # what follows, known once a round has been played
    leaving: bool = False


@dataclass(slots=True)
class State:
    """The whole performance at one instant."""

    seed: int
    tempo: Tempo
    bar: Bar
    key: Key  # in force, a leading statement's own mode included
    chord: Chord  # in force
    emitted: Seconds = 0.0
    tick: Ticks = 0
    serial: int = 0
    idents: int = 0
    notes: int = 0
    receipts: int = 0
    queue: list[Item] = field(default_factory=list)
    inbox: list[Waiting] = field(default_factory=list)
    playing: bool = False
    entered: bool = False
    scene: str = ""
    story: str = ""  # the story state
    scene_tick: Ticks = 0  # where the scene was entered, and its bar
    scene_bar: int = 1
    entry_tick: Ticks = 0  # where the scene or the state was entered last, and its bar
    entry_bar: int = 1
    bar_serial: int = 0
    phrase_from: int = 1  # the bar that phrases are counted from
    present: list[str] = field(default_factory=list)
    arcs: dict[str, str] = field(default_factory=dict)
    overrides: list[Override] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    pending: dict[int, Pending] = field(default_factory=dict)
    sequences: dict[int, Sequence] = field(default_factory=dict)
    statements: dict[int, Statement] = field(default_factory=dict)
    lead: Lead = field(default_factory=Lead)
    lines: dict[str, Line] = field(default_factory=dict)
    harmony: HarmonyClock = field(default_factory=lambda: HarmonyClock(""))
    lead_harmony: HarmonyClock | None = None
    struck: Ticks = -1  # where bed and bass were last told to strike
    ledger: dict[int, Sounding] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    grid: Ticks = -1  # the next place at which ramps are sampled
    casts: dict[str, Cast] = field(default_factory=dict)
    turns: dict[str, int] = field(default_factory=dict)
    picked: dict[str, int] = field(default_factory=dict)
    cues: dict[str, CueRecord] = field(default_factory=dict)
    go_next: int = 0
    cascade: tuple[Ticks, int] = (0, 0)
    last_act: tuple[int, Ticks] = (0, 0)  # receipt and tick of the last cue that acted
    stand: Stand | None = None
    steps: Steps | None = None
    vamp: Vamp | None = None
    passage: PassageRun | None = None
    here: Place | None = None  # the bar line of the present bar
    left: dict[str, Place] = field(default_factory=dict)  # scenes, where they were left last
    back: list[Place] = field(default_factory=list)  # what `go` left, the latest last
    dice_bars: int = 0  # how many bars later than written the present ones are played (S26)
    parameters: dict[str, Motion] = field(default_factory=dict)
    watches: dict[str, Watch] = field(default_factory=dict)  # by the key of their threshold
    mapped: dict[str, float] = field(default_factory=dict)  # where each mapping stands, by name
    layer_fades: dict[str, Ramp] = field(default_factory=dict)  # by mapping
    sampling: Ticks = -1  # the next place at which mappings are sampled
    beating: Ticks = -1  # the next beat line at which the tempo is looked at
    overlaid: Overlaid = field(default_factory=Overlaid)
    clock: Seconds | None = None  # seconds since midnight at second 0, where that is known
    hour: Seconds | None = None  # the time of day at which mappings last looked at the clock
    in_hours: dict[str, bool] = field(default_factory=dict)  # by mapping bound to hours of the day
    room: tuple[str, Seconds] = ("", 0.0)  # that was last told; no name is the usual one

    def may_come(self, waiting: Waiting) -> bool:
        """Whether the scene and the state that a cue belongs to are still those of now."""
        if waiting.entry not in (-1, self.entry_tick):
            return False
        return waiting.scene in (-1, self.scene_tick)
