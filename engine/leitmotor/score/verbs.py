"""What a `do:` may say, as values. One class a verb; the texts are parsed in `verb_text`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from leitmotor.music.length import Boundary, Length
from leitmotor.music.metre import Metre
from leitmotor.music.scale import Mode


@dataclass(frozen=True, slots=True)
class Go:
    """`go SCENE [from the top]`."""

    scene: str
    from_the_top: bool = False


@dataclass(frozen=True, slots=True)
class GoNext:
    """`go next`: the scene after the present one, in file order."""


@dataclass(frozen=True, slots=True)
class GoBack:
    """`go back`."""


@dataclass(frozen=True, slots=True)
class ToState:
    """`state S`."""

    state: str


@dataclass(frozen=True, slots=True)
class PlayMotif:
    """`motif M [as STATE] [in ROLE] [with INSTRUMENT]`."""

    motif: str
    state: str = ""
    role: str = ""
    instrument: str = ""


@dataclass(frozen=True, slots=True)
class PlayPassage:
    """`passage P [from MARK|bar N]`."""

    passage: str
    mark: str = ""
    bar: int = 1


@dataclass(frozen=True, slots=True)
class Enter:
    """`enter C [quietly]`."""

    character: str
    quietly: bool = False


@dataclass(frozen=True, slots=True)
class Leave:
    """`leave C`."""

    character: str


@dataclass(frozen=True, slots=True)
class Arc:
    """`arc C = STATE` or, with an empty state, `arc C next`."""

    character: str
    state: str = ""


@dataclass(frozen=True, slots=True)
class Relationship:
    """`relationship a & b = STATUS`."""

    first: str
    second: str
    status: str


@dataclass(frozen=True, slots=True)
class TempoTo:
    """`tempo N [over T] [shape]`; `factor` instead of `bpm` for `tempo x1.1`."""

    bpm: float = 0.0
    factor: float = 0.0
    over: Length | None = None
    shape: str = "linear in time"  # or "linear in beats" (evenly by beat), "geometric"


@dataclass(frozen=True, slots=True)
class KeyTo:
    """`key K [via ROUTE]`; without a `mode` the mode in force stays."""

    letter: int
    alter: int
    mode: Mode | None = None
    via: str = "direct"


@dataclass(frozen=True, slots=True)
class ModeTo:
    """`mode M`."""

    mode: Mode


@dataclass(frozen=True, slots=True)
class MetreTo:
    """`metre N/D`."""

    metre: Metre


@dataclass(frozen=True, slots=True)
class HarmonyTo:
    """`harmony P`."""

    progression: str


@dataclass(frozen=True, slots=True)
class ChordTo:
    """`chord C`: a numeral (`bII`) or a chord by name (`D major`, `F#m7`), as `text`."""

    text: str


@dataclass(frozen=True, slots=True)
class PaletteTo:
    """`palette P [over T]`."""

    palette: str
    over: Length | None = None


@dataclass(frozen=True, slots=True)
class PlayOn:
    """`play ROLE on INSTRUMENT`."""

    role: str
    instrument: str


@dataclass(frozen=True, slots=True)
class FigureTo:
    """`figure ROLE F`."""

    role: str
    figure: str


@dataclass(frozen=True, slots=True)
class Layers:
    """`layers lead bed …`: these roles and no others."""

    roles: tuple[str, ...]
    over: Length | None = None


@dataclass(frozen=True, slots=True)
class Mute:
    """`mute X`: a role, character or instrument."""

    target: str
    over: Length | None = None


@dataclass(frozen=True, slots=True)
class Unmute:
    """`unmute X`."""

    target: str
    over: Length | None = None


@dataclass(frozen=True, slots=True)
class Solo:
    """`solo X`: everything else is muted."""

    target: str
    over: Length | None = None


@dataclass(frozen=True, slots=True)
class LevelTo:
    """`level X ±N dB|out|back [over T]`; `db` None means out, `back` takes the level off again."""

    target: str  # role, character, instrument or "all"
    db: float | None = 0.0
    back: bool = False
    over: Length | None = None


@dataclass(frozen=True, slots=True)
class DynamicTo:
    """`dynamic D [over T]`; `level` in steps, ppp 0 … fff 7."""

    level: int
    over: Length | None = None


@dataclass(frozen=True, slots=True)
class Swell:
    """`swell T to D`: there over T, and back over T."""

    length: Length
    level: int


@dataclass(frozen=True, slots=True)
class Crescendo:
    """`crescendo T [D] to D`: stays where it arrives."""

    length: Length
    level: int
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Fade:
    """`fade T`: down to silence, the engine goes on; `out` (fade out T): then idle."""

    length: Length
    out: bool = False


@dataclass(frozen=True, slots=True)
class SetParameter:
    """`set PARAM = X [over T]` and `PARAM = X`."""

    parameter: str
    value: float | str
    over: Length | None = None


@dataclass(frozen=True, slots=True)
class Density:
    """`density X [over T]`."""

    value: float
    over: Length | None = None


@dataclass(frozen=True, slots=True)
class PlayStinger:
    """`stinger S`."""

    stinger: str


@dataclass(frozen=True, slots=True)
class Silence:
    """`silence S`."""

    silence: str


@dataclass(frozen=True, slots=True)
class Wait:
    """`wait T`: nothing, for so long; entries after `then` count from its end."""

    length: Length


@dataclass(frozen=True, slots=True)
class Hold:
    """`hold [at each bar] until CUE [for at most T]`."""

    until: str
    at_each_bar: bool = False
    at_most: Length | None = None


@dataclass(frozen=True, slots=True)
class Vamp:
    """`vamp N bars [until CUE] [for at most T] [leave at next bar|end]`."""

    bars: int
    until: str = ""
    at_most: Length | None = None
    leave_at_bar: bool = False


@dataclass(frozen=True, slots=True)
class Continue:
    """`continue`: out of a vamp or hold."""


@dataclass(frozen=True, slots=True)
class Hit:
    """`hit H in T`."""

    hit: str
    length: Length


@dataclass(frozen=True, slots=True)
class Dialogue:
    """`dialogue on` / `dialogue off`."""

    on: bool


@dataclass(frozen=True, slots=True)
class Pause:
    """`pause [over T]`."""

    over: Length | None = None


@dataclass(frozen=True, slots=True)
class Resume:
    """`resume [exactly]`."""

    exactly: bool = False


@dataclass(frozen=True, slots=True)
class Finish:
    """`finish [with PASSAGE]`."""

    passage: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """`stop`."""


@dataclass(frozen=True, slots=True)
class Undo:
    """`undo CUE`."""

    cue: str


@dataclass(frozen=True, slots=True)
class Cancel:
    """`cancel CUE|all`; empty means all."""

    cue: str


@dataclass(frozen=True, slots=True)
class PanicNow:
    """`panic`."""


@dataclass(frozen=True, slots=True)
class LogText:
    """`log TEXT`."""

    text: str


Verb: TypeAlias = (
    Go
    | GoNext
    | GoBack
    | ToState
    | PlayMotif
    | PlayPassage
    | Enter
    | Leave
    | Arc
    | Relationship
    | TempoTo
    | KeyTo
    | ModeTo
    | MetreTo
    | HarmonyTo
    | ChordTo
    | PaletteTo
    | PlayOn
    | FigureTo
    | Layers
    | Mute
    | Unmute
    | Solo
    | LevelTo
    | DynamicTo
    | Swell
    | Crescendo
    | Fade
    | SetParameter
    | Density
    | PlayStinger
    | Silence
    | Wait
    | Hold
    | Vamp
    | Continue
    | Hit
    | Dialogue
    | Pause
    | Resume
    | Finish
    | Stop
    | Undo
    | Cancel
    | PanicNow
    | LogText
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a `do` list: a verb with what may stand around it."""

    verb: Verb
    text: str  # as written, for answers
    then: bool = False  # waits until the entry before it has ended
    keep: bool = False  # survives every `go`
    at: Boundary | None = None  # None: the verb's own default
    lasting: Length | None = None  # `for T`: then what was there returns
    wait_at_most: Length | None = None


@dataclass(frozen=True, slots=True)
class Rotation:
    """`{in turn: […]}` or `{shuffled: […]}`: one of several do lists, by how often it was asked."""

    options: tuple[tuple[Entry, ...], ...]
    shuffled: bool
