"""Material: motifs, figures, harmony, passages, stingers, silences."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from leitmotor.score.model import joins as n
from leitmotor.score.model import types as t
from leitmotor.score.model.base import Keys, Named

Fit = Literal["none", "key", "chord"]


class MotifState(Keys):
    """How a motif sounds in one of its states."""

    vary: t.Operations = Field((), description="Operations on the notes, from left to right.")
    palette: n.PaletteName = Field("", description="Who plays it in this state.")
    dynamic: t.Dynamic = Field(None, description="How loud it is in this state: pp … ff.")
    mode: t.ModeName = Field(None, description="The mode that is in force while it is stated.")
    harmony: n.ProgressionChoice = Field(
        None, description="The progression that is in force while it is stated."
    )
    touch: t.Touch = Field("", description="How its notes join: legato, staccato, …")


class _Written(Named):
    """Something given in notes or in rows of strokes."""

    notes: t.Lines = Field(
        (), description="The notes; a list of lines puts a bar line between them."
    )
    metre: t.MetreText = Field(
        None, description="The metre its bar lines are checked against; default time's."
    )
    each_time: t.Operations = Field(
        (), description="One entry a statement, counted round, after the state's own operations."
    )


class Motif(_Written):
    """A motif: notes that belong to someone or something."""

    file: str = Field(
        "",
        description="A MIDI file (.mid) under the score's folder to take pitches and rhythm from,"
        " instead of notes. How loud they are in the file is not taken over.",
    )
    track: t.Text = Field(
        "", description="The track of the file, by name or number; default the only one with notes."
    )
    part: t.Text = Field("", description="The part of a MusicXML file: only MIDI files are read.")
    bars: t.Span = Field(
        None, description="Which bars of the file, counted in the motif's metre: 1..8."
    )
    pickup: t.LengthText = Field(None, description="An upbeat of this length: 1 beat.")
    octave: t.Whole = Field(
        4, ge=0, le=8, description="The octave in which degree 1 stands; c4 is middle C."
    )
    role: n.RoleName = Field("lead", description="The role it is played in.")
    fit: Fit = Field(
        "key",
        description="key: its degrees follow the key in force; chord: on strong beats they go to"
        " the nearest chord tone that keeps the contour, which rewrites the tune (for signatures"
        " write k1 k3 k5); none: as key.",
    )
    harmony: n.ProgressionChoice = Field(
        None, description="The progression in force while it leads."
    )
    loop: t.Loop = Field(1, description="Over and over (true), or so often in a row (3 times).")
    must_keep: t.NoteNumbers = Field(
        frozenset(), description="Notes that no operation cuts or ornaments: 1..3 (counted from 1)."
    )
    rest: t.LengthSpan = Field(
        None, description="The gap after its statement, in the place of breathe and rest."
    )
    marks: t.Marks = Field({}, description="Names for places in it: plea: bar 3 beat 2.")
    sharpen: n.ParameterName = Field(
        "", description="The parameter that makes it harder and brighter."
    )
    states: dict[str, MotifState] = Field({}, description="How it sounds in each state.")

    @model_validator(mode="after")
    def _has_notes(self) -> Motif:
        if bool(self.notes) == bool(self.file):
            raise ValueError("a motif needs notes: or a file:, one of the two")
        beside = [key for key in ("track", "part", "bars") if key in self.model_fields_set]
        if beside and not self.file:
            raise ValueError(f"{beside[0]}: says what to take from a file, and there is no file:")
        return self


class Figure(_Written):
    """What a role plays round and round under everything else."""

    role: n.RoleName = Field(description="The role it is for.")
    drums: t.Rows = Field(
        {}, description="Rows of strokes by kit piece: X accent, x, o ghost, . rest."
    )
    step: t.StepValue = Field("", description="The value of one sign of the rows: e, s, …")

    @model_validator(mode="after")
    def _has_notes(self) -> Figure:
        if bool(self.notes) == bool(self.drums):
            raise ValueError("a figure needs notes: or drums: with a step:, one of the two")
        return self


class Progression(Keys):
    """Chords bar by bar, as numerals."""

    short: ClassVar[str] = "chords"
    chords: t.Lines = Field(description="Numerals between bar lines: i | VI | iv | V.")
    in_: t.KeyText = Field(None, description="The key that is in force with it.")


class Passage(Named):
    """Music written out for several parts."""

    metre: t.MetreText = Field(None, description="Its metre; default the one in force.")
    key: t.KeyText = Field(None, description="Its key; default the one in force.")
    tempo: t.TempoText = Field(None, description="Its tempo in quarters a minute.")
    harmony: n.Harmony = Field(None, description="A progression by name, or numerals.")
    parts: dict[str, t.Lines] = Field(
        {}, description='Notes by role or instrument; or "figure F"; or "rest".'
    )
    marks: t.Marks = Field({}, description="Names for places in it: plea: bar 3.")
    at: dict[str, Any] = Field({}, description='Verbs at a mark or at "bar 4".')
    pickup: t.LengthText = Field(None, description="An upbeat of this length.")
    phrase: t.LengthText = Field(None, description="The length of its phrases.")
    then: t.Text = Field("", description="What follows: again, stop, go back or go SCENE.")


class Stinger(_Written):
    """A short gesture on top of the running music."""

    drums: t.Rows = Field({}, description="Rows of strokes by kit piece, instead of notes.")
    step: t.StepValue = Field("", description="The value of one sign of the rows: e, s, …")
    with_: n.PlayerNames = Field(
        (), description="Who plays it: instruments, or roles for their players; default the lead's."
    )
    at: t.BoundaryText = Field(None, description="Where it lands; default next beat.")
    wait_at_most: t.LengthText = Field(None, description="Dropped when it would land later.")
    fit: Fit = Field(
        "key",
        description="Whether its notes bend to the key in force, to the nearest tones of the chord"
        " at its landing, or stay in the key of time (none).",
    )
    pickup: t.LengthText = Field(None, description="An upbeat of this length before it lands.")
    cooldown: t.SecondsText = Field(0.0, description="Refused again for so long.")
    duck: t.DecibelsText = Field(0.0, description="How far all others step back while it sounds.")
    then: Any = Field((), description="Verbs when it has ended.")

    @model_validator(mode="after")
    def _has_notes(self) -> Stinger:
        if bool(self.notes) == bool(self.drums):
            raise ValueError("a stinger needs notes: or drums: with a step:, one of the two")
        return self


class Silence(Named):
    """A silence of a chosen length."""

    length: t.LengthSpan = Field(None, description="How long: 1 beat, or 3 s..12 s with until.")
    until: t.Text = Field("", description='"cue" (any cue) or the cue that ends it.')
    keep: t.SilenceKeep = Field("", description="What may sound on: tails or room tone.")
    return_: t.Dynamic = Field(
        None, description="How loud the music comes back; default as before."
    )
    stop_time: t.Switch = Field(
        False, description="Whether the clock of the music stands meanwhile."
    )
