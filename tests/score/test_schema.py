"""The JSON Schema accepts what the reader accepts, and refuses what a typist gets wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from leitmotor.score.matcher_text import _MODIFIERS, _READERS
from leitmotor.score.model.cue_schema import MATCHERS, VERB_EXAMPLES
from leitmotor.score.schema import rig_schema, score_schema
from leitmotor.score.source import read_source
from leitmotor.score.verb_patterns import VERBS

ROOT = Path(__file__).parents[2]
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
        ({"score": 1, "figures": {"a": {"notes": "1q"}}}, False),
        ({"score": 1, "figures": {"a": {"notes": "1q", "like": "b"}}}, True),
    ],
)
def test_single_rules(tree: dict[str, Any], valid: bool) -> None:
    assert SCORE.is_valid(tree) is valid


@pytest.mark.parametrize(
    ("cue", "valid"),
    [
        ({"when": {"press": "b"}, "do": "stop"}, True),
        ({"when": [{"osc": "/a/*"}, {"midi": "note 36", "channel": 10}], "do": "go $1"}, True),
        ({"when": {"tension above": 0.75, "for": "2 s"}, "do": ["stop"]}, True),
        ({"when": {"event": "seen", "where": {"who": "mara"}}}, True),
        ({"do": {"in turn": ["stop", ["stop"]]}}, True),
        ({"when": {"all of": [{"clock": "18:00"}, {"every": "20 min"}]}}, True),
        ({"while": ["scene quay", "clock 10:00..18:00"]}, True),
        ({"when": {"clock": "six"}}, False),
        ({"when": {"osc": "scene/quay"}}, False),
        ({"when": {"pres": "b"}}, False),
        ({"when": "b"}, False),
        ({"do": {"by turns": ["stop"]}}, False),
        ({"while": "scenes quay"}, False),
    ],
)  # fmt: skip
def test_what_fires_a_cue_and_what_it_does(cue: dict[str, Any], valid: bool) -> None:
    assert SCORE.is_valid({"score": 1, "cues": {"a": cue}}) is valid


def test_an_editor_is_offered_every_verb_and_every_matcher() -> None:
    assert dict.fromkeys(text.split()[0] for text in VERB_EXAMPLES).keys() == set(VERBS)
    assert {*_READERS, *_MODIFIERS, "for"} == set(MATCHERS)


@pytest.mark.parametrize("folder", sorted(ROOT.glob("scores/*")) + sorted(ROOT.glob("examples/*/")))
def test_every_shipped_score_is_valid(folder: Path) -> None:
    tree = read_source(folder / "score.yaml").tree
    assert [error.message for error in SCORE.iter_errors(tree)] == []


def test_every_key_is_described() -> None:
    """Completion and the reference page live from the descriptions; a $ref has its model's."""
    bare = [
        f"{name}.{key}"
        for name, model in (score_schema()["$defs"] | {"Score": score_schema()}).items()
        for key, value in model.get("properties", {}).items()
        if not value.get("description") and "$ref" not in value
    ]
    assert bare == []
