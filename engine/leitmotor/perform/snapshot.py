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


def encode(value: Any) -> Any:
    """The value as what JSON can hold."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, list):
        return [encode(member) for member in value]
    if isinstance(value, dict):
        items = [[encode(key), encode(item)] for key, item in value.items()]
        return {CLASS: "dict", "items": items}
    if isinstance(value, Fraction):
        return {CLASS: "Fraction", "value": f"{value.numerator}/{value.denominator}"}
    if isinstance(value, Enum):
        return {CLASS: _NAMES[type(value)], "name": value.name}
    if isinstance(value, tuple):
        if hasattr(value, "_fields"):
            return {CLASS: _NAMES[type(value)], "fields": [encode(member) for member in value]}
        return {CLASS: "tuple", "members": [encode(member) for member in value]}
    cls = type(value)
    return {CLASS: _NAMES[cls]} | {name: encode(getattr(value, name)) for name in _FIELDS[cls]}


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
