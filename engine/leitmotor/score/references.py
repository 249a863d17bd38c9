"""Every name that one part of a model uses of another, with its place; and whether it exists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeAlias, get_args

from leitmotor.score.compiled import Choice
from leitmotor.score.model.base import Keys, key_of
from leitmotor.score.model.joins import Ref
from leitmotor.score.names import Names, unknown_name
from leitmotor.score.parts import Path

Reference: TypeAlias = tuple[Path, tuple[str, ...], str]
"""A name that something else must have: its place, the kinds that are looked through, itself."""


def dangling(found: Iterable[Reference], names: Names) -> Iterator[tuple[Path, str]]:
    """(place, what is wrong) for every reference to a name that nothing declares."""
    for path, kinds, name in found:
        sets = names.of(*kinds)
        if not any(name in known for known in sets):
            yield path, unknown_name(name, kinds, frozenset().union(*sets))


def references(model: Keys) -> tuple[Reference, ...]:
    """Every name that a field of `model` or of its parts refers to."""
    found: list[Reference] = []
    _of_model(model, (), found)
    return tuple(found)


def _of_model(model: Keys, path: Path, found: list[Reference]) -> None:
    cls, given = type(model), model.model_fields_set
    for field, key, ref in _fields(cls):
        if field in given:
            value = getattr(model, field)
            place = path if field == cls.gathers else (*path, key)
            if ref is None:
                _inside(value, place, found)
            else:
                _names(value, place, ref.kinds, found)


def _inside(value: Any, path: Path, found: list[Reference]) -> None:
    if isinstance(value, Keys):
        _of_model(value, path, found)
    elif isinstance(value, dict):
        for key, part in value.items():
            _inside(part, (*path, key), found)
    elif isinstance(value, tuple):
        for i, part in enumerate(value):
            _inside(part, (*path, i), found)


def _names(value: Any, path: Path, kinds: tuple[str, ...], found: list[Reference]) -> None:
    if isinstance(value, str):
        found.append((path, kinds, value))
    elif isinstance(value, Choice):
        inner = (*path, "shuffled" if value.shuffled else "in turn")
        _names(value.options, inner, kinds, found)
    elif isinstance(value, tuple):
        for i, part in enumerate(value):
            _names(part, (*path, i), kinds, found)
    elif isinstance(value, Mapping):
        for key, part in value.items():
            _names(part, (*path, key), kinds, found)


@lru_cache(maxsize=128)
def _fields(cls: type[Keys]) -> tuple[tuple[str, str, Ref | None], ...]:
    found = []
    for name, field in cls.model_fields.items():
        ref = _ref((*field.metadata, field.annotation))
        if ref is not None or holds_models(field.annotation):
            found.append((name, key_of(name), ref))
    return tuple(found)


def _ref(parts: tuple[Any, ...]) -> Ref | None:
    for part in parts:
        if isinstance(part, Ref):
            return part
        inner = getattr(part, "__metadata__", ()) + get_args(part)
        ref = _ref(inner) if inner else None
        if ref is not None:
            return ref
    return None


def holds_models(annotation: Any) -> bool:
    """Whether values of a type are models, or have models in them."""
    if isinstance(annotation, type) and issubclass(annotation, Keys):
        return True
    return any(map(holds_models, get_args(annotation)))
