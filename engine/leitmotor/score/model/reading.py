"""How a field is read from what an author wrote."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema


class Read:
    """In a field's type: its value is what `reader` makes of the written one (or a `ValueError`).

    `schema` is the JSON Schema of what may be written. Unlike pydantic's `PlainValidator` this
    makes no schema for writing the value again, which scores never are: starting would be slower.
    """

    def __init__(self, reader: Callable[[Any], Any], schema: dict[str, Any]) -> None:
        self._reader = reader
        self._schema = schema

    def __get_pydantic_core_schema__(
        self, _source: object, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._reader)

    def __get_pydantic_json_schema__(
        self, _core_schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return dict(self._schema)
