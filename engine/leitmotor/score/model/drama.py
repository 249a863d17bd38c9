"""Parameters and what they drive; dialogue, hits, memory, identity, access, export."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from leitmotor.score.model import joins as n
from leitmotor.score.model import types as t
from leitmotor.score.model.base import Keys, Named


class Parameter(Named):
    """A value that the world drives."""

    range: t.NumberRange = Field((0.0, 1.0), description="Its lowest and highest value: 0..1.")
    start: t.Number | None = Field(None, description="Its value at the start; default its lowest.")
    rise: t.SecondsText = Field(0.0, description="The time upwards over the whole range.")
    fall: t.SecondsText = Field(0.0, description="The time downwards over the whole range.")
    curve: Literal["linear", "smooth"] = Field(
        "linear", description="How it moves: evenly, or setting out and arriving gently."
    )
    smooth: t.SecondsText = Field(
        0.0, description="Evens out what comes: no input is reached sooner."
    )


class MappingEntry(Keys):
    """What a parameter drives."""

    from_: n.ParameterName = Field(description="The parameter.")
    to: t.TargetText = Field(description="What it drives: tempo, level bed, layer pulse, state, …")
    as_: t.Breakpoints = Field(
        (), description="Breakpoints, from the parameter to what it drives: 0 -> pp, 1 -> ff."
    )
    above: t.Number | None = Field(None, description="On from this value.")
    below: t.Number | None = Field(
        None, description="Off again at this value; default 5 % of the range lower."
    )
    back: t.BoundaryText = Field(None, description="Where it goes off; default as at.")
    for_: t.SecondsText = Field(0.0, description="Only after so long above or below.")
    at: t.BoundaryText = Field(None, description="Where it goes on, or the next step is taken.")
    fade: t.LengthText = Field(None, description="How long it takes to come and go.")
    while_: Any = Field((), description="Only then: scene X, state S, clock 10:00..18:00.")


class Carve(Keys):
    """Room for the voice in the spectrum."""

    band: t.Text = Field("1000..4000 Hz", description="The band of the voice.")
    depth: t.DecibelsText = Field(-4.0, description="How far it is lowered.")


class Dialogue(Keys):
    """How the music steps back for the spoken word."""

    from_: t.TextList = Field((), description='Subtitles, or "osc /address".')
    gap: t.LoudnessText = Field(10.0, description="How far the music stays under the voice: 10 LU.")
    ahead: t.SecondsText = Field(0.25, description="It is down so long before the first word.")
    hold: t.SecondsText = Field(0.4, description="It stays down so long after the last word.")
    release: t.SecondsText = Field(0.9, description="It comes back over so long.")
    thin: n.RoleList = Field(None, description="Roles that fall silent under the voice.")
    carve: Carve | None = Field(None, description="Room for the voice in the spectrum.")
    write_around: t.Switch = Field(False, description="Whether motifs wait for the gaps.")


class HitPoint(Keys):
    """A moment of the picture that the music must meet."""

    name: t.Text = Field(description="Its name.")
    at: t.InstantText = Field(description="When, counted from the entry of the scene: +7.30 s.")
    land: Literal["downbeat", "beat", "anywhere"] = Field("beat", description="What falls on it.")
    must: t.Switch = Field(False, description="Whether it has to be met.")
    weight: t.Share = Field(1.0, description="How much it counts otherwise, 0 to 1.")
    then: Any = Field((), description="Verbs at this moment.")


class Hits(Keys):
    """Moments of a scene that the music must meet."""

    scene: n.SceneName = Field("", description="The scene; default the first.")
    from_: t.Text = Field("", description="An edit list to take them from.")
    tolerance: t.ToleranceText = Field("1 frame", description="How exactly: 1 frame, 20 ms.")
    stretch: t.Percent = Field(0.04, description="How far the tempo may give: 4%.")
    may_use: t.TextList = Field((), description="What may be put in: 3/4 bar, 2/4 bar, hold.")
    points: tuple[HitPoint, ...] = Field((), description="The moments.")


class Foreshadow(Keys):
    """A hint before a turn of the story."""

    before: n.HitName = Field(description="The hit it hints at.")
    by: t.LengthText = Field(None, description="How long before.")
    motif: n.MotifName = Field("", description="The motif.")
    as_: t.Operations = Field((), description="Operations on it: fragment 1..3.")
    in_: n.RoleName = Field("", description="The role it hides in.")


class Memory(Keys):
    """What one episode hands to the next."""

    file: t.Text = Field("", description="Where it is kept.")
    remember: t.RememberedList = Field((), description="What is kept.")


class Identity(Keys):
    """How far a score may move away from its series."""

    reference: t.TextList = Field((), description="The scores it is measured against.")
    warn: t.Number | None = Field(
        None, ge=0, description="Warn beyond so many times the usual distance."
    )
    fail: t.Number | None = Field(
        None, ge=0, description="Fail beyond so many times the usual distance."
    )
    new_instruments_at_most: t.Whole | None = Field(
        None, ge=0, description="New instruments an episode."
    )
    variation_at_most: t.Share = Field(None, description="How far a motif may be varied.")


class Access(Keys):
    """For listeners who need the music clearer or in words."""

    profile: Literal["standard", "theatrical", "clear", "accessible", "steady"] = Field(
        "standard", description="How clear speech and themes are."
    )
    captions: Literal["off", "words"] = Field(
        "off", description="Whether music is told in captions."
    )
    lead: t.DecibelsText = Field(0.0, description="How far the lead is lifted.")
    variation_at_most: t.Share = Field(None, description="How far a motif may be varied.")


class Export(Keys):
    """What can be written out beside the performance."""

    stems: t.TextList = Field((), description="Groups that get a file of their own.")
    album: t.Text = Field("", description="A concert version: suite.")
    loops: t.Switch = Field(False, description="Seamless loops.")
    midi: t.Switch = Field(False, description="A MIDI file.")
    musicxml: t.Switch = Field(False, description="Notation.")
    click: t.Switch = Field(False, description="A click track.")
    cue_sheet: t.Switch = Field(False, description="A list of uses for the rights societies.")
    edit_markers: t.Switch = Field(False, description="Bars and beats for the picture editor.")
