"""Which verbs this release reads and checks but does not perform yet (rule 10)."""

from __future__ import annotations

from collections.abc import Mapping

from leitmotor.score import verbs

NOT_YET = "understood, not yet performed"

NOT_YET_PERFORMED: Mapping[type, str] = {
    verbs.Relationship: "relationship",
    verbs.PlayStinger: "stinger",
    verbs.Silence: "silence",
    verbs.Hit: "hit",
    verbs.Dialogue: "dialogue",
}

OVER_PERFORMED = (
    verbs.TempoTo,
    verbs.LevelTo,
    verbs.DynamicTo,
    verbs.SetParameter,
    verbs.Pause,
    verbs.Density,
)
"""Verbs of which `over T` is performed."""

WITH_OVER_WORDS: Mapping[type, str] = {
    verbs.PaletteTo: "palette",
    verbs.Layers: "layers",
    verbs.Mute: "mute",
    verbs.Unmute: "unmute",
    verbs.Solo: "solo",
}


def verb_not_yet(verb: verbs.Verb) -> str:
    """What of a verb is not performed yet; empty where all of it is."""
    name = NOT_YET_PERFORMED.get(type(verb), "")
    if name:
        return name
    if isinstance(verb, verbs.KeyTo) and verb.via != "direct":
        return f"key via {verb.via}"
    if getattr(verb, "over", None) is not None and not isinstance(verb, OVER_PERFORMED):
        return f"{WITH_OVER_WORDS.get(type(verb), 'this verb')} over T"
    return ""
