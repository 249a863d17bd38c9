"""Every word of the language that is performed has a test, an example and a place in the reference.

The vocabulary is read off the typed models and the unions of verbs, matchers and operations; which
test tells what a word means is written down in semantics.toml, because nobody can guess it.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache

import pytest
from tests.regenerate import ROOT, examples

from leitmotor.score.compiled_parameters import NUMBERS, STEPS, SWITCHES
from leitmotor.score.matchers import NOT_YET_MATCHED
from leitmotor.score.model.base import key_of
from leitmotor.score.model.readers import TARGETS
from leitmotor.score.not_yet_keys import FIELDS, WHOLE_KEYS, WHOLE_SECTIONS, performs
from leitmotor.score.performed import NOT_YET_PERFORMED
from leitmotor.testing.coverage import Term, uses, vocabulary
from leitmotor.testing.ladder import rungs

TESTS = ROOT / "tests"

LATER_KEYS = frozenset({
    # drama
    "relationships", "foreshadow", "dialogue", "hits", "memory", "identity", "access", "export",
    "Character.complements",
    # sound
    "Instrument.attack", "Output.delay",
    # MusicXML
    "Motif.part",
})  # fmt: skip
"""What a later release performs."""


@cache
def meanings() -> Mapping[str, Mapping[str, str | list[str]]]:
    with (TESTS / "semantics.toml").open("rb") as file:
        return tomllib.load(file)


def named_for(term: Term) -> tuple[str, ...]:
    """The tests that a word's line names, or that of the nearest line with a star."""
    lines = meanings().get(term.kind, {})
    model, _, _ = term.name.partition(".")
    word, _, _ = term.name.partition(" = ")
    for name in (term.name, f"{model}.*", f"{word} = *", "*"):
        if name in lines:
            told = lines[name]
            return (told,) if isinstance(told, str) else tuple(told)
    return ()


@cache
def functions(path: str) -> frozenset[str]:
    tree = ast.parse((TESTS / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def exists(test: str) -> bool:
    path, _, name = test.partition("::")
    return (TESTS / path).is_file() and name in functions(path)


def lines() -> Iterator[tuple[str, str]]:
    for kind, table in meanings().items():
        yield from ((kind, name) for name in table)


def test_every_word_has_a_test_of_its_meaning() -> None:
    assert sorted(term for term in vocabulary() if not named_for(term)) == []


def test_every_test_that_is_named_is_there() -> None:
    named = {test for term in vocabulary() for test in named_for(term)}
    assert sorted(test for test in named if not exists(test)) == []


def test_every_line_is_about_a_word_of_the_language() -> None:
    words = {(term.kind, term.name) for term in vocabulary()}
    assert [line for line in lines() if "*" not in line[1] and line not in words] == []


def test_every_word_has_an_example() -> None:
    assert sorted(vocabulary() - uses(examples()).keys()) == []


@pytest.mark.parametrize("kind", ["key", "verb", "matcher", "condition", "operation", "boundary"])
def test_every_word_has_an_entry_with_an_example_in_the_reference(kind: str) -> None:
    page = (ROOT / "docs" / "reference" / "score-format.md").read_text(encoding="utf-8")
    entries = [line for line in page.splitlines() if "](examples.md#" in line]
    anchors = {rung.name: f"](examples.md#{rung.anchor})" for rung in rungs(ROOT / "examples")}
    found = uses(examples())
    missing = [
        term
        for term in vocabulary()
        if term.kind == kind
        and not any(anchors[found[term][0]] in entry for entry in entries if is_about(term, entry))
    ]
    assert missing == []


def is_about(term: Term, entry: str) -> bool:
    """Whether a row of the reference may be that of a word: keys are written in its first cell."""
    key = term.name.partition(".")[2]
    return term.kind != "key" or entry.startswith((f"| `{key}` |", "| *"))


def test_what_is_not_performed_yet_belongs_to_drama_and_sound() -> None:
    """Rule 10: this is all that `check` lists as "understood, not yet performed"."""
    late = {
        f"{model.__name__}.{key_of(field)}"
        for model, fields in FIELDS.items()
        for field in fields
        if not performs(model, field)
    }
    assert late | {*WHOLE_SECTIONS, *WHOLE_KEYS} == LATER_KEYS
    assert set(NOT_YET_PERFORMED.values()) == {"relationship", "hit", "dialogue"}
    assert set(NOT_YET_MATCHED.values()) == {"dialogue"}
    assert set(TARGETS) - (NUMBERS | STEPS | SWITCHES) == {"dissonance"}
