"""Records: they behave as frozen, slotted dataclasses do, and are cheap to define."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Mapping
from dataclasses import FrozenInstanceError, field, fields, replace
from typing import Any, Generic, TypeVar

import pytest

from leitmotor.records import record

T_co = TypeVar("T_co", covariant=True)


@record
class Nothing:
    """No field."""


@record
class Tone:
    """One field."""

    pitch: float


@record
class Box(Generic[T_co]):
    """A field without a default, one with, and one that is made anew."""

    content: T_co
    name: str = ""
    marks: Mapping[str, int] = field(default_factory=dict)

    @property
    def loud(self) -> str:
        """Classes keep what they define themselves."""
        return self.name.upper()


def test_values_are_given_by_place_by_name_or_by_default() -> None:
    box = Box(3, "a")
    assert (box.content, box.name, box.marks, box.loud) == (3, "a", {}, "A")
    assert Box(content=3, name="a") == box
    assert Box(3).marks is not Box(3).marks


def test_what_is_no_field_or_lacks_is_refused_also_by_the_first_value() -> None:
    @record
    class Never:
        """No value of it has been made."""

        pitch: int

    wrong: Any = Never
    with pytest.raises(TypeError, match=r"missing 1 required positional argument: 'pitch'"):
        wrong()
    with pytest.raises(TypeError, match="unexpected keyword argument 'colour'"):
        wrong(pitch=1, colour=2)
    assert Never(1) == Never(pitch=1)


def test_they_are_compared_and_hashed_by_their_fields_and_their_class() -> None:
    @record
    class Other:
        """The fields of `Tone`."""

        pitch: float

    assert Nothing() == Nothing()
    assert Tone(1) != Tone(2)
    assert Tone(1) != Other(1)
    assert {Tone(1), Tone(1.0), Other(1)} == {Tone(1), Other(1)}
    with pytest.raises(TypeError, match="unhashable"):
        hash(Box([]))


def test_they_cannot_be_changed() -> None:
    tone: Any = Tone(1)
    for name in ("pitch", "colour"):
        with pytest.raises(FrozenInstanceError, match=name):
            setattr(tone, name, 2)
    with pytest.raises(FrozenInstanceError, match="pitch"):
        del tone.pitch
    assert not hasattr(tone, "__dict__")


def test_what_is_done_with_dataclasses_is_done_with_them() -> None:
    box = replace(Box(1, "a"), content=2)
    assert box == Box(2, "a")
    assert [each.name for each in fields(Box)] == ["content", "name", "marks"]
    assert repr(Tone(1)) == "Tone(pitch=1)"
    match box:
        case Box(content, "a"):
            assert content == 2
        case _:
            pytest.fail("a record matches by the order of its fields")


@pytest.mark.parametrize("value", [Nothing(), Tone(1.5), Box((1, Tone(2)), "a", {"b": 1})])
def test_they_are_pickled_and_copied_whole(value: object) -> None:
    assert pickle.loads(pickle.dumps(value)) == value
    assert copy.deepcopy(value) == value
