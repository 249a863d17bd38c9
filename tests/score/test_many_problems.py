"""A score with more problems than anybody reads is told the first 500, soon (rule 9)."""

from __future__ import annotations

import pytest

from leitmotor.errors import Problem, ScoreError
from leitmotor.score.compile.compiler import compile_score
from leitmotor.score.read import understand
from leitmotor.score.scalars import MOST_PROBLEMS
from leitmotor.score.source import inspect_source
from leitmotor.score.tree_words import TOO_MANY_PROBLEMS

MANY = MOST_PROBLEMS + 100


def problems_of(text: str) -> tuple[Problem, ...]:
    with pytest.raises(ScoreError) as caught:
        compile_score(understand(*inspect_source(text.encode(), "score.yaml")))
    return caught.value.problems


def numbered(start: str, each: str) -> str:
    return start + "".join(each.replace("{n}", str(n)) for n in range(MANY))


@pytest.mark.parametrize(
    "text",
    [
        numbered("score: 1\ncues:\n", "  c{n}: {do: goo kitchen}\n"),
        numbered("score: 1\nstates:\n", "  s{n}: {tempo: 1 bars, dynamic: loud}\n"),
        numbered("score: 1\nscenes:\n", "  - {id: s{n}, state: t{n}}\n"),
        numbered("score: 1\nharmony:\n", "  h{n}: Dm\n"),
        numbered("score: 1\nmotifs:\n", "  m{n}: {notes: 1x}\n"),
        numbered("score: 1\nmotifs:\n  m: {notes: 1q}\ncues: {c: {do: [", "goo, ") + "x]}}\n",
    ],
    ids=["verbs", "units", "names", "numerals", "motifs", "one list"],
)
def test_the_first_are_told_and_that_there_are_more(text: str) -> None:
    found = problems_of(text)
    assert len(found) == MOST_PROBLEMS + 1
    assert [each.text == TOO_MANY_PROBLEMS for each in found[-2:]] == [False, True]
    assert list(found[:-1]) == sorted(found[:-1])


@pytest.mark.parametrize("each", ["1x ", "t3( ", "<1 ", ") "])
def test_one_text_can_have_as_many(each: str) -> None:
    found = problems_of(f"score: 1\nmotifs:\n  m:\n    notes: {each * MANY}\n")
    assert len(found) == MOST_PROBLEMS + 1
    assert found[-1].text == TOO_MANY_PROBLEMS


def test_what_is_copied_by_like_is_told_once_at_its_own_place() -> None:
    copies = "".join(f"  m{n}: {{like: last}}\n" for n in range(MANY))
    wrong = "  last:\n    notes: 1q\n    states: {a: {vary: [turn it]}}\n"
    (found,) = problems_of(f"score: 1\nmotifs:\n{copies}{wrong}")
    assert found.line == MANY + 5
