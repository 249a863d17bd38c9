"""Every name that one part of a model uses of another, with its place; and whether it exists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, get_args

from leitmotor.score.compiled import Choice
from leitmotor.score.model.base import Keys, key_of
from leitmotor.score.model.joins import Ref
from leitmotor.score.names import Names, unknown_name
from leitmotor.score.parts import Path


def dangling(model: Keys, names: Names) -> Iterator[tuple[Path, str]]:
    """(place, what is wrong) for every name in `model` that nothing declares."""
    for path, kinds, name in references(model, ()):
        sets = names.of(*kinds)
        if not any(name in known for known in sets):
            yield path, unknown_name(name, kinds, frozenset().union(*sets))


def references(model: Keys, path: Path) -> Iterator[tuple[Path, tuple[str, ...], str]]:
    """(place, kinds, name) for every name that a field of `model` or of its parts refers to."""
    cls = type(model)
    for field, key, ref in _fields(cls):
        if field not in model.model_fields_set:
            continue
        value = getattr(model, field)
        place = path if field == cls.gathers else (*path, key)
        if ref is None:
            yield from _inside(value, place)
        else:
            for where, name in _names(value, place):
                yield where, ref.kinds, name


def _inside(value: Any, path: Path) -> Iterator[tuple[Path, tuple[str, ...], str]]:
    if isinstance(value, Keys):
        yield from references(value, path)
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _inside(part, (*path, key))
    elif isinstance(value, tuple):
        for i, part in enumerate(value):
            yield from _inside(part, (*path, i))


def _names(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Choice):
        inner = (*path, "shuffled" if value.shuffled else "in turn")
        for i, option in enumerate(value.options):
            yield from _names(option, (*inner, i))
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _names(part, (*path, key))
    elif isinstance(value, tuple):
        for i, part in enumerate(value):
            yield from _names(part, (*path, i))


@lru_cache(maxsize=128)
def _fields(cls: type[Keys]) -> tuple[tuple[str, str, Ref | None], ...]:
    found = []
    for name, field in cls.model_fields.items():
        ref = _ref((*field.metadata, field.annotation))
        if ref is not None or _holds_models(field.annotation):
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


def _holds_models(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, Keys):
        return True
    return any(map(_holds_models, get_args(annotation)))
