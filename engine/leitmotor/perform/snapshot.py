"""The state as JSON and back, exactly (law 8). Values are written with the name of their class."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from enum import Enum
from fractions import Fraction
from types import ModuleType
from typing import Any

from leitmotor import messages
from leitmotor.music import chord, length, metre, scale, tempo
from leitmotor.perform import motion, overlay_state, thresholds
from leitmotor.perform import state as performer_state
from leitmotor.score import verbs

CLASS = "@"
"""The key under which a class name stands; no field is called so."""


def _classes(modules: Iterable[ModuleType]) -> dict[str, type]:
    found: dict[str, type] = {}
    for module in modules:
        for name, member in vars(module).items():
            if isinstance(member, type) and member.__module__ == module.__name__:
                # Two modules may use one name (messages.Tempo, state.Tempo).
                found[f"{module.__name__.rsplit('.', 1)[-1]}.{name}"] = member
    return found


_KNOWN = _classes(
    (
        messages,
        chord,
        length,
        metre,
        scale,
        tempo,
        performer_state,
        motion,
        thresholds,
        overlay_state,
        verbs,
    )
)
_NAMES = {member: name for name, member in _KNOWN.items()}
_FIELDS = {
    member: tuple(field.name for field in dataclasses.fields(member))
    for member in _NAMES
    if dataclasses.is_dataclass(member)
}
"""Looked up once: to ask each value for them anew took a fifth of a snapshot's time."""


_PLAIN = frozenset({type(None), bool, int, float, str})


def encode(value: Any) -> Any:
    """The value as what JSON can hold."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is list:
        return [encode(member) for member in value]
    if kind is dict:
        items = [[encode(key), encode(item)] for key, item in value.items()]
        return {CLASS: "dict", "items": items}
    if kind is tuple:
        return {CLASS: "tuple", "members": [encode(member) for member in value]}
    if isinstance(value, tuple):
        return {CLASS: _NAMES[kind], "fields": [encode(member) for member in value]}
    if kind is Fraction:
        return {CLASS: "Fraction", "value": f"{value.numerator}/{value.denominator}"}
    if isinstance(value, Enum):
        return {CLASS: _NAMES[kind], "name": value.name}
    written: dict[str, Any] = {CLASS: _NAMES[kind]}
    for name in _FIELDS[kind]:
        written[name] = encode(getattr(value, name))
    return written


def decode(value: Any) -> Any:
    """The value that was encoded."""
    if isinstance(value, list):
        return [decode(member) for member in value]
    if not isinstance(value, dict):
        return value
    name = value[CLASS]
    if name == "dict":
        return {decode(key): decode(item) for key, item in value["items"]}
    if name == "tuple":
        return tuple(decode(member) for member in value["members"])
    if name == "Fraction":
        return Fraction(value["value"])
    known = _KNOWN[name]
    if issubclass(known, Enum):
        return known[value["name"]]
    if "fields" in value and hasattr(known, "_fields"):
        return known(*(decode(member) for member in value["fields"]))
    return known(**{key: decode(item) for key, item in value.items() if key != CLASS})
