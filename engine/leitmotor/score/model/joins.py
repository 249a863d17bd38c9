"""Names that join one part of a score to another: what may stand there, and what it must name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, TypeAlias

from leitmotor.records import record
from leitmotor.score.compiled import Choice, Players
from leitmotor.score.model.reading import Read
from leitmotor.score.nearest import normal_key
from leitmotor.score.parts import came


@record
class Ref:
    """A field's names must be declared as one of these kinds (attributes of `Names`)."""

    kinds: tuple[str, ...]


def one_name(value: Any) -> str:
    """A single name; a number counts as its digits."""
    if isinstance(value, str) and value.strip():
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    raise ValueError(f"one name must stand here, not {came(value)}")


def many_names(value: Any) -> tuple[str, ...]:
    """A list of names; a single one is a list of one."""
    if isinstance(value, (list, tuple)):
        return tuple(one_name(part) for part in value)
    return (one_name(value),)


def _rotation(value: dict[Any, Any]) -> tuple[list[Any], bool]:
    keys = [normal_key(str(key)) for key in value]
    options = next(iter(value.values()), None)
    if keys not in (["in turn"], ["shuffled"]) or not isinstance(options, list) or not options:
        raise ValueError(
            f"a name, {{in turn: […]}} or {{shuffled: […]}} must stand here, not {came(value)}"
        )
    return options, keys == ["shuffled"]


def name_choice(value: Any) -> Choice[str]:
    """One name, or several in turn or shuffled."""
    if isinstance(value, dict):
        options, shuffled = _rotation(value)
        return Choice(tuple(one_name(o) for o in options), shuffled=shuffled)
    return Choice((one_name(value),))


def name_choice_or_row(value: Any) -> tuple[Choice[str], ...]:
    """One choice, or a list of them, one after another."""
    if isinstance(value, list):
        return tuple(name_choice(part) for part in value)
    return (name_choice(value),)


def players_choice(value: Any) -> Choice[Players]:
    """An instrument, several together, or in turn or shuffled."""
    if isinstance(value, dict):
        options, shuffled = _rotation(value)
        return Choice(tuple(many_names(o) for o in options), shuffled=shuffled)
    return Choice((many_names(value),))


def choices_by_role(value: Any) -> Mapping[str, Choice[str]]:
    """A choice for each role."""
    if not isinstance(value, dict):
        raise ValueError(f"a mapping such as {{bed: rocking}} must stand here, not {came(value)}")
    return {normal_key(str(role)): name_choice(choice) for role, choice in value.items()}


_NAME = {"type": ["string", "number"]}
_LIST = {"anyOf": [_NAME, {"type": "array", "items": _NAME}]}


def _turns(item: dict[str, Any]) -> dict[str, Any]:
    options = {"type": "array", "items": item, "minItems": 1}
    one = {"type": "object", "minProperties": 1, "maxProperties": 1, "additionalProperties": False}
    return {"anyOf": [item, one | {"properties": {"in turn": options, "shuffled": options}}]}


_ROW = {"anyOf": [_turns(_NAME), {"type": "array", "items": _turns(_NAME)}]}
_BY_ROLE = {"type": "object", "additionalProperties": _turns(_NAME)}
_ONE = Read(one_name, _NAME)
_MANY = Read(many_names, _LIST)
_CHOICE = Read(name_choice, _turns(_NAME))

PaletteName: TypeAlias = Annotated[str, _ONE, Ref(("palettes",))]
ParameterName: TypeAlias = Annotated[str, _ONE, Ref(("parameters",))]
MotifName: TypeAlias = Annotated[str, _ONE, Ref(("motifs",))]
CharacterName: TypeAlias = Annotated[str, _ONE, Ref(("characters",))]
PlaceName: TypeAlias = Annotated[str, _ONE, Ref(("places",))]
StateName: TypeAlias = Annotated[str, _ONE, Ref(("states",))]
SceneName: TypeAlias = Annotated[str, _ONE, Ref(("scenes",))]
PassageName: TypeAlias = Annotated[str, _ONE, Ref(("passages",))]
HitName: TypeAlias = Annotated[str, _ONE, Ref(("hits",))]
RoleName: TypeAlias = Annotated[str, _ONE, Ref(("roles",))]

CharacterNames: TypeAlias = Annotated[tuple[str, ...], _MANY, Ref(("characters",))]
PlayerNames: TypeAlias = Annotated[tuple[str, ...], _MANY, Ref(("instruments", "roles"))]
RoleList: TypeAlias = Annotated[tuple[str, ...] | None, _MANY, Ref(("roles",))]

PaletteChoice: TypeAlias = Annotated[Choice[str] | None, _CHOICE, Ref(("palettes",))]
ProgressionChoice: TypeAlias = Annotated[Choice[str] | None, _CHOICE, Ref(("progressions",))]
PassageChoices: TypeAlias = Annotated[
    tuple[Choice[str], ...],
    Read(name_choice_or_row, _ROW),
    Ref(("passages",)),
]
PlayersChoice: TypeAlias = Annotated[
    Choice[Players], Read(players_choice, _turns(_LIST)), Ref(("instruments",))
]
FigureChoices: TypeAlias = Annotated[
    Mapping[str, Choice[str]], Read(choices_by_role, _BY_ROLE), Ref(("figures",))
]
Harmony: TypeAlias = Annotated[Choice[str] | None, _CHOICE]
"""A progression by name, or numerals: checked with the names."""
