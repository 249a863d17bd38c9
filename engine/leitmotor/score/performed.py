"""Which verbs this release reads and checks but does not perform yet (rule 10)."""

from __future__ import annotations

from collections.abc import Mapping

from leitmotor.score import verbs

NOT_YET = "understood, not yet performed"

NOT_YET_PERFORMED: Mapping[type, str] = {
    verbs.Relationship: "relationship",
    verbs.Hit: "hit",
    verbs.Dialogue: "dialogue",
}


def verb_not_yet(verb: verbs.Verb) -> str:
    """What of a verb is not performed yet; empty where all of it is."""
    name = NOT_YET_PERFORMED.get(type(verb), "")
    if name:
        return name
    if isinstance(verb, verbs.KeyTo) and verb.via != "direct":
        return f"key via {verb.via}"
    return ""
