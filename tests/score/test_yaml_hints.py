"""Where YAML itself stops, the message names the likely cause and what to type (rule 9)."""

from __future__ import annotations

import pytest
import yaml

from leitmotor.score import tree
from leitmotor.score.source import inspect_source


def errors_of(text: str) -> list[str]:
    """The problems of a text, without the file's name."""
    _, problems = inspect_source(text.encode(), "s.yaml")
    return [str(problem).removeprefix("s.yaml:") for problem in problems]


STOPPED = [
    ("a:\n\tb: 1", "2:1: a tab stands at the beginning of the line; indent with blanks"),
    ("a: | 1q 2q", "1:4: a text cannot begin with | here; put it in quotes, or leave out the bar"),
    ("a: {b: | 1q}", "1:8: a text cannot begin with | here; put it in quotes, or leave out the"),
    ("a: > 1q", "1:4: a text cannot begin with > here; put it in quotes"),
    ("a: %b", "1:4: a text cannot begin with % here; put it in quotes"),
    ("a: @b", "1:4: a text cannot begin with @ here; put it in quotes"),
    ("a: `b`", "1:4: a text cannot begin with ` here; put it in quotes"),
    ("a: * b", "1:4: a text cannot begin with * here; put it in quotes"),
    ("a: & b", "1:4: a text cannot begin with & here; put it in quotes"),
    ("a: !x!y b", "1:4: a text cannot begin with ! here; put it in quotes"),
    ("tempo:88\nmetre: 4/4", "1:1: a blank is missing after the colon; write `tempo: 88`"),
    ("t:\n  tempo:88\n  key: d", "2:3: a blank is missing after the colon; write `tempo: 88`"),
    ("a: 1\ntempo:88\nb: 2", "2:1: a blank is missing after the colon; write `tempo: 88`"),
    ('"a":1', '1:1: a blank is missing after the colon; write `"a": 1`'),
    ("title: Mara: the return", '1:12: a second ": " in one line; put the value in quotes'),
    ("a: 1\n  b: 2", "2:3: this key is indented deeper than the line above, which has a value"),
    ("a: 1\nwalk\nb: 2", '2:1: "walk" stands alone; write `key: value`'),
    ("a: [1, 2\nb: 3", "1:4: the [ here is never closed; add ], or a comma between its entries"),
    (": x", "1:1: a key must stand before the colon; write one"),
    ("a: {: x}", "1:5: a key must stand before the colon; write one"),
    ("a: 1\nb: [\n", "2:4: the [ here is never closed; add ]"),
    ("a: {b: 1\n", "1:4: the { here is never closed; add }, or a comma between its entries"),
    ('a: {b: "x" y}', "1:12: a comma or } must stand here, not y; add it, or quote the text"),
    ('a: "x" y', "1:8: nothing can follow what ended before y; put the whole value in quotes"),
    ("a: 'it's'", "1:8: a quote inside of quotes ends them; write '' for it"),
    ("- a\nb: c", "2:1: a key stands among the entries of a list; write - before it"),
    ('a: "x\nb: 1', "1:4: the quote that begins here is never closed; add the closing one"),
    ('a: "\\q"', "1:5: a backslash in double quotes begins a code, and this is none"),
    ("a: [b, , c]", "1:8: a value must stand here, not ,; delete it, or put the text in quotes"),
    ("a: - b", '1:4: a list with "- " begins on the line after its key; or write [one, two]'),
    ("a: 1\n- b", "2:1: an entry of a list stands among keys; indent it below its key"),
    ("a:\n  - b\n c: 1\n", "3:2: this line fits no line above it; line it up with its neighbours"),
]


@pytest.mark.parametrize(("text", "error"), STOPPED)
def test_where_yaml_stops_the_likely_cause_is_named(text: str, error: str) -> None:
    found = errors_of(text)
    assert len(found) == 1
    assert found[0].startswith(error)


@pytest.mark.parametrize(("text", "error"), STOPPED)
def test_without_the_c_parser_the_same_line_is_named(
    text: str, error: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree, "LOADER", yaml.SafeLoader)
    assert errors_of(text)[0].split(":")[0] == error.split(":")[0]
