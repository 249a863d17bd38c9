"""Keys fire at once; `:` opens a line; Tab completes; Enter is GO."""

from __future__ import annotations

from collections.abc import Sequence

from leitmotor.console.line_editor import (
    LONGEST_LINE,
    Action,
    Entered,
    Help,
    LineEditor,
    Next,
    Pressed,
)

KNOWN = ("betrayal", "go quay", "go quayside", "hush")


def _complete(text: str) -> tuple[str, ...]:
    return tuple(line for line in KNOWN if line.startswith(text))


def _typed(editor: LineEditor, keys: Sequence[str]) -> list[Action]:
    return [action for key in keys if (action := editor.feed(key)) is not None]


def test_keys_mean_themselves_outside_of_a_line() -> None:
    actions = _typed(LineEditor(_complete), ["b", "space", "up", "tab", "?", "enter"])
    pressed = [Pressed("b"), Pressed("space"), Pressed("up"), Pressed("tab")]
    assert actions == [*pressed, Help(), Next()]


def test_a_line_is_typed_corrected_and_entered() -> None:
    editor = LineEditor(_complete)
    keys = [":", *"go", "space", *"qux", "backspace", *"ay", "space", "enter", "b"]
    assert _typed(editor, keys) == [Entered("go quay"), Pressed("b")]
    assert editor.line is None


def test_tab_completes_as_far_as_it_is_certain() -> None:
    editor = LineEditor(_complete)
    _typed(editor, [":", "g", "tab"])
    assert (editor.line, editor.candidates) == ("go quay", ("go quay", "go quayside"))
    _typed(editor, ["s", "tab"])
    assert (editor.line, editor.candidates) == ("go quayside ", ())
    _typed(editor, ["tab"])
    assert editor.line == "go quayside "


def test_escape_and_backspace_leave_an_empty_line() -> None:
    editor = LineEditor(_complete)
    assert _typed(editor, [":", "h", "escape", ":", "backspace", ":", "enter"]) == []
    assert editor.line is None


def test_earlier_lines_come_back() -> None:
    editor = LineEditor(_complete)
    _typed(editor, [":", "a", "enter", ":", "b", "enter", ":", "up", "up", "up"])
    assert editor.line == "a"
    _typed(editor, ["down"])
    assert editor.line == "b"
    _typed(editor, ["down", "down"])
    assert editor.line == ""


def test_words_and_lines_are_rubbed_out() -> None:
    editor = LineEditor(_complete)
    _typed(editor, [":", *"ab", "space", *"cd", "ctrl-w"])
    assert editor.line == "ab "
    _typed(editor, ["ctrl-u", "left"])
    assert editor.line == ""


def test_a_flood_of_characters_is_bounded() -> None:
    editor = LineEditor(_complete)
    _typed(editor, [":", *"x" * (LONGEST_LINE + 50)])
    assert editor.line == "x" * LONGEST_LINE
