"""What pydantic finds wrong, in a composer's words and with a place in the tree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from leitmotor.score.model.base import OWNER, Keys
from leitmotor.score.nearest import did_you_mean, nearest, normal_key
from leitmotor.score.parts import Path, came
from leitmotor.score.verb_patterns import VERBS

KEY_SYNONYMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "on": ("when",),
        "trigger": ("when",),
        "triggers": ("when",),
        "action": ("do",),
        "actions": ("do",),
        "then": ("do",),
        "bpm": ("tempo",),
        "speed": ("tempo",),
        "melody": ("notes",),
        "theme": ("motif", "notes", "motifs"),
        "themes": ("motifs",),
        "melodies": ("motifs",),
        "pattern": ("drums", "notes"),
        "meter": ("metre",),
        "time signature": ("metre",),
        "signature": ("metre",),
        "scale": ("key", "mode"),
        "chords": ("harmony",),
        "progression": ("harmony",),
        "progressions": ("harmony",),
        "orchestration": ("palette",),
        "colour": ("palette",),
        "colours": ("palettes",),
        "instrument": ("lead", "with", "is"),
        "volume": ("levels", "dynamic"),
        "dynamics": ("dynamic",),
        "repeat": ("loop",),
        "variations": ("vary", "states"),
        "if": ("while",),
        "condition": ("while",),
        "name": ("id", "title"),
        "parameter": ("set", "from"),
        "characters": ("who",),
        "variables": ("parameters",),
        "duration": ("length",),
        "port": ("midi",),
    }
)
"""What people type for a key, and the keys they may mean (rule 6)."""

_WANTED: Mapping[str, str] = MappingProxyType(
    {
        "string_type": "a text",
        "bool_type": "true or false",
        "int_type": "a whole number",
        "int_from_float": "a whole number",
        "float_type": "a number",
        "model_type": "a mapping (key: value)",
        "model_attributes_type": "a mapping (key: value)",
        "dict_type": "a mapping (name: value)",
        "tuple_type": "a list",
        "list_type": "a list",
    }
)
_QUOTED = re.compile(r"'([^']*)'|\b(\d+)\b")


def faults(error: ValidationError, tree: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    """(place in the tree, what is wrong) for everything in `error`."""
    for detail in error.errors(include_url=False):
        path = tree_path(tree, detail["loc"])
        yield path, _text(detail)


def tree_path(tree: Any, loc: tuple[str | int, ...]) -> Path:
    """The place in the tree that a model's location means, without what only models have."""
    path: list[str | int] = []
    node = tree
    for part in loc:
        found = _step(node, part)
        if found is not None:
            path.append(found)
            node = node[found]
    return tuple(path)


def _step(node: Any, part: str | int) -> str | int | None:
    if isinstance(node, list):
        return part if isinstance(part, int) and part < len(node) else None
    if not isinstance(node, dict):
        return None
    written = str(part).partition(OWNER)[0]
    if written in node:
        return written
    return next((key for key in node if normal_key(key) == written), None)


def _text(detail: ErrorDetails) -> str:
    kind = detail["type"]
    came_text = came(detail["input"])
    if kind == "extra_forbidden":
        return _unknown_key(str(detail["loc"][-1]))
    if kind == "value_error":
        return str(detail["ctx"]["error"])
    if kind == "missing":
        return f'the key "{detail["loc"][-1]}" is missing here'
    if kind == "literal_error":
        return _closed(detail, came_text)
    if kind == "tuple_type" and detail["loc"] == ("scenes",) and isinstance(detail["input"], dict):
        name = next(iter(detail["input"]), "kitchen")
        return f"scenes are a list: write - {{id: {name}, …}}"
    if kind in _WANTED:
        return f"{_WANTED[kind]} must stand here, not {came_text}"
    limit = next(iter(detail.get("ctx", {}).values()), "")
    if kind in ("greater_than_equal", "greater_than"):
        return f"a number from {limit} up must stand here, not {came_text}"
    if kind in ("less_than_equal", "less_than"):
        return f"a number up to {limit} must stand here, not {came_text}"
    return detail["msg"]


def _closed(detail: ErrorDetails, came_text: str) -> str:
    expected = str(detail["ctx"]["expected"])
    known = [a or b for a, b in _QUOTED.findall(expected) if a or b]
    if detail["loc"] in (("score",), ("rig",)):
        return f"this release reads version 1: write {detail['loc'][0]}: 1, not {came_text}"
    near = nearest(str(detail["input"]), known)
    hint = f'; did you mean "{near}"?' if near else ""
    return f"one of {', '.join(known)} must stand here, not {came_text}{hint}"


def _unknown_key(tagged: str) -> str:
    key, _, owner = tagged.partition(OWNER)
    model = _model_named(owner)
    return unknown_key(key, model.suggestions() if model else frozenset())


def unknown_key(key: str, known: frozenset[str]) -> str:
    """What to say about a key that is not among `known`."""
    normal = normal_key(key)
    for meant in KEY_SYNONYMS.get(normal, ()):
        if meant in known:
            return f'there is no key "{key}" here; write "{meant}"'
    if normal.split(" ")[0] in VERBS and " " in normal:
        return f"a comma ends the entry here; write a list: do: [… , {key}]"
    return (
        f'there is no key "{key}" here{did_you_mean(key, known)}'
        if nearest(normal, known)
        else f'there is no key "{key}" here; known are {", ".join(sorted(known))}'
    )


def _model_named(name: str) -> type[Keys] | None:
    waiting: list[type[Keys]] = [Keys]
    while waiting:
        model = waiting.pop()
        if model.__name__ == name:
            return model
        waiting.extend(model.__subclasses__())
    return None
