"""Who plays and for whom: instruments, palettes, characters, places."""

from __future__ import annotations

import re
from typing import ClassVar, Literal

from pydantic import Field

from leitmotor.score.compiled import Choice, Players
from leitmotor.score.model import joins as n
from leitmotor.score.model import types as t
from leitmotor.score.model.base import Keys, Named
from leitmotor.score.names import STANDARD_ROLES

ROLE = re.compile(r"(lead|counter|bed|bass|pulse|colour)( [1-9]\d?)?")
"""A role as written; one that is there several times is numbered."""


class Instrument(Named):
    """An instrument of this score; a known name needs no entry."""

    is_: t.KnownInstrument = Field("", description="The known instrument it is.")
    range: t.PitchRange = Field(
        None, description="What it can play; notes outside of it are moved by octaves."
    )
    program: t.ProgramText = Field(
        None, description="General MIDI program, 1 to 128 or by name; default the known one's."
    )
    bank: t.Whole = Field(0, ge=0, le=16383, description="MIDI bank.")
    kit: dict[str, t.Whole] = Field(
        {},
        description="Pieces by name with their MIDI notes, in the order that degrees count them.",
    )
    poly: t.Whole | None = Field(
        None, ge=1, le=128, description="How many notes it plays at once; default the known one's."
    )
    tone: t.Tone = Field(
        0.0,
        description="Its own colour: dark, warm, normal, bright, or -1 to 1; added to the"
        " palette's.",
    )
    attack: t.SecondsText = Field(0.0, description="How late its tone speaks: 80 ms.")


class Palette(Named):
    """Which instruments take which role, and how they play."""

    gathers: ClassVar[str] = "roles"
    free: ClassVar[re.Pattern[str]] = ROLE
    roles: dict[str, n.PlayersChoice] = Field(
        {}, description="Players by role: an instrument, a list (together), in turn or shuffled."
    )
    dynamic: t.DynamicSpan = Field(
        None, description="How soft and how loud its players get, whatever state and motif ask for."
    )
    touch: t.Touch = Field(
        "", description="How long notes are, and how they join, where nothing is written."
    )
    register_: t.Register = Field(
        0, description="Lead, counter, colour and bed so many whole octaves higher or lower."
    )
    tone: t.Tone = Field(
        0.0, description="The colour of its players: dark, warm, normal, bright, or -1 to 1."
    )
    chords: Literal["triads", "sevenths", "open", "clusters", ""] = Field(
        "", description="How the bed voices chords: triads (as written), sevenths, open, clusters."
    )
    figures: n.FigureChoices = Field({}, description="What roles play round and round.")
    levels: t.Levels = Field({}, description="Mixer levels by role or instrument: bed: -4 dB.")
    reverb: t.Reverb = Field(
        None,
        description="The room: a room, chamber, hall, church or plate and how long it rings:"
        " hall 2.8 s; or dry.",
    )
    distance: t.Metres = Field(
        None,
        description="How far away its players sound: 4 m; beyond 1 m softer by 6 dB with every"
        " doubling.",
    )

    @classmethod
    def suggestions(cls) -> frozenset[str]:
        """The keys, and the roles."""
        return cls.keys() | frozenset(STANDARD_ROLES)

    def players(self, role: str) -> Choice[Players] | None:
        """Who plays `role`."""
        return self.roles.get(role)


class Character(Named):
    """Someone in the story."""

    motif: n.MotifName = Field("", description="The motif that stands for them.")
    palette: n.PaletteName = Field(
        "", description="Who plays it, before the state's and the place's palette."
    )
    arc: t.TextList = Field(
        (), description="The states of the motif that they go through, the first at the start."
    )
    complements: n.CharacterName = Field("", description="Whose motif this one answers.")


class Place(Named):
    """Somewhere in the story."""

    motif: n.MotifName = Field(
        "",
        description="The motif that stands for it: over and over in its own role, or leading where"
        " nobody is there.",
    )
    palette: n.PaletteName = Field("", description="Who plays there.")
    reverb: t.Reverb = Field(
        None, description="Its room, where no palette names one: hall 2.8 s, room 0.5 s, dry."
    )
    distance: t.Metres = Field(
        None, description="How far away everybody sounds there whose palette says nothing: 4 m."
    )


class Status(Keys):
    """How two characters' motifs behave while they stand like this."""

    gathers: ClassVar[str] = "transposed"
    free: ClassVar[re.Pattern[str]] = re.compile(".+ in")
    combine: t.Combine = Field("", description="together, in turn, clash or swallow.")
    spacing: t.Text = Field("", description="How far apart the lines run: thirds, semitone, …")
    harmony: n.ProgressionChoice = Field(None, description="The progression they share.")
    transposed: dict[str, t.Text] = Field(
        {}, description='Where a character\'s line stands: "ilan in: tritone away".'
    )


class Relationship(Keys):
    """What two characters are to each other, status by status."""

    gathers: ClassVar[str] = "statuses"
    start: t.Text = Field("", description="The status at the start.")
    statuses: dict[str, Status] = Field({}, description="What each status sounds like.")
