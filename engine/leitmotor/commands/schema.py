"""`leitmotor schema`: the JSON Schema of the score language."""

from __future__ import annotations

import json

from leitmotor.score.schema import rig_schema, score_schema

_SCHEMAS = {"score": score_schema, "rig": rig_schema}


def print_schema(kind: str) -> None:
    """Print the schema of a `score` or a `rig`."""
    print(json.dumps(_SCHEMAS[kind](), ensure_ascii=False, indent=2))
