"""Keys that are read and checked but not performed yet (language rule 10)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from leitmotor.score.compiled_parameters import NUMBERS, STEPS, SWITCHES
from leitmotor.score.model import cast, drama, material, rig, story
from leitmotor.score.model.base import Keys, key_of
from leitmotor.score.model.root import Score
from leitmotor.score.parts import Path
from leitmotor.score.references import holds_models

WHOLE_SECTIONS: Mapping[str, str] = {
    "relationships": "relationship",
    "foreshadow": "foreshadow",
}
"""Kinds of which no entry is performed, and what one of them is called."""

WHOLE_KEYS = ("dialogue", "hits", "memory", "identity", "access", "export")
"""Top-level keys that are not performed."""

PERFORMED_TARGETS = NUMBERS | STEPS | SWITCHES

Performed = Callable[[Any], bool]
"""Whether a value of a key asks for nothing beyond what is performed."""


def _never(_: Any) -> bool:
    return False


def _is_one_of(*values: Any) -> Performed:
    return lambda value: value in values


FIELDS: Mapping[type[Keys], Mapping[str, Performed]] = {
    cast.Instrument: {"attack": _never},
    cast.Character: {"complements": _never},
    material.Motif: {"part": _never},
    material.Silence: {"keep": _is_one_of("", "tails")},
    drama.MappingEntry: {
        "to": lambda to: to[0] in PERFORMED_TARGETS,
    },
    story.Transition: {
        "key": _is_one_of("", "direct"),
    },
    rig.Output: {
        "delay": _never,
    },
}
"""Keys of entries that are otherwise performed, and which of their values are performed."""


def performs(model: type[Keys], field: str) -> bool:
    """Whether anything that a key may say is performed."""
    if model is Score:
        return field not in (*WHOLE_SECTIONS, *WHOLE_KEYS)
    return FIELDS.get(model, {}).get(field) is not _never


def is_performed(model: type[Keys], field: str, value: Any) -> bool:
    """Whether this value of a key is performed."""
    asked = FIELDS.get(model, {}).get(field)
    return asked is None or asked(value)


def keys_not_yet(score: Score) -> Iterator[tuple[Path, str]]:
    """(place, what it is) of every key that is given and not performed yet."""
    for section, word in WHOLE_SECTIONS.items():
        entries = getattr(score, section)
        named = isinstance(entries, dict)
        for name in entries if named else range(len(entries)):
            yield (section, name), f"{word} {name}" if named else word
    for key in WHOLE_KEYS:
        if getattr(score, key) is not None:
            yield (key,), key
    for field in score.model_fields_set - {*WHOLE_SECTIONS, *WHOLE_KEYS}:
        yield from _inside(getattr(score, field), (key_of(field),))


def _inside(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, Keys):
        yield from _of_entry(value, path)
        for field in _fields_with_parts(type(value)) & value.model_fields_set:
            yield from _inside(getattr(value, field), (*path, key_of(field)))
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _inside(part, (*path, name))
    elif isinstance(value, tuple):
        for number, part in enumerate(value):
            yield from _inside(part, (*path, number))


@lru_cache(maxsize=128)
def _fields_with_parts(cls: type[Keys]) -> frozenset[str]:
    return frozenset(name for name, f in cls.model_fields.items() if holds_models(f.annotation))


def _of_entry(entry: Keys, path: Path) -> Iterator[tuple[Path, str]]:
    for field, performed in FIELDS.get(type(entry), {}).items():
        if field in entry.model_fields_set and not performed(value := getattr(entry, field)):
            word = "silence " if isinstance(entry, material.Silence) else ""
            yield (*path, key_of(field)), word + _told(key_of(field), value, performed)


def _told(key: str, value: Any, performed: Performed) -> str:
    if key == "to":
        return f"to {' '.join(filter(None, value))}"
    if performed is _never or not isinstance(value, str):
        return key
    # Of these only some values are performed, so the value belongs to what is said.
    return f"{key} via {value}" if key == "key" else f"{key} {value}"
