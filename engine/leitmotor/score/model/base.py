"""What all models share: strict keys in words, private `x-` keys, and entries given as one text."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from leitmotor.score.nearest import normal_key

OWNER = "\0"
"""Stands in an unknown key before the name of the model that does not know it."""


def key_of(field: str) -> str:
    """The key a field is written with: `wait_at_most` -> `wait at most`, `while_` -> `while`."""
    return field.rstrip("_").replace("_", " ")


class Keys(BaseModel):
    """A mapping of the language whose keys are all known."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        alias_generator=key_of,
        arbitrary_types_allowed=True,
        defer_build=True,
    )
    short: ClassVar[str] = ""  # the key that a bare text or list stands for
    gathers: ClassVar[str] = ""  # the field that collects all keys that are names
    free: ClassVar[re.Pattern[str]] = re.compile(".+")  # what such keys look like

    @model_validator(mode="before")
    @classmethod
    def _written(cls, value: Any) -> Any:
        if isinstance(value, dict):
            return _by_key(cls, value)
        if cls.short and isinstance(value, (str, list)):
            return {cls.short: value}
        return value

    @classmethod
    def keys(cls) -> frozenset[str]:
        """The keys as written."""
        return frozenset(key_of(field) for field in cls.model_fields if field != cls.gathers)

    @classmethod
    def suggestions(cls) -> frozenset[str]:
        """What a message offers for an unknown key."""
        return cls.keys()

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        written = handler(core_schema)
        schema = handler.resolve_ref_schema(written)
        properties: dict[str, Any] = schema.setdefault("properties", {})
        patterns: dict[str, Any] = {"^x-": {}}
        if cls.gathers:
            free = properties.pop(cls.gathers).get("additionalProperties", {})
            known = "|".join(sorted(cls.keys()))
            patterns[f"^(?!x-|(?:{known})$){cls.free.pattern}$"] = free
        for key in [key for key in properties if " " in key]:
            patterns[f"^{'[ _-]'.join(key.split())}$"] = properties[key]
        schema["patternProperties"] = patterns
        if "like" in properties and "required" in schema:
            # What an entry needs may come from the one that it is like.
            schema["anyOf"] = [{"required": schema.pop("required")}, {"required": ["like"]}]
        if cls.short:
            whole = dict(schema)
            bare = properties[cls.short]
            schema.clear()
            schema["anyOf"] = [bare, whole]
        return written


def _by_key(cls: type[Keys], written: dict[Any, Any]) -> dict[str, Any]:
    known = _known(cls)
    if not cls.gathers and written.keys() <= known:
        return written
    sorted_out: dict[str, Any] = {}
    free: dict[str, Any] = {}
    for key, value in written.items():
        if str(key).startswith("x-"):
            continue
        normal = normal_key(str(key))
        if normal in known:
            if normal in sorted_out:
                raise PydanticCustomError("same_key", '"{key}" is given twice', {"key": normal})
            sorted_out[normal] = value
        elif cls.gathers and cls.free.fullmatch(normal):
            free[normal] = value
        else:
            sorted_out[f"{key}{OWNER}{cls.__name__}"] = value
    if cls.gathers:
        sorted_out[cls.gathers] = free
    return sorted_out


def _known(cls: type[Keys]) -> frozenset[str]:
    found: frozenset[str] | None = cls.__dict__.get("_known_keys")
    if found is None:
        found = cls.keys()
        type.__setattr__(cls, "_known_keys", found)
    return found


class Named(Keys):
    """An entry with a name of its own, which another one of its kind may start from."""

    like: str = Field(
        "", description="Start from this entry of the same kind; keys given here win."
    )
