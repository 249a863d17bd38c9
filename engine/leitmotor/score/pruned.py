"""A tree without what is known to be wrong in it, so that the rest can be checked as well."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from typing import Any

from leitmotor.score.parts import Path


class Pruned:
    """A tree from which wrong parts are cut. Remembers where what is left stood before."""

    def __init__(self, tree: dict[str, Any]) -> None:
        self.tree = tree
        self._cut: list[Path] = []
        self._left: dict[Path, list[int]] = {}  # of a list: the first places of what is left

    def news(self, found: Iterable[tuple[Path, str]]) -> Iterator[tuple[Path, str]]:
        """What was found in this tree, at its first place, without what only the cutting caused."""
        for path, text in found:
            first = self._first(path)
            if not any(cut[: len(first)] == first for cut in self._cut):
                yield first, text

    def _first(self, path: Path) -> Path:
        first: Path = ()
        for part in path:
            left = self._left.get(first)
            if left is not None and isinstance(part, int) and part < len(left):
                part = left[part]
            first = (*first, part)
        return first

    def cut(self, paths: Iterable[Path]) -> None:
        """Cuts these places away; the whole tree cannot be cut."""
        if not self._cut:
            self.tree = copy.deepcopy(self.tree)
        doomed = [(path, self._first(path)) for path in set(paths)]
        self._cut += [first for _, first in doomed]
        # From the back, so that the places in lists that are still to be cut stay where they are.
        for path, first in sorted(
            doomed, key=lambda both: [_order(p) for p in both[0]], reverse=True
        ):
            self._remove(path, first)
        self.tree["score"] = 1

    def _remove(self, path: Path, first: Path) -> None:
        node: Any = self.tree
        for part in path[:-1]:
            node = node[part] if _has(node, part) else None
        if not path or not _has(node, path[-1]):
            return
        if isinstance(node, list):
            left = self._left.setdefault(first[:-1], list(range(len(node))))
            del left[left.index(int(first[-1]))]
        del node[path[-1]]


def _order(part: str | int) -> tuple[int, str]:
    return (part, "") if isinstance(part, int) else (0, part)


def _has(node: Any, part: str | int) -> bool:
    if isinstance(node, list):
        return isinstance(part, int) and part < len(node)
    return isinstance(node, dict) and part in node
