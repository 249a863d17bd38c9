"""What a `do:` may say, as values. One class a verb; the texts are parsed in `verb_text`."""

from __future__ import annotations

from typing import TypeAlias

from leitmotor.music.length import Boundary, Length
from leitmotor.music.metre import Metre
from leitmotor.music.scale import Mode
from leitmotor.records import record


@record
class Go:
    """`go SCENE [from the top]`."""

    scene: str
    from_the_top: bool = False


@record
class GoNext:
    """`go next`: the scene after the present one, in file order."""


@record
class GoBack:
    """`go back`."""


@record
class ToState:
    """`state S`."""

    state: str


@record
class PlayMotif:
    """`motif M [as STATE] [in ROLE] [with INSTRUMENT]`."""

    motif: str
    state: str = ""
    role: str = ""
    instrument: str = ""


@record
class PlayPassage:
    """`passage P [from MARK|bar N]`."""

    passage: str
    mark: str = ""
    bar: int = 1


@record
class Enter:
    """`enter C [quietly]`."""

    character: str
    quietly: bool = False


@record
class Leave:
    """`leave C`."""

    character: str


@record
class Arc:
    """`arc C = STATE` or, with an empty state, `arc C next`."""

    character: str
    state: str = ""


@record
class Relationship:
    """`relationship a & b = STATUS`."""

    first: str
    second: str
    status: str


@record
class TempoTo:
    """`tempo N [over T] [shape]`; `factor` instead of `bpm` for `tempo x1.1`."""

    bpm: float = 0.0
    factor: float = 0.0
    over: Length | None = None
    shape: str = "linear in time"  # or "linear in beats" (evenly by beat), "geometric"


@record
class KeyTo:
    """`key K [via ROUTE]`; without a `mode` the mode in force stays."""

    letter: int
    alter: int
    mode: Mode | None = None
    via: str = "direct"


@record
class ModeTo:
    """`mode M`."""

    mode: Mode


@record
class MetreTo:
    """`metre N/D`."""

    metre: Metre


@record
class HarmonyTo:
    """`harmony P`."""

    progression: str


@record
class ChordTo:
    """`chord C`: a numeral (`bII`) or a chord by name (`D major`, `F#m7`), as `text`."""

    text: str


@record
class PaletteTo:
    """`palette P [over T]`."""

    palette: str
    over: Length | None = None


@record
class PlayOn:
    """`play ROLE on INSTRUMENT`."""

    role: str
    instrument: str


@record
class FigureTo:
    """`figure ROLE F`."""

    role: str
    figure: str


@record
class Layers:
    """`layers lead bed …`: these roles and no others."""

    roles: tuple[str, ...]
    over: Length | None = None


@record
class Mute:
    """`mute X`: a role, character or instrument."""

    target: str
    over: Length | None = None


@record
class Unmute:
    """`unmute X`."""

    target: str
    over: Length | None = None


@record
class Solo:
    """`solo X`: everything else is muted."""

    target: str
    over: Length | None = None


@record
class LevelTo:
    """`level X ±N dB|out|back [over T]`; `db` None means out, `back` takes the level off again."""

    target: str  # role, character, instrument or "all"
    db: float | None = 0.0
    back: bool = False
    over: Length | None = None


@record
class DynamicTo:
    """`dynamic D [over T]`; `level` in steps, ppp 0 … fff 7."""

    level: int
    over: Length | None = None


@record
class Swell:
    """`swell T to D`: there over T, and back over T."""

    length: Length
    level: int


@record
class Crescendo:
    """`crescendo T [D] to D`: stays where it arrives."""

    length: Length
    level: int
    start: int | None = None


@record
class Fade:
    """`fade T`: down to silence, the engine goes on; `out` (fade out T): then idle."""

    length: Length
    out: bool = False


@record
class SetParameter:
    """`set PARAM = X [over T]` and `PARAM = X`."""

    parameter: str
    value: float | str
    over: Length | None = None


@record
class Density:
    """`density X [over T]`."""

    value: float
    over: Length | None = None


@record
class PlayStinger:
    """`stinger S`."""

    stinger: str


@record
class Silence:
    """`silence S`."""

    silence: str


@record
class Wait:
    """`wait T`: nothing, for so long; entries after `then` count from its end."""

    length: Length


@record
class Hold:
    """`hold [at each bar] until CUE [for at most T]`."""

    until: str
    at_each_bar: bool = False
    at_most: Length | None = None


@record
class Vamp:
    """`vamp N bars [until CUE] [for at most T] [leave at next bar|end]`."""

    bars: int
    until: str = ""
    at_most: Length | None = None
    leave_at_bar: bool = False


@record
class Continue:
    """`continue`: out of a vamp or hold."""


@record
class Hit:
    """`hit H in T`."""

    hit: str
    length: Length


@record
class Dialogue:
    """`dialogue on` / `dialogue off`."""

    on: bool


@record
class Pause:
    """`pause [over T]`."""

    over: Length | None = None


@record
class Resume:
    """`resume [exactly]`."""

    exactly: bool = False


@record
class Finish:
    """`finish [with PASSAGE]`."""

    passage: str = ""


@record
class Stop:
    """`stop`."""


@record
class Undo:
    """`undo CUE`."""

    cue: str


@record
class Cancel:
    """`cancel CUE|all`; empty means all."""

    cue: str


@record
class PanicNow:
    """`panic`."""


@record
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


@record
class Entry:
    """One entry of a `do` list: a verb with what may stand around it."""

    verb: Verb
    text: str  # as written, for answers
    then: bool = False  # waits until the entry before it has ended
    keep: bool = False  # survives every `go`
    at: Boundary | None = None  # None: the verb's own default
    lasting: Length | None = None  # `for T`: then what was there returns
    wait_at_most: Length | None = None


@record
class Rotation:
    """`{in turn: […]}` or `{shuffled: […]}`: one of several do lists, by how often it was asked."""

    options: tuple[tuple[Entry, ...], ...]
    shuffled: bool
