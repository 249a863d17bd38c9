"""The names that a score's tree declares, whatever else may be wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from leitmotor.music import instruments
from leitmotor.score.model.cast import ROLE
from leitmotor.score.names import STANDARD_ROLES, Names
from leitmotor.score.nearest import normal_key
from leitmotor.score.parts import Path
from leitmotor.score.verb_patterns import VERBS

KINDS = {
    "instruments": "instruments",
    "palettes": "palettes",
    "characters": "characters",
    "places": "places",
    "motifs": "motifs",
    "figures": "figures",
    "harmony": "progressions",
    "states": "states",
    "passages": "passages",
    "parameters": "parameters",
    "cues": "cues",
    "stingers": "stingers",
    "silence": "silences",
}
"""Top-level keys whose entries are names, and the kind of each."""

_JOINTS = (" at ", " as ", " over ", " for ", " then ")


def declared_names(tree: Mapping[str, Any]) -> Names:
    """Every name of the tree, by kind."""
    sets = {kind: frozenset(_mapping(tree.get(key))) for key, kind in KINDS.items()}
    motif_states = {m: frozenset(_mapping(e.get("states"))) for m, e in _entries(tree, "motifs")}
    return Names(
        **sets
        | {
            "instruments": sets["instruments"] | frozenset(instruments.names()),
            # Scenes written as a mapping are told so; their names are meant all the same.
            "scenes": frozenset(name for _, name in _listed(tree.get("scenes"), "id"))
            | frozenset(_mapping(tree.get("scenes"))),
            "hits": frozenset(
                name for _, name in _listed(_mapping(tree.get("hits")).get("points"), "name")
            ),
            "roles": _roles(tree),
            "marks": frozenset(_marks(tree)),
            "numbers": frozenset(_numbers(tree)),
        },
        arcs={c: _arc(e, motif_states) for c, e in _entries(tree, "characters")},
        motif_states=motif_states,
        statuses={
            " & ".join(part.strip() for part in pair.split("&")): frozenset(
                key for key in entry if normal_key(key) != "start"
            )
            for pair, entry in _entries(tree, "relationships")
        },
    )


def _numbers(tree: Mapping[str, Any]) -> Iterator[str]:
    for _, cue in _entries(tree, "cues"):
        number = cue.get("number", "")
        if isinstance(number, (str, int, float)) and not isinstance(number, bool):
            yield str(number)


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _entries(tree: Mapping[str, Any], key: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, entry in _mapping(tree.get(key)).items():
        yield name, _mapping(entry)


def _listed(value: Any, key: str) -> Iterator[tuple[int, str]]:
    for i, entry in enumerate(value if isinstance(value, list) else ()):
        name = _mapping(entry).get(key)
        if isinstance(name, (str, int)) and not isinstance(name, bool):
            yield i, str(name)


def _roles(tree: Mapping[str, Any]) -> frozenset[str]:
    keys = {normal_key(key) for _, entry in _entries(tree, "palettes") for key in entry}
    return frozenset(STANDARD_ROLES) | {key for key in keys if ROLE.fullmatch(key)}


def _marks(tree: Mapping[str, Any]) -> Iterator[str]:
    for kind in ("motifs", "passages"):
        for _, entry in _entries(tree, kind):
            yield from _mapping(entry.get("marks"))
    scenes = tree.get("scenes")
    for scene in scenes if isinstance(scenes, list) else ():
        yield from _mapping(_mapping(scene).get("marks"))


def _arc(entry: dict[str, Any], states: Mapping[str, frozenset[str]]) -> frozenset[str]:
    arc = entry.get("arc", ())
    named = (
        frozenset(map(str, arc)) if isinstance(arc, list) else frozenset({str(arc)} if arc else ())
    )
    return named | states.get(str(entry.get("motif", "")), frozenset())


def name_faults(tree: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    """Names that are also verbs (rule 2)."""
    for path, name in _every_name(tree):
        if name in VERBS:
            yield path, f'"{name}" is a verb and cannot be a name; give it another one'


def name_warnings(tree: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    """Names that hold a word which means something in a verb (rule 2)."""
    for path, name in _every_name(tree):
        for joint in _JOINTS:
            if joint in name:
                yield (
                    path,
                    f'the name "{name}" holds "{joint.strip()}", which has a meaning in verbs',
                )
                break


def _every_name(tree: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    for key in KINDS:
        for name in _mapping(tree.get(key)):
            yield (key, name), name
    for i, name in _listed(tree.get("scenes"), "id"):
        yield ("scenes", i, "id"), name
    for i, name in _listed(_mapping(tree.get("hits")).get("points"), "name"):
        yield ("hits", "points", i, "name"), name
