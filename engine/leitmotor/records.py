"""Frozen values with slots whose classes cost next to nothing to define: there are hundreds.

`@dataclass(frozen=True, slots=True)` writes and compiles six methods for every class as it is
defined, which was a good part of the time that starting took. A record is a dataclass too (`fields`
and `replace` work on it), but its `__init__` is compiled with the first value that is made, and the
other methods are the same for all records.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[T]) -> type[T]:
    """A class decorator: a frozen, slotted dataclass, compared, hashed and pickled by its fields.

    A class that needs an order, subclasses or `__post_init__` is a plain dataclass instead.
    """
    for name, method in _METHODS.items():
        setattr(cls, name, method)
    slotted: Any = dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    slotted._values = staticmethod(_getter(slotted.__match_args__))
    made: type[T] = slotted
    return made


def _getter(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """What gives the values of all fields as a tuple."""
    if not names:
        return lambda _self: ()
    get: Callable[[Any], Any] = attrgetter(*names)
    if len(names) > 1:
        return get
    return lambda self: (get(self),)


# --------------------------------------------------------------------------------------------------
# What all records have


def _first_init(self: Any, *values: Any, **by_name: Any) -> None:
    """Stands for `__init__` until the first value is made."""
    cls = type(self)
    cls.__init__ = _compiled_init(cls)
    cls.__init__(self, *values, **by_name)


def _repr(self: Any) -> str:
    shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
    return f"{type(self).__qualname__}({shown})"


def _eq(self: Any, other: Any) -> Any:
    if type(other) is not type(self):
        return NotImplemented
    values = self._values
    return values(self) == values(other)


def _hash(self: Any) -> int:
    return hash(self._values(self))


def _setattr(_self: object, name: str, _value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _delattr(_self: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _reduce(self: Any) -> tuple[type, tuple[Any, ...]]:
    return type(self), self._values(self)


_METHODS: dict[str, Callable[..., Any]] = {
    "__init__": _first_init,
    "__repr__": _repr,
    "__eq__": _eq,
    "__hash__": _hash,
    "__setattr__": _setattr,
    "__delattr__": _delattr,
    "__reduce__": _reduce,
}


# --------------------------------------------------------------------------------------------------
# The one method that each record has of its own


def _compiled_init(cls: Any) -> Callable[..., None]:
    """`__init__` with the fields as its parameters. It writes past the frozen `__setattr__`."""
    known: dict[str, Any] = {"_MISSING": MISSING}
    parameters, body = ["self"], ["pass"]
    for each in fields(cls):
        known[f"_set_{each.name}"] = getattr(cls, each.name).__set__
        parameters.append(_parameter(each, known))
        body.append(_assignment(each, known))
    head = f"def __init__({', '.join(parameters)}):"
    exec("\n  ".join((head, *body)), known)
    init: Callable[..., None] = known["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init


def _parameter(each: Field[Any], known: dict[str, Any]) -> str:
    if each.default_factory is not MISSING:
        return f"{each.name}=_MISSING"
    if each.default is MISSING:
        return each.name
    known[f"_default_{each.name}"] = each.default
    return f"{each.name}=_default_{each.name}"


def _assignment(each: Field[Any], known: dict[str, Any]) -> str:
    value = each.name
    if each.default_factory is not MISSING:
        known[f"_new_{each.name}"] = each.default_factory
        value = f"_new_{each.name}() if {each.name} is _MISSING else {each.name}"
    return f"_set_{each.name}(self, {value})"
