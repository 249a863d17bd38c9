"""The story: time, states, scenes, cues, transitions."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from leitmotor.music.length import bars
from leitmotor.music.metre import COMMON_TIME
from leitmotor.music.scale import MAJOR
from leitmotor.score.model import cue_schema as c
from leitmotor.score.model import joins as n
from leitmotor.score.model import types as t
from leitmotor.score.model.base import Keys, Named
from leitmotor.score.units import LengthRange, parse_timecode


class Meta(Keys):
    """What the piece is."""

    title: t.Text = Field("", description="Its title; default the name of the file.")
    composer: t.Text = Field("", description="Who wrote it.")
    series: t.Text = Field("", description="The series it belongs to.")
    season: t.Text = Field("", description="The season.")
    episode: t.Text = Field("", description="The episode.")
    rights: t.Text = Field("", description="Who owns it, and how it may be used.")
    language: t.Text = Field("", description="The language of its texts.")
    about: t.Text = Field("", description="A few words about it.")


class Time(Keys):
    """What holds where nothing else is said."""

    tempo: t.TempoText = Field(
        100.0, description="Quarters a minute, 20 to 400; 60 per q. counts dotted quarters."
    )
    metre: t.MetreText = Field(
        COMMON_TIME, description="The metre; (2+2+3) says where the stresses of its bar lie."
    )
    key: t.KeyText = Field(
        (0, 0, MAJOR), description="A keynote and a mode: d minor, F# dorian; Eb is major."
    )
    frame_rate: t.FrameRate = Field(Fraction(25), description="Frames a second of every timecode.")
    swing: t.Swing = Field(
        0.5,
        description="The first half's share of a beat: 50% is straight, 66.7% triplets. Only metres"
        " of halves and quarters swing.",
    )
    count_in: t.LengthText = Field(
        None, description="Clicks before the start, where `--count-in` asks for them."
    )
    humanise: Literal["off", "light", "full"] = Field(
        "off", description="Small irregularities of time, stroke and length."
    )
    phrase: t.LengthText = Field(
        bars(4),
        description="The length of a phrase, counted from each entry: where next phrase is, and how"
        " long a motif leads that loops for ever.",
    )
    breathe: t.LengthText = Field(
        bars(1), description="The gap between two statements, rounded up to a bar line."
    )
    rest: t.LengthSpan = Field(
        LengthRange(bars(4), bars(4)),
        description="The gap after everybody had a turn; 2 bars..6 bars is drawn each time.",
    )
    start: Literal["at once", "on cue", ""] = Field(
        "", description="Default: on cue with a cue script or a rig with inputs, else at once."
    )
    timecode_starts: t.TimecodeText = Field("00:00:00:00", description="The timecode of second 0.")
    seed: t.Whole = Field(
        0, description="Another seed gives other dice: drawn rests, shuffled names."
    )

    @property
    def first_frame(self) -> int:
        """The number of the frame at second 0."""
        return parse_timecode(self.timecode_starts, self.frame_rate)

    @model_validator(mode="after")
    def _first_frame_exists(self) -> Time:
        if self.first_frame < 0:
            raise ValueError("timecode starts at 00:00:00:00 or later")
        return self


class State(Named):
    """A state of the story. Any other key is a parameter's name, with what it is set to."""

    gathers: ClassVar[str] = "parameters"
    tempo: t.TempoText = Field(None, description="Quarters a minute; default that of time.")
    metre: t.MetreText = Field(None, description="The metre; default that of time.")
    key: t.KeyText = Field(None, description="The key; default that of time.")
    palette: n.PaletteChoice = Field(
        None, description="Who plays, and how; default the place's, else a piano for all."
    )
    harmony: n.ProgressionChoice = Field(
        None, description="The progression, one chord a bar; default the tonic chord."
    )
    layers: n.RoleList = Field(
        None, description="The roles that may be heard; default all that the palettes name."
    )
    figures: n.FigureChoices = Field({}, description="What roles play round and round.")
    levels: t.Levels = Field({}, description="Mixer levels by role or instrument: bed: -4 dB, out.")
    dynamic: t.Dynamic = Field(None, description="How loud: pp … ff; default mf.")
    density: t.Share = Field(
        None,
        description="How much of the figures is played, 0 to 1: weak beats go first; default 1.",
    )
    phrase: t.LengthText = Field(None, description="The length of a phrase; default time's.")
    breathe: t.LengthText = Field(
        None, description="The gap between two statements; default time's."
    )
    rest: t.LengthSpan = Field(
        None, description="The gap after everybody had a turn; default time's."
    )
    parameters: dict[str, t.Stated] = Field(
        {}, description="What parameters are set to at its entry."
    )


class Scene(Keys):
    """Where we are, who is there, in which state."""

    id: t.Text = Field(description="Its name.")
    place: n.PlaceName = Field("", description="Where it is.")
    who: n.CharacterNames = Field((), description="Who is there, in the order of their entrance.")
    state: n.StateName = Field("", description="The state of the story.")
    passage: n.PassageChoices = Field(
        (), description="Written-out music: one, or several in a row."
    )
    at: t.InstantText = Field(None, description="When it begins by itself: 1:30, 90 s.")
    length: t.LengthText = Field(
        None, description="How long until the next scene follows by itself."
    )
    phrase: t.LengthText = Field(None, description="The length of a phrase; default its state's.")
    breathe: t.LengthText = Field(
        None, description="The gap between two statements; default its state's."
    )
    rest: t.LengthSpan = Field(
        None, description="The gap after everybody had a turn; default its state's."
    )
    marks: t.Marks = Field({}, description="Names for its bars: plea: bar 3.")


class CueEntry(Keys):
    """A cue: what fires it and what it does."""

    when: c.WhenValue = Field((), description="What fires it: one matcher or a list.")
    do: c.DoValue = Field((), description="The verbs that it carries out.")
    set_: n.ParameterName = Field("", description="The parameter that takes the value that came.")
    scale: t.NumberRange = Field(
        None, description="The range of what comes in, laid over the parameter's: 0..127."
    )
    while_: c.WhileValue = Field((), description="Only then: scene X, state S, clock 10:00..18:00.")
    once: t.Switch = Field(False, description="Whether it acts only the first time.")
    cooldown: t.SecondsText = Field(0.0, description="Refused again for so long.")
    number: t.Text = Field("", description="Its number in the cue list.")
    note: t.Text = Field("", description="A remark for the operator.")
    list_: t.Switch | None = Field(
        None,
        description="Whether GO comes to it; default: cues with a number, "
        "and where no cue has one, every cue that does something.",
    )


class Transition(Keys):
    """How one scene or state gives way to another. A key that is left out comes from `default`."""

    at: t.BoundaryText = Field(
        None, description="Where it happens: next bar, next phrase, now, …; default next bar."
    )
    wait_at_most: t.LengthText = Field(
        None, description="The longest wait for that place; then the bar, the beat or now."
    )
    enter: t.EnterText = Field(
        "",
        description="Where what follows begins: from the top (the default), where it was (the bar,"
        " turn, state and cue-made changes in which the scene was left; scenes only), in the same"
        " bar, or at a mark.",
    )
    bridge: n.PassageName = Field("", description="A passage to play in between, once.")
    fade: t.LengthText = Field(
        None, description="How long released notes sound on; default not at all."
    )
    held: Literal["release", "carry", "restrike", ""] = Field(
        "",
        description="What becomes of sounding notes: they end (the default), last as written where"
        " they belong to the new chord, or are struck again by the new players.",
    )
    key: t.RouteText = Field("", description="The way to another key: via pivot, via dominant, …")
    tempo: t.RampText = Field(
        None, description="How the new tempo is reached: step (the default) or ramp 2 bars."
    )
