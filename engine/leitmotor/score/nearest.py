"""Names as authors write them: which forms are the same, and which known one was probably meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Set
from functools import lru_cache

_FEW = 12
_LIKENESS = 0.6
_MOST_COMPARED = 1000
_LONGEST_COMPARED = 64

_SEPARATORS = re.compile(r"[\s_]+|(?<=[^\W_])-+(?=[^\W_])")


def normal_key(text: str) -> str:
    """The form of a key in which blank, `_` and `-` are the same (rule 2); `->` stays.

    `normal_key("count-in") == normal_key("count_in") == "count in"`.
    """
    if text.isalnum():
        return text
    return " ".join(part for part in _SEPARATORS.split(text) if part)


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that is spelled most like `word`, or None where none is near."""
    return _nearest(word, tuple(_in_order(candidates)))


@lru_cache(maxsize=1024)
def _nearest(word: str, candidates: tuple[str, ...]) -> str | None:
    # Kept, because one mistake made a thousand times is asked about a thousand times.
    wanted = normal_key(word[:_LONGEST_COMPARED]).casefold()
    reach = max(2, len(wanted) // 2)
    known: dict[str, str] = {}
    for candidate in candidates:
        form = normal_key(candidate).casefold()
        if abs(len(form) - len(wanted)) <= reach:
            known.setdefault(form, candidate)
        if len(known) >= _MOST_COMPARED:
            break
    if wanted in known:
        return known[wanted]
    found = difflib.get_close_matches(wanted, known, n=1, cutoff=_LIKENESS)
    return known[found[0]] if found else None


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """The end of a message on an unknown name: the nearest known one, or all when they are few.

    Begins with `; `, or is empty where there is nothing to say.
    """
    names = _in_order(candidates)
    near = nearest(word, names)
    if near is not None:
        return f'; did you mean "{near}"?'
    if not names or len(names) > _FEW:
        return ""
    return f"; known: {', '.join(names)}" if len(names) > 1 else f'; the only one is "{names[0]}"'


def _in_order(candidates: Iterable[str]) -> list[str]:
    # A set has no order of its own, and a message must not change from run to run.
    return sorted(candidates) if isinstance(candidates, Set) else list(candidates)
