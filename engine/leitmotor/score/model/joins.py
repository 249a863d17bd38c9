"""Names that join one part of a score to another: what may stand there, and what it must name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias

from pydantic import PlainValidator, WithJsonSchema

from leitmotor.score.compiled import Choice, Players
from leitmotor.score.nearest import normal_key
from leitmotor.score.parts import came


@dataclass(frozen=True, slots=True)
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


_NAME_SCHEMA = WithJsonSchema(_NAME)
_LIST_SCHEMA = WithJsonSchema(_LIST)
_CHOICE_SCHEMA = WithJsonSchema(_turns(_NAME))
_ROW_SCHEMA = WithJsonSchema({"anyOf": [_turns(_NAME), {"type": "array", "items": _turns(_NAME)}]})
_PLAYERS_SCHEMA = WithJsonSchema(_turns(_LIST))
_BY_ROLE_SCHEMA = WithJsonSchema({"type": "object", "additionalProperties": _turns(_NAME)})
_ONE = PlainValidator(one_name)
_MANY = PlainValidator(many_names)
_CHOICE = PlainValidator(name_choice)

PaletteName: TypeAlias = Annotated[str, _ONE, Ref(("palettes",)), _NAME_SCHEMA]
ParameterName: TypeAlias = Annotated[str, _ONE, Ref(("parameters",)), _NAME_SCHEMA]
MotifName: TypeAlias = Annotated[str, _ONE, Ref(("motifs",)), _NAME_SCHEMA]
CharacterName: TypeAlias = Annotated[str, _ONE, Ref(("characters",)), _NAME_SCHEMA]
PlaceName: TypeAlias = Annotated[str, _ONE, Ref(("places",)), _NAME_SCHEMA]
StateName: TypeAlias = Annotated[str, _ONE, Ref(("states",)), _NAME_SCHEMA]
SceneName: TypeAlias = Annotated[str, _ONE, Ref(("scenes",)), _NAME_SCHEMA]
PassageName: TypeAlias = Annotated[str, _ONE, Ref(("passages",)), _NAME_SCHEMA]
HitName: TypeAlias = Annotated[str, _ONE, Ref(("hits",)), _NAME_SCHEMA]
RoleName: TypeAlias = Annotated[str, _ONE, Ref(("roles",)), _NAME_SCHEMA]

CharacterNames: TypeAlias = Annotated[tuple[str, ...], _MANY, Ref(("characters",)), _LIST_SCHEMA]
PlayerNames: TypeAlias = Annotated[
    tuple[str, ...], _MANY, Ref(("instruments", "roles")), _LIST_SCHEMA
]
RoleList: TypeAlias = Annotated[tuple[str, ...] | None, _MANY, Ref(("roles",)), _LIST_SCHEMA]

PaletteChoice: TypeAlias = Annotated[
    Choice[str] | None, _CHOICE, Ref(("palettes",)), _CHOICE_SCHEMA
]
ProgressionChoice: TypeAlias = Annotated[
    Choice[str] | None, _CHOICE, Ref(("progressions",)), _CHOICE_SCHEMA
]
PassageChoices: TypeAlias = Annotated[
    tuple[Choice[str], ...],
    PlainValidator(name_choice_or_row),
    Ref(("passages",)),
    _ROW_SCHEMA,
]
PlayersChoice: TypeAlias = Annotated[
    Choice[Players], PlainValidator(players_choice), Ref(("instruments",)), _PLAYERS_SCHEMA
]
FigureChoices: TypeAlias = Annotated[
    Mapping[str, Choice[str]], PlainValidator(choices_by_role), Ref(("figures",)), _BY_ROLE_SCHEMA
]
Harmony: TypeAlias = Annotated[Choice[str] | None, _CHOICE, _CHOICE_SCHEMA]
"""A progression by name, or numerals: checked with the names."""
