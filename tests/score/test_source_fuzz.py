"""Whatever the bytes are, loading gives a tree or located problems, and nothing else (M6)."""

from __future__ import annotations

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from leitmotor.errors import ScoreError
from leitmotor.score.depth import DEEPEST, too_deep
from leitmotor.score.source import parse_source

SEED_TEXT = """\
score: 1
meta: {title: "The Harbour", season: 1}   # a comment
motifs:
  mara: {notes: [1q 2e 3e 5h, '4e 3 2q 1h'], loop: true}
  tide:
    notes: |
      <1 5>w~ |
    states:
      - lost: {vary: [fragment 1..4, augment 2]}
transitions: {a -> b: {at: next bar}}
"""
PIECES = st.sampled_from(
    [*"[]{}:,-?&*!|>'\"%@`#~ \t\n\r\\", ": ", "- ", "\n  ", "\n", "---\n", "<<: ", "null", "x-a: "]
)
SCALARS = st.one_of(
    st.booleans(),
    st.integers(-(2**53), 2**53),
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), max_size=20),
)
KEYS = st.text("abcdefghij[{'\"#", min_size=1, max_size=5)


def check(data: bytes) -> None:
    """Loading must not raise anything but a located `ScoreError`."""
    text = data.decode("utf-8", "replace")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    try:
        source = parse_source(data, "f.yaml")
    except ScoreError as error:
        problems = error.problems
    else:
        assert all(place in source.marks for place in source.keys)
        return
    assert problems
    for problem in problems:
        assert problem.file == "f.yaml"
        assert 1 <= problem.line <= len(lines) + 1
        assert problem.column >= 1
        assert problem.text


@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    check(data)


@given(st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=60).map("".join))
def test_any_pieces_of_yaml(text: str) -> None:
    check(text.encode("utf-8", "surrogatepass"))


@settings(max_examples=200)
@given(st.data())
def test_a_score_with_mistakes(data: st.DataObject) -> None:
    text = SEED_TEXT
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 5)))
        text = text[:start] + data.draw(PIECES) + text[end:]
    check(text.encode())


TREES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=25,
)


@given(st.dictionaries(KEYS, TREES, min_size=1, max_size=5), st.sampled_from([True, False, None]))
def test_what_yaml_writes_is_read_back(tree: dict[str, object], flow: bool | None) -> None:
    text = yaml.safe_dump(tree, default_flow_style=flow, allow_unicode=True)
    if "&" not in text and "..." not in text:
        assert parse_source(text.encode(), "f.yaml").tree == tree


@given(st.integers(1, 40), st.booleans(), st.data())
def test_the_scan_before_the_parser_counts_as_the_parser_does(
    depth: int, flow: bool, data: st.DataObject
) -> None:
    """Fault 36: the linear scan refuses exactly what nests deeper than is allowed."""
    value: object = data.draw(SCALARS)
    for _ in range(depth - 1):
        value = [value] if data.draw(st.booleans()) else {data.draw(KEYS): value}
    text = yaml.safe_dump({"top": value}, default_flow_style=flow, allow_unicode=True)
    assert (too_deep(text) is not None) == (depth > DEEPEST)
