"""The JSON Schema of scores and rigs, for completion in editors (rule 10)."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from leitmotor.music.scale import MAJOR, Key
from leitmotor.score.model.base import Keys
from leitmotor.score.model.rig import Rig
from leitmotor.score.model.root import Score

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NOTHING: tuple[Any, ...] = (None, "", [], {})


def score_schema() -> dict[str, Any]:
    """The schema of a score, version 1; its descriptions are those of the reference page."""
    return _complete(Score, "A leitmotor score, version 1")


def rig_schema() -> dict[str, Any]:
    """The schema of a rig file, version 1."""
    return _complete(Rig, "A leitmotor rig, version 1")


def _complete(model: type[Keys], title: str) -> dict[str, Any]:
    schema = model.model_json_schema(by_alias=True, schema_generator=_InWords)
    return {"$schema": _DIALECT} | schema | {"title": title}


class _InWords(GenerateJsonSchema):
    """Defaults as an author would write them; none where nothing is the default."""

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        written = super().default_schema(schema)
        if written.get("default", 0) in _NOTHING:
            del written["default"]
        return written

    def encode_default(self, dft: Any) -> Any:
        if dft is None or isinstance(dft, (bool, int, float, str)):
            return dft
        if isinstance(dft, Keys) or not dft:
            return {} if isinstance(dft, (Keys, dict)) else []
        if isinstance(dft, tuple) and dft[-1] is MAJOR:
            return str(Key(*dft))
        if isinstance(dft, tuple):
            return ":".join(map(str, dft))
        return str(dft)
