"""What verbs change, where they act unless they say otherwise, and which kinds there are (S10)."""

from __future__ import annotations

from leitmotor.music.length import NEXT_BAR, NEXT_BEAT, NEXT_PHRASE, Boundary
from leitmotor.score import verbs
from leitmotor.score.verbs import Entry, Verb

ENTRY_VERBS = (verbs.Go, verbs.GoNext, verbs.GoBack, verbs.ToState)

DEFAULT_BOUNDARIES: dict[type, Boundary] = {
    verbs.PlayMotif: NEXT_BAR,
    verbs.PlayPassage: NEXT_BAR,
    verbs.Vamp: NEXT_BAR,
    verbs.Finish: NEXT_PHRASE,
    verbs.KeyTo: NEXT_BAR,
    verbs.ModeTo: NEXT_BAR,
    verbs.MetreTo: NEXT_BAR,
    verbs.HarmonyTo: NEXT_BAR,
    verbs.ChordTo: NEXT_BEAT,
    verbs.Undo: NEXT_BAR,
}
"""Where a verb acts unless it says otherwise (language §4); `now` for all others."""

CARRIED_VERBS = (
    verbs.PlayStinger,
    verbs.Cancel,
    verbs.Undo,
    verbs.Stop,
    verbs.Finish,
    *ENTRY_VERBS,
)
"""Verbs whose plans go over into another scene; all others stay behind with theirs."""

TIME_VERBS = (
    verbs.Pause,
    verbs.Resume,
    verbs.Hold,
    verbs.Vamp,
    verbs.Continue,
    verbs.Finish,
)

SILENT_VERBS = (
    verbs.Stop,
    verbs.Fade,
    verbs.PanicNow,
    verbs.LogText,
    verbs.Cancel,
    verbs.Wait,
    verbs.Undo,
    verbs.Arc,
    verbs.Leave,
    verbs.Pause,
    verbs.Resume,
    verbs.Hold,
    verbs.Vamp,
    verbs.Continue,
    verbs.Finish,
    verbs.SetParameter,
    verbs.PlayStinger,
    verbs.Silence,
    *ENTRY_VERBS,
)
"""Verbs that make no music begin where none plays, and the entries, which do so by themselves."""


def thing_of(verb: Verb) -> str:
    """What a verb changes; a later request for the same thing replaces an earlier one (S10)."""
    match verb:
        case verbs.Go() | verbs.GoNext() | verbs.GoBack() | verbs.ToState():
            return "scene"
        case verbs.TempoTo():
            return "tempo"
        case verbs.KeyTo() | verbs.ModeTo():
            return "key"
        case verbs.PlayMotif(motif=motif, role=role) if role not in ("", "lead"):
            return f"motif {motif} in {role}"
        case verbs.PlayMotif():
            return "lead"
        case verbs.PlayOn(role=role):
            return f"players {role}"
        case verbs.FigureTo(role=role):
            return f"figure {role}"
        case verbs.Mute(target=target) | verbs.Unmute(target=target):
            return f"mute {target}"
        case verbs.LevelTo(target=target):
            return f"level {target}"
        case verbs.DynamicTo() | verbs.Swell() | verbs.Crescendo():
            return "dynamic"
        case verbs.Enter(character=who) | verbs.Leave(character=who):
            return f"presence {who}"
        case verbs.Arc(character=who):
            return f"arc {who}"
        case verbs.SetParameter(parameter=name):
            return f"parameter {name}"
    return PLAIN_THINGS.get(type(verb), "")


PLAIN_THINGS: dict[type, str] = {
    verbs.MetreTo: "metre",
    verbs.HarmonyTo: "harmony",
    verbs.ChordTo: "chord",
    verbs.PaletteTo: "palette",
    verbs.Layers: "layers",
    verbs.Solo: "solo",
    verbs.Fade: "fade",
    verbs.Stop: "stop",
    verbs.Finish: "stop",
    verbs.PlayPassage: "passage",
    verbs.Vamp: "vamp",
    verbs.Pause: "time",
    verbs.Resume: "time",
    verbs.Hold: "time",
    verbs.Continue: "time",
    verbs.Density: "density",
    verbs.PlayStinger: "stinger",
    verbs.Silence: "silence",
}


def awaited(entry: Entry) -> str:
    """What waits for a marker is one thing however often it is asked for: it may never come."""
    return entry.text if entry.at is not None and entry.at.marker else ""
