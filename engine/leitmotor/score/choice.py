"""One of several, taken in turn or shuffled."""

from __future__ import annotations

from typing import Generic, TypeVar

from leitmotor.records import record

T_co = TypeVar("T_co", covariant=True)


@record
class Choice(Generic[T_co]):
    """One value, or several taken in turn or shuffled, counted under `name`."""

    options: tuple[T_co, ...]
    name: str = ""
    shuffled: bool = False
