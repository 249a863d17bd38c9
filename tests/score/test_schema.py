"""The JSON Schema accepts what the reader accepts, and refuses what a typist gets wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from leitmotor.score.schema import rig_schema, score_schema
from leitmotor.score.source import read_source

EXAMPLE = Path(__file__).with_name("worked_example.yaml")
SCORE = Draft202012Validator(score_schema())


def test_both_schemas_are_schemas() -> None:
    Draft202012Validator.check_schema(score_schema())
    Draft202012Validator.check_schema(rig_schema())


def test_the_worked_example_and_the_smallest_score_are_valid() -> None:
    assert [e.message for e in SCORE.iter_errors(read_source(EXAMPLE).tree)] == []
    assert SCORE.is_valid({"score": 1, "motifs": {"walk": {"notes": "1q 3q 5q 3q | 1w"}}})


@pytest.mark.parametrize(
    ("tree", "valid"),
    [
        ({"score": 2}, False),
        ({}, False),
        ({"score": 1, "motif": {}}, False),
        ({"score": 1, "x-note": None}, True),
        ({"score": 1, "motifs": {"a": {"notes": "1q", "must_keep": "1..3"}}}, True),
        ({"score": 1, "motifs": {"a": {"melody": "1q"}}}, False),
        ({"score": 1, "motifs": {"a": {"notes": "1q", "fit": "keys"}}}, False),
        (
            {"score": 1, "palettes": {"a": {"pulse 2": {"in turn": ["harp", ["horn", "oboe"]]}}}},
            True,
        ),
        ({"score": 1, "palettes": {"a": {"puls": "harp"}}}, False),
        ({"score": 1, "states": {"a": {"tempo": 90, "tension": 0.4}}}, True),
        ({"score": 1, "states": {"a": {"tension": "high"}}}, False),
        ({"score": 1, "harmony": {"a": "i | V", "b": {"in": "D", "chords": ["i", "V"]}}}, True),
        ({"score": 1, "cues": {"a": {"once": "yes"}}}, False),
    ],
)
def test_single_rules(tree: dict[str, Any], valid: bool) -> None:
    assert SCORE.is_valid(tree) is valid


def test_every_key_is_described() -> None:
    """Completion and the reference page live from the descriptions; a $ref has its model's."""
    bare = [
        f"{name}.{key}"
        for name, model in (score_schema()["$defs"] | {"Score": score_schema()}).items()
        for key, value in model.get("properties", {}).items()
        if not value.get("description") and "$ref" not in value
    ]
    assert bare == []
