"""Names as authors write them (rules 2 and 9)."""

from __future__ import annotations

import pytest

from leitmotor.score.nearest import did_you_mean, nearest, normal_key


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("count-in", "count in"),
        ("count_in", "count in"),
        ("  count  in ", "count in"),
        ("wait at-most", "wait at most"),
        ("calm -> chase", "calm -> chase"),
        ("calm->chase", "calm->chase"),
        ("-6", "-6"),
        ("a & b", "a & b"),
        ("count\u00a0in", "count in"),
        ("", ""),
    ],
)
def test_blank_underscore_and_hyphen_are_the_same(text: str, form: str) -> None:
    assert normal_key(text) == form


@pytest.mark.parametrize(
    ("word", "known", "found"),
    [
        ("orchestraton", ["orchestration", "order"], "orchestration"),
        ("MARA", ["ilan", "mara"], "mara"),
        ("count_in", ["count-in", "count"], "count-in"),
        ("violn", ["viola", "violin", "cello"], "violin"),
        ("xyz", ["mara", "ilan"], None),
        ("mara", [], None),
        ("", ["mara"], None),
        ("m" * 100_000, ["mara"] * 3, None),
    ],
)
def test_nearest(word: str, known: list[str], found: str | None) -> None:
    assert nearest(word, known) == found


def test_did_you_mean_names_the_nearest_or_all_of_a_few() -> None:
    assert did_you_mean("mra", ["mara", "ilan"]) == '; did you mean "mara"?'
    assert did_you_mean("xyz", {"mara", "ilan"}) == "; known: ilan, mara"
    assert did_you_mean("xyz", ["mara"]) == '; the only one is "mara"'
    assert did_you_mean("xyz", []) == ""
    assert did_you_mean("xyz", [f"name {i}" for i in range(50)]) == ""
