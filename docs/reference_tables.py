"""What the reference says of verbs, boundaries and operations beside what the package itself knows.

Each table is checked against the package when the page is made: a verb, a boundary or an operation
that is missing here, or is here and no longer there, fails the build.
"""

from __future__ import annotations

from typing import NamedTuple

from leitmotor.music import operation
from leitmotor.music.length import Grid
from leitmotor.score import verbs


class VerbRow(NamedTuple):
    """How a verb is written and what it does."""

    form: str
    kind: type
    meaning: str


VERB_ROWS: tuple[VerbRow, ...] = (
    VerbRow("go SCENE [from the top]", verbs.Go, "Enter the scene; `from the top` also restarts it."),
    VerbRow("go next", verbs.GoNext, "Enter the scene after the present one, in the order of the file."),
    VerbRow("go back", verbs.GoBack, "Return to where the last `go` left."),
    VerbRow("state S", verbs.ToState, "Another state of the story inside the scene; the lead goes on."),
    VerbRow(
        "motif M [as STATE] [in ROLE] [with INSTRUMENT]",
        verbs.PlayMotif,
        "State the motif. It takes the lead, or, with `in ROLE`, lies on top.",
    ),
    VerbRow("passage P [from MARK, or from bar N]", verbs.PlayPassage, "Play written-out music."),
    VerbRow(
        "enter C [quietly]",
        verbs.Enter,
        "The character comes in and states its motif; `quietly`: only comes in.",
    ),
    VerbRow("leave C", verbs.Leave, "The character goes when its statement has ended."),
    VerbRow(
        "arc C = STATE, arc C next",
        verbs.Arc,
        "Another state of the character, heard from its next statement.",
    ),
    VerbRow("relationship a & b = STATUS", verbs.Relationship, "What two characters are to each other."),
    VerbRow(
        "tempo N, tempo x1.1",
        verbs.TempoTo,
        "Quarters a minute, or a factor. After `over T`: `evenly by beat` or `geometric`.",
    ),
    VerbRow("key K [via ROUTE]", verbs.KeyTo, "Another key; without a mode the mode in force stays."),
    VerbRow("mode M", verbs.ModeTo, "Another mode on the same keynote."),
    VerbRow("metre N/D", verbs.MetreTo, "Another metre."),
    VerbRow("harmony P", verbs.HarmonyTo, "Another progression, from its first chord."),
    VerbRow(
        "chord C",
        verbs.ChordTo,
        "One chord, as a numeral (`bII`) or by name (`D major`), until the next chord of the "
        "progression or `for T`.",
    ),
    VerbRow("palette P", verbs.PaletteTo, "Other players; each role at its next note."),
    VerbRow("play ROLE on INSTRUMENT", verbs.PlayOn, "Another player for one role."),
    VerbRow("figure ROLE F", verbs.FigureTo, "Another figure for one role."),
    VerbRow("layers ROLE ROLE …", verbs.Layers, "These roles may be heard, and no others."),
    VerbRow("mute X", verbs.Mute, "Silence a role, character or instrument."),
    VerbRow("unmute X", verbs.Unmute, "Let it be heard again."),
    VerbRow("solo X", verbs.Solo, "Silence everything else."),
    VerbRow(
        "level X ±N dB, level X out, level X back",
        verbs.LevelTo,
        "The mixer: a role, character, instrument, or `all`. `back` takes the level off again.",
    ),
    VerbRow("dynamic D", verbs.DynamicTo, "How loud they play, until the next entry: pp … ff."),
    VerbRow("swell T to D", verbs.Swell, "Grow to D over T, and return over T."),
    VerbRow("crescendo T [D] to D", verbs.Crescendo, "Grow (or fade) to D over T, and stay there."),
    VerbRow("fade T", verbs.Fade, "Down to silence. The music goes on unheard; the next `go` brings it back."),
    VerbRow("fade out T", verbs.Fade, "Down to silence, and then nothing plays."),
    VerbRow("set PARAM = X", verbs.SetParameter, "Give a parameter a value."),
    VerbRow("density X", verbs.Density, "How many of the written notes are played, 0 to 1."),
    VerbRow("stinger S", verbs.PlayStinger, "Play a short gesture on top."),
    VerbRow("silence S", verbs.Silence, "A silence of a chosen length."),
    VerbRow("wait T", verbs.Wait, "Nothing for so long; what begins with `then` counts from its end."),
    VerbRow(
        "hold [at each bar] until CUE [for at most T]", verbs.Hold, "Stand still until the cue comes."
    ),
    VerbRow(
        "vamp N bars [until CUE] [for at most T] [leave at next bar, or at end]",
        verbs.Vamp,
        "The same bars over and over.",
    ),
    VerbRow("continue", verbs.Continue, "Out of a vamp or a hold."),
    VerbRow("hit H in T", verbs.Hit, "Reach a hit point in exactly so long."),
    VerbRow("dialogue on, dialogue off", verbs.Dialogue, "Step back for the spoken word, or no longer."),
    VerbRow("pause", verbs.Pause, "Time stands."),
    VerbRow(
        "resume [exactly]",
        verbs.Resume,
        "Go on from the start of the bar, or from the very instant.",
    ),
    VerbRow("finish [with PASSAGE]", verbs.Finish, "Come to a close in the key in force."),
    VerbRow("stop", verbs.Stop, "What sounds ends, and nothing plays until the next cue that makes it."),
    VerbRow("undo CUE", verbs.Undo, "Take back what that cue changed and still holds."),
    VerbRow("cancel CUE, cancel all", verbs.Cancel, "Drop what was asked for and has not happened yet."),
    VerbRow("panic", verbs.PanicNow, "Silence everything at once, on every channel."),
    VerbRow("log TEXT", verbs.LogText, "Write a line into the trace."),
)

BOUNDARY_ROWS: dict[Grid, str] = {
    Grid.NOW: "At once: the next note is the first to know of it.",
    Grid.BEAT: "The next beat of the metre in force; in 6/8, 9/8 and 12/8 a beat is a dotted quarter.",
    Grid.BAR: "The next bar line.",
    Grid.BARS: "The next bar line of a grid of N bars, counted from the last entry of a scene or state.",
    Grid.PHRASE: "The end of the phrase (`phrase` bars from the last entry), or of a statement of the lead.",
    Grid.END: "The end of the statement that leads, else of the progression.",
    Grid.MARKER: "The place of that name in the motif, passage or scene.",
}

OPERATION_ROWS: dict[type, str] = {
    operation.TransposeSteps: "Up or down along the scale in force.",
    operation.TransposeInterval: "By an exact interval.",
    operation.TransposeSemitones: "By semitones.",
    operation.Rekey: "Read in that key; major where the name gives no mode.",
    operation.InMode: "Read in that mode on the same keynote. Only these notes, not the chords.",
    operation.Invert: "Upside down along the scale, about a degree; without one, about the first note.",
    operation.InvertReal: "Upside down by semitones.",
    operation.Retrograde: "The last note first.",
    operation.Augment: "So many times as long. A fraction such as 3/2 will do.",
    operation.Diminish: "So many times as short.",
    operation.Fragment: "Only these notes, counted from 1.",
    operation.Tail: "Only the last so many notes.",
    operation.Beats: "Only what stands between, in quarters from the first full bar.",
    operation.Sequence: "So many times in all, each time so many scale steps on.",
    operation.SequenceReal: "So many times in all, each time an exact interval on.",
    operation.Ornament: "On notes of a quarter and more: neighbours, turn, passing or mordent.",
    operation.Displace: "So many quarters later; round the corner where the motif loops.",
    operation.Thicken: "The same line again below: octaves, thirds or sixths.",
    operation.Register: "Whole octaves, also `octave up` and `octave down`.",
    operation.Articulate: "Another touch: {articulations}.",
    operation.TempoFactor: "Everybody so much faster while this motif is stated.",
    operation.OnInstrument: "Another player.",
    operation.InRole: "In another role, on top of what leads.",
    operation.AsWritten: "No change.",
    operation.NotYet: "",
}
"""The meaning of each operation; the way it is written is taken from the examples below."""

OPERATION_EXAMPLES: tuple[str, ...] = (
    "transpose +2 steps",
    "transpose m3 up",
    "transpose +3 semitones",
    "rekey to Eb",
    "mode minor",
    "invert about 5",
    "invert real about 1",
    "retrograde",
    "augment 2",
    "diminish 2",
    "fragment 1..4",
    "tail 3",
    "beats 0..2",
    "sequence 3 up 1 step",
    "sequence 3 up M2",
    "ornament turn",
    "displace 1/2",
    "thicken octaves",
    "register +12",
    "articulate staccato",
    "tempo x1.1",
    "on cello",
    "in bass",
    "as written",
    "chorale 4",
    "harmonise home",
    "sharpen 0.5",
)
