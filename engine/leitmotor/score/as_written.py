"""Numbers that remember how they were written: `number: 1.10` is cue 1.10, not 1.1."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from leitmotor.score.parts import Path


class WrittenInt(int):
    """A whole number whose text is what the author wrote."""

    written = ""

    def __str__(self) -> str:
        return self.written


class WrittenFloat(float):
    """A broken number whose text is what the author wrote."""

    written = ""

    def __str__(self) -> str:
        return self.written


def with_numbers_as_written(tree: dict[str, Any], numerals: Mapping[Path, str]) -> dict[str, Any]:
    """The tree with every number of `numerals` printing as its text there."""
    if not numerals:
        return tree
    changed = copy.deepcopy(tree)
    for place, text in numerals.items():
        node: Any = changed
        try:
            for part in place[:-1]:
                node = node[part]
            node[place[-1]] = _written(node[place[-1]], text)
        except (KeyError, IndexError, TypeError):
            continue  # refused by the source already
    return changed


def _written(number: Any, text: str) -> Any:
    if isinstance(number, bool) or not isinstance(number, (int, float)):
        return number
    kept = WrittenInt(number) if isinstance(number, int) else WrittenFloat(number)
    kept.written = text
    return kept
