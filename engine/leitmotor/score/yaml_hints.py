"""Where YAML itself stops reading: the likely cause in a composer's words, and what to type."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from leitmotor.errors import Problem
from leitmotor.score.marks import Mark

_GLUED = re.compile(r"\s*(?:- +)*([^\s:#'\"\[{][^:#'\"]*|'[^']*'|\"[^\"]*\"):([^\s:].*)")


@dataclass(frozen=True, slots=True)
class _Stop:
    """Where YAML stopped (`line` and `column` from 0), and where what it was reading had begun."""

    what: str
    while_doing: str
    line: int
    column: int
    begin_line: int
    begin_column: int
    lines: Sequence[str]
    near: Mark

    @property
    def text(self) -> str:
        """The line it stopped in."""
        return self.lines[self.line] if self.line < len(self.lines) else ""

    @property
    def char(self) -> str:
        """The character it stopped at; empty at a line's end."""
        return self.text[self.column : self.column + 1]


_BEGINNINGS = r"while scanning an? (block scalar|alias|anchor|directive)|while .*\btag\b"
_NO_KEY = "a key must stand before the colon; write one"

_Found: TypeAlias = tuple[int, int, str]


def explain(error: Exception, text: str, near: Mark) -> Problem:
    """The problem behind an error of PyYAML's.

    `near` is the innermost open bracket, else the last thing read before it.
    """
    file = near.file
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        reason = str(error).partition("\n")[0]
        text = f"this line cannot be read ({reason}); look for a code with a backslash in it"
        return Problem(*near, text)
    begin = getattr(error, "context_mark", None) or mark
    stop = _Stop(
        what=str(getattr(error, "problem", "") or ""),
        while_doing=str(getattr(error, "context", "") or ""),
        line=mark.line,
        column=mark.column,
        begin_line=begin.line,
        begin_column=begin.column,
        lines=text.split("\n"),
        near=near,
    )
    for look in _CAUSES:
        found = look(stop)
        if found:
            line, column, said = found
            return Problem(file, line + 1, column + 1, said)
    return Problem(
        file,
        stop.line + 1,
        stop.column + 1,
        f"this cannot be read ({stop.what}); check quotes, brackets, colons and indentation here",
    )


def _tab(stop: _Stop) -> _Found | None:
    indent = stop.text[: len(stop.text) - len(stop.text.lstrip())]
    if "\t" not in indent or stop.column > len(indent):
        return None
    return (
        stop.line,
        indent.index("\t"),
        "a tab stands at the beginning of the line; indent with blanks, two for each level",
    )


def _unfit_beginning(stop: _Stop) -> _Found | None:
    """`@x`, `%x`, a backtick, and `|`, `>`, `*`, `&`, `!` with what cannot follow them."""
    first = stop.char
    line, column = stop.line, stop.column
    if re.match(_BEGINNINGS, stop.while_doing):
        line, column = stop.begin_line, stop.begin_column
        first = stop.lines[line][column : column + 1] if line < len(stop.lines) else ""
    elif "undefined tag" not in stop.what and "cannot start any token" not in stop.what:
        return None
    if not first or first.isspace():
        return None
    bar = ", or leave out the bar line at the beginning" if first == "|" else ""
    return line, column, f"a text cannot begin with {first} here; put it in quotes{bar}"


def _quote_left_open(stop: _Stop) -> _Found | None:
    if "quoted scalar" not in stop.while_doing and "double-quoted" not in stop.while_doing:
        return None
    if "unexpected" in stop.what:
        said = "the quote that begins here is never closed; add the closing one"
        return stop.begin_line, stop.begin_column, said
    return (
        stop.line,
        stop.column,
        "a backslash in double quotes begins a code, and this is none; use single quotes",
    )


def _glued_colon(stop: _Stop) -> _Found | None:
    if not re.search(r"mapping values|expected ':'|document start", stop.what):
        return None
    for line in sorted({stop.begin_line, stop.line, max(stop.line - 1, 0)}):
        text = stop.lines[line] if line < len(stop.lines) else ""
        found = _GLUED.match(text)
        if found and not re.search(r":(?:\s|$)", text):
            said = f"a blank is missing after the colon; write `{found[1]}: {found[2].strip()}`"
            return line, found.start(1), said
    return None


def _second_colon(stop: _Stop) -> _Found | None:
    if "mapping values" not in stop.what:
        return None
    if re.search(r":\s", stop.text[: stop.column]):
        said = 'a second ": " in one line; put the value in quotes, or begin a new line for the key'
        return stop.line, stop.column, said
    indent = len(stop.text) - len(stop.text.lstrip())
    return (
        stop.line,
        indent,
        "this key is indented deeper than the line above, which has a value already; "
        "line it up with the keys it belongs to",
    )


def _lone_word(stop: _Stop) -> _Found | None:
    if "expected ':'" not in stop.what:
        return None
    lines = stop.lines
    text = lines[stop.begin_line][stop.begin_column :] if stop.begin_line < len(lines) else ""
    said = f'"{text.strip()[:40]}" stands alone; write `key: value`, or - before a list\'s entry'
    return stop.begin_line, stop.begin_column, said


def _bracket_left_open(stop: _Stop) -> _Found | None:
    if "while parsing a flow" not in stop.while_doing or "expected ',' or" not in stop.what:
        return None
    closing = "]" if "sequence" in stop.while_doing else "}"
    opening = "[" if closing == "]" else "{"
    if stop.line == stop.begin_line and stop.char:
        said = f"a comma or {closing} must stand here, not {stop.char}; add it, or quote the text"
        return stop.line, stop.column, said
    said = f"the {opening} here is never closed; add {closing}, or a comma between its entries"
    return stop.begin_line, stop.begin_column, said


def _missing_entry(stop: _Stop) -> _Found | None:
    if "node content" not in stop.what:
        return None
    if stop.char == ":":
        return stop.line, stop.column, _NO_KEY
    if stop.char:
        said = f"a value must stand here, not {stop.char}; delete it, or put the text in quotes"
        return stop.line, stop.column, said
    bracket = stop.lines[stop.near.line - 1][stop.near.column - 1 : stop.near.column]
    if bracket in ("[", "{"):
        said = f"the {bracket} here is never closed; add {'}' if bracket == '{' else ']'}"
        return stop.near.line - 1, stop.near.column - 1, said
    return stop.line, stop.column, "a value must stand here, but nothing came; write one"


def _after_the_end(stop: _Stop) -> _Found | None:
    """Text after a closing quote or bracket, or a line that stands in no column of its block."""
    if not re.search(r"expected (key|'-' indicator|<block end>)|document start", stop.what):
        return None
    if stop.char == ":":
        return stop.line, stop.column, _NO_KEY
    before = stop.text[: stop.column].strip()
    if before.endswith("'"):
        said = "a quote inside of quotes ends them; write '' for it, or put the value in \"…\""
        return stop.line, stop.column, said
    if before:
        said = f"nothing can follow what ended before {stop.char}; put the whole value in quotes"
        return stop.line, stop.column, said
    if stop.char == "-" and "mapping" in stop.while_doing:
        said = "an entry of a list stands among keys; indent it below its key, or write a key"
        return stop.line, stop.column, said
    if "collection" in stop.while_doing and stop.column == stop.begin_column:
        said = "a key stands among the entries of a list; write - before it, or indent it elsewhere"
        return stop.line, stop.column, said
    said = (
        "this line fits no line above it; line it up with its neighbours, which begin in "
        f"column {stop.begin_column + 1} (see line {stop.begin_line + 1})"
    )
    return stop.line, stop.column, said


def _list_beside_key(stop: _Stop) -> _Found | None:
    if "sequence entries are not allowed" not in stop.what:
        return None
    said = 'a list with "- " begins on the line after its key; or write [one, two] here'
    return stop.line, stop.column, said


_CAUSES: tuple[Callable[[_Stop], _Found | None], ...] = (
    _tab,
    _quote_left_open,
    _unfit_beginning,
    _glued_colon,
    _second_colon,
    _lone_word,
    _bracket_left_open,
    _missing_entry,
    _list_beside_key,
    _after_the_end,
)
