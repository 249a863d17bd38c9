"""YAML events -> a plain tree with the place of every key and value (rule 9).

All that a score may not contain is refused as it is met, so that a file's errors come all at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import yaml

from leitmotor.errors import Problem
from leitmotor.score import tree_words as words
from leitmotor.score.depth import DEEPEST, TOO_DEEP
from leitmotor.score.marks import Mark, Place, Value
from leitmotor.score.nearest import normal_key
from leitmotor.score.parts import came
from leitmotor.score.scalars import (
    MOST_NODES,
    MOST_PROBLEMS,
    is_null,
    number_fault,
    plain_value,
    text_fault,
)
from leitmotor.score.yaml_hints import explain

PRIVATE = "x-"
"""Keys that begin so are an author's private notes and do not reach the tree."""

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""PyYAML's parser in C where it was built, else the one in Python. Only its events are used."""


_NOWHERE = Mark("", 1, 1)


@dataclass(slots=True)
class Tree:
    """What could be understood of one file, and everything that is wrong in it."""

    root: dict[str, Value] = field(default_factory=dict)
    marks: dict[Place, Mark] = field(default_factory=dict)
    keys: dict[Place, Mark] = field(default_factory=dict)
    numerals: dict[Place, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def build_tree(text: str, file: str) -> Tree:
    """Reads a text that is not `too_deep`. Never raises for what an author wrote."""
    builder = _Builder(text, file)
    loader = LOADER(text)
    try:
        takers = builder.takers
        while (event := loader.get_event()) is not None:
            taker = takers.get(type(event))
            if taker is not None:
                taker(event)
    except _EnoughError:
        pass
    except (yaml.YAMLError, ValueError) as error:
        # ValueError: what the parser in Python lets pass for an escape such as "\U00110000".
        builder.tree.problems.append(explain(error, text, builder.near))
    else:
        builder.take_root()
    finally:
        loader.dispose()
    return builder.tree


class _EnoughError(Exception):
    """The rest of the file is not worth reading."""


@dataclass(slots=True)
class _Open:
    """A list or mapping that has begun and not ended. Without a `place` it is read but not kept."""

    value: dict[str, Value] | list[Value]
    place: Place | None
    mark: Mark
    flow: bool
    private: bool
    waits_for_key: bool
    names: dict[str, Mark] = field(default_factory=dict)
    key: str = ""  # empty after one that was refused
    key_mark: Mark = _NOWHERE
    key_end: Any = None  # PyYAML's mark
    key_is_kept: bool = False
    key_is_private: bool = False
    entry: tuple[str, ...] = ()  # the last `key: text` in {}, cut at its commas

    @property
    def inner_place(self) -> Place | None:
        """Where the value that comes next stands."""
        if self.place is None:
            return None
        if isinstance(self.value, list):
            return (*self.place, len(self.value))
        return (*self.place, self.key) if self.key_is_kept else None

    @property
    def inner_private(self) -> bool:
        """Whether the value that comes next is a private note."""
        return self.private or self.key_is_private

    def drop_key(self) -> None:
        """Forgets the key, so that its value will not be kept."""
        self.waits_for_key = self.key_is_kept = self.key_is_private = False
        self.key = ""

    def add(self, value: Value | None) -> None:
        """Takes the value that was waited for; None for one that was refused."""
        if isinstance(self.value, dict):
            self.waits_for_key = True
            if value is not None and self.key_is_kept:
                self.value[self.key] = value
        elif value is not None:
            self.value.append(value)


class _Builder:
    """Takes a file's events in order, each with the one of `takers` that is for its kind."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.tree = Tree()
        self._last = Mark(file, 1, 1)
        self._open: list[_Open] = []
        self._nodes = 0
        self._documents = 0
        self._root: Value | None = None
        self._lines: list[str] | None = None
        self.takers: dict[type[yaml.Event], Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._mapping,
            yaml.SequenceStartEvent: self._list,
            yaml.MappingEndEvent: self._end,
            yaml.SequenceEndEvent: self._end,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
        }

    @property
    def near(self) -> Mark:
        """The innermost bracket that is open, else the last key or value."""
        return self._open[-1].mark if self._open and self._open[-1].flow else self._last

    def take_root(self) -> None:
        """Ends the file; complains where it is empty or not made of keys."""
        top = Mark(self.file, 1, 1)
        if isinstance(self._root, dict):
            self.tree.root = self._root
        elif self._root is not None:
            self._refuse(top, words.NO_KEYS.format(came(self._root)))
        elif not self.tree.problems:
            self._refuse(top, words.EMPTY)

    def _refuse(self, mark: Mark, text: str) -> None:
        self.tree.problems.append(Problem(*mark, text))
        if len(self.tree.problems) >= MOST_PROBLEMS:
            self.tree.problems.append(Problem(*mark, words.TOO_MANY_PROBLEMS))
            raise _EnoughError

    def _mark(self, event: Any) -> Mark:
        return Mark(self.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def _document(self, event: Any) -> None:
        self._documents += 1
        mark = self._mark(event)
        if self._documents > 1:
            self._refuse(mark, words.SECOND_DOCUMENT)
            raise _EnoughError
        if event.version or event.tags:
            self._refuse(mark, words.DIRECTIVE)

    def _node(self, event: Any) -> Mark:
        """What every key and value has in common."""
        start = event.start_mark
        self._last = mark = Mark(self.file, start.line + 1, start.column + 1)
        self._nodes += 1
        if self._nodes > MOST_NODES:
            self._refuse(mark, words.TOO_MANY)
            raise _EnoughError
        if event.anchor is not None:
            self._refuse(mark, words.anchor(event.anchor))
        if event.tag is not None:
            self._refuse(mark, words.tag(event.tag))
        return mark

    def _alias(self, event: Any) -> None:
        self._refuse(self._mark(event), words.alias(event.anchor))
        self._add(None)

    def _mapping(self, event: Any) -> None:
        self._begin(event, {})
        self._open[-1].waits_for_key = True

    def _list(self, event: Any) -> None:
        self._begin(event, [])

    def _begin(self, event: Any, value: dict[str, Value] | list[Value]) -> None:
        mark = self._node(event)
        if len(self._open) >= DEEPEST:
            self._refuse(mark, TOO_DEEP)
            raise _EnoughError
        place: Place | None = ()
        private = False
        if self._open and self._open[-1].waits_for_key:
            self._refuse(mark, words.BRACKET_AS_KEY)
            place, private = None, True
        elif self._open:
            place, private = self._open[-1].inner_place, self._open[-1].inner_private
        if place is not None:
            self.tree.marks[place] = mark
        self._open.append(_Open(value, place, mark, bool(event.flow_style), private, False))

    def _end(self, _event: Any) -> None:
        self._add(self._open.pop().value)

    def _add(self, value: Value | None) -> None:
        """Gives the innermost open thing a value that is not a scalar, or drops it as a key."""
        if not self._open:
            self._root = value
        elif self._open[-1].waits_for_key:
            self._open[-1].drop_key()
        else:
            self._open[-1].entry = ()
            self._open[-1].add(value)

    def _scalar(self, event: Any) -> None:
        mark = self._node(event)
        parent = self._open[-1] if self._open else None
        if parent is not None and parent.waits_for_key:
            self._key(parent, event, mark)
        elif not event.style and is_null(event.value):
            if parent is not None:
                self._nothing(parent, event.value, mark)
        else:
            self._text(parent, event, mark)

    def _text(self, parent: _Open | None, event: Any, mark: Mark) -> None:
        text: str = event.value
        value = text if event.style else plain_value(text)
        if isinstance(value, str):
            fault = text_fault(value, event.style)
        else:
            fault = number_fault(value)
        if fault:
            self._refuse(mark, fault)
        if parent is None:
            self._root = value
            return
        place = parent.inner_place
        if place is not None:
            self.tree.marks[place] = mark
            if value is not text and not isinstance(value, bool) and str(value) != text:
                self.tree.numerals[place] = text
        if parent.flow:
            parent.entry = (parent.key, text)
        parent.add(value)

    def _nothing(self, parent: _Open, text: str, mark: Mark) -> None:
        """A value that is not there, as after `motifs:` or in `{lead: 7, q}`."""
        if isinstance(parent.value, list):
            if not parent.inner_private:
                self._refuse(mark, words.no_entry(text))
        elif parent.key and not parent.inner_private:
            if self._follows_a_comma(parent):
                self._refuse(parent.key_mark, words.comma_broke(parent.key, parent.entry))
                parent.entry = (*parent.entry, parent.key) if parent.entry else ()
            else:
                self._refuse(parent.key_mark, words.no_value(parent.key, text))
        parent.add(None)

    def _follows_a_comma(self, parent: _Open) -> bool:
        """Whether the key is no key but what follows a comma, with no colon after it."""
        if not parent.flow or len(parent.names) < 2 or ":" in parent.key:
            return False
        if self._lines is None:
            self._lines = self.text.split("\n")
        line = self._lines[parent.key_end.line]
        return not line[parent.key_end.column :].lstrip().startswith(":")

    def _key(self, parent: _Open, event: Any, mark: Mark) -> None:
        text: str = event.value
        parent.drop_key()
        if fault := words.key_fault(text, event.style):
            self._refuse(mark, fault)
            return
        parent.key, parent.key_mark, parent.key_end = text, mark, event.end_mark
        parent.key_is_private = text.startswith(PRIVATE)
        if parent.inner_private:
            return
        form = normal_key(text)
        if form in parent.names:
            self._refuse(mark, words.given_twice(text, parent.names[form]))
            return
        parent.names[form] = mark
        parent.key_is_kept = parent.place is not None
        if parent.place is not None:
            self.tree.keys[(*parent.place, text)] = mark
