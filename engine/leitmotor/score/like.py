"""`like: other` copies an entry of the same kind, and keys given beside it win (rule 8)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from leitmotor.score.nearest import did_you_mean, normal_key
from leitmotor.score.parts import Path

KINDS_WITH_LIKE = (
    "instruments",
    "palettes",
    "characters",
    "places",
    "motifs",
    "figures",
    "states",
    "passages",
    "stingers",
    "silence",
    "parameters",
)


@dataclass(slots=True)
class Resolved:
    """The tree with every `like` filled in; `inherited` holds the places of copied keys."""

    tree: dict[str, Any]
    inherited: set[Path] = field(default_factory=set)
    problems: list[tuple[Path, str]] = field(default_factory=list)


def resolve_like(tree: dict[str, Any]) -> Resolved:
    """Fills in every `like`. The tree that comes in stays as it is."""
    resolved = Resolved(dict(tree))
    for kind in KINDS_WITH_LIKE:
        entries = tree.get(kind)
        if isinstance(entries, dict) and any(_base(entry) for entry in entries.values()):
            done: dict[str, Any] = {}
            for name in entries:
                _fill(kind, name, entries, done, resolved)
            resolved.tree[kind] = {name: done[name] for name in entries}
    return resolved


def _base(entry: Any) -> str:
    like = entry.get("like") if isinstance(entry, dict) else None
    return str(like) if isinstance(like, (str, int)) and not isinstance(like, bool) else ""


def _fill(
    kind: str, name: str, entries: dict[str, Any], done: dict[str, Any], resolved: Resolved
) -> None:
    """Fill in an entry, after those that it is like."""
    for current in reversed(_chain(kind, name, entries, done, resolved)):
        entry = entries[current]
        base = done.get(_base(entry)) if isinstance(entry, dict) else None
        if not isinstance(base, dict):
            done[current] = entry
            continue
        own = {normal_key(key) for key in entry}
        copied = {k: v for k, v in base.items() if normal_key(k) not in own}
        resolved.inherited.update((kind, current, key) for key in copied)
        done[current] = copied | entry


def _chain(
    kind: str, name: str, entries: dict[str, Any], done: dict[str, Any], resolved: Resolved
) -> list[str]:
    """`name`, what it is like, what that is like … up to an entry that is done or like nothing."""
    if name in done:
        return []
    chain = {name: 0}
    last = name
    while (base := _base(entries[last])) and base not in done:
        if base not in entries:
            text = f'there is no "{base}" in {kind}{did_you_mean(base, tuple(entries))}'
            resolved.problems.append(((kind, last, "like"), text))
            break
        if base in chain:
            resolved.problems.append(_circle(kind, list(chain)[chain[base] :], entries))
            break
        chain[base] = len(chain)
        last = base
    return list(chain)


def _circle(kind: str, members: list[str], entries: dict[str, Any]) -> tuple[Path, str]:
    """The complaint about a circle, at the member that comes first in the file."""
    order = {name: place for place, name in enumerate(entries)}
    first = members.index(min(members, key=order.__getitem__))
    members = members[first:] + members[:first]
    path = " -> ".join([*members, members[0]])
    return (kind, members[0], "like"), f"like goes round in a circle: {path}"
