"""What is said about keys and values that YAML accepts and a score does not."""

from __future__ import annotations

from collections.abc import Sequence

from leitmotor.score.marks import Mark
from leitmotor.score.nearest import normal_key
from leitmotor.score.scalars import MOST_NODES, MOST_PROBLEMS, is_null, text_fault

SECOND_DOCUMENT = "a second document begins here, and a file holds one; delete the line `---`"
DIRECTIVE = "a line that begins with % is an instruction to YAML, not a score's; delete it"
TOO_MANY = f"more than {MOST_NODES} keys and values; split the file (`include: [motifs.yaml]`)"
TOO_MANY_PROBLEMS = (
    f"after {MOST_PROBLEMS} problems the rest is not told; correct these first, and check again"
)
BRACKET_AS_KEY = "a key was expected, but a bracket came; put the text in quotes"
EMPTY = "the file is empty; a score begins with `score: 1`"
NO_KEYS = "lines of the form `key: value` must stand here, not {}; a score begins with `score: 1`"

_LONGEST_QUOTED = 40
_INSTEAD = "is not used in scores; write the value out, use `like:`, or put a text that begins with"


def shortened(text: str) -> str:
    """A text as messages quote it."""
    return text if len(text) <= _LONGEST_QUOTED else f"{text[: _LONGEST_QUOTED - 1]}…"


def anchor(name: str) -> str:
    """For `&name`."""
    return f'an anchor, "&{shortened(name)}", {_INSTEAD} & in quotes'


def alias(name: str) -> str:
    """For `*name`."""
    return f'an alias, "*{shortened(name)}", {_INSTEAD} * in quotes'


def tag(name: str) -> str:
    """For `!name`."""
    return f'a tag, "{shortened(name)}", {_INSTEAD} ! in quotes'


def key_fault(key: str, style: str | None) -> str:
    """What is wrong with a key in quotes of this `style`, or without; empty where nothing is."""
    if not style and key.isalnum() and not is_null(key) and len(key) < _LONGEST_QUOTED:
        return ""
    if not style and (is_null(key) or key == "<<"):
        return _plain_key_fault(key)
    if not key:
        return "a key was expected, but an empty text came; write a name"
    if "\n" in key or "\t" in key:
        return "a key must stand on one line and hold no tab; shorten it"
    return text_fault(key, style)


def _plain_key_fault(key: str) -> str:
    if key == "<<":
        return "merging (<<) is not used in scores; write `like: NAME` to copy an entry"
    if key:
        return f'a key was expected, but "{key}" came, which means nothing; put it in quotes'
    return "a key was expected before the colon, but nothing came; write one"


def given_twice(key: str, first: Mark) -> str:
    """For a key that its group has already."""
    return (
        f'"{shortened(key)}" is already given in line {first.line}; give each name once '
        "(blank, _ and - are the same in keys): delete one or rename it"
    )


def no_entry(written: str) -> str:
    """For an entry of a list that is nothing."""
    said = f'"{written}" means nothing here' if written else "this entry is empty"
    return f"{said}; write a value or delete the entry"


def no_value(key: str, written: str) -> str:
    """For a key without a value."""
    shown = shortened(key)
    if written:
        return (
            f'"{shown}" is given "{written}", which means nothing; leave the key out, or put the '
            "value in quotes"
        )
    if ":" in key:
        before, _, after = shown.partition(":")
        return f"a blank is missing after the colon; write `{before}: {after}`"
    return f'"{shown}" has no value; write one after the colon, or indent what belongs to it below'


def comma_broke(key: str, entry: Sequence[str]) -> str:
    """For a text after a comma in `{…}`; `entry` is the one before it, `name: text`, if any."""
    shown = shortened(key)
    if not entry:
        return f'a comma ends the entry here, so "{shown}" has no value; write {shown}: VALUE'
    name, *pieces = entry
    if normal_key(name) == "notes":
        notes = shortened(" ".join([*pieces, key]))
        return f"no commas between notes, blanks are enough: write notes: {notes}"
    whole = shortened(", ".join([*pieces, key]))
    owner = shortened(name)
    return (
        f'a comma ends the entry here, so "{shown}" has no value; '
        f'write {owner}: [{whole}] for a list or {owner}: "{whole}" for one text'
    )
