"""The names a score declares, and how a text is searched for them: longest first (rule 2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import lru_cache

from leitmotor.records import record
from leitmotor.score.nearest import did_you_mean

STANDARD_ROLES = ("lead", "counter", "bed", "bass", "pulse", "colour")

_NONE: frozenset[str] = frozenset()

_SINGULAR = {
    "scenes": "scene",
    "states": "state",
    "motifs": "motif",
    "characters": "character",
    "palettes": "palette",
    "figures": "figure",
    "progressions": "progression",
    "instruments": "instrument",
    "roles": "role",
    "passages": "passage",
    "stingers": "stinger",
    "silences": "silence",
    "cues": "cue",
    "parameters": "parameter",
    "hits": "hit",
    "marks": "mark",
    "places": "place",
}


@record
class Names:
    """Every declared name of a score, by kind.

    `arcs` gives the states a character can be in, `motif_states` those a motif can be played in,
    `statuses` those of a relationship, under `a & b` as written.
    """

    scenes: frozenset[str] = _NONE
    states: frozenset[str] = _NONE
    motifs: frozenset[str] = _NONE
    characters: frozenset[str] = _NONE
    palettes: frozenset[str] = _NONE
    figures: frozenset[str] = _NONE
    progressions: frozenset[str] = _NONE
    instruments: frozenset[str] = _NONE
    roles: frozenset[str] = frozenset(STANDARD_ROLES)
    passages: frozenset[str] = _NONE
    stingers: frozenset[str] = _NONE
    silences: frozenset[str] = _NONE
    cues: frozenset[str] = _NONE
    parameters: frozenset[str] = _NONE
    hits: frozenset[str] = _NONE
    marks: frozenset[str] = _NONE
    places: frozenset[str] = _NONE
    numbers: frozenset[str] = _NONE  # of cues
    arcs: Mapping[str, frozenset[str]] = field(default_factory=dict)
    motif_states: Mapping[str, frozenset[str]] = field(default_factory=dict)
    statuses: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def of(self, *kinds: str) -> tuple[frozenset[str], ...]:
        """The sets of names of these kinds."""
        return tuple(getattr(self, kind) for kind in kinds)


def is_capture(word: str) -> bool:
    """Whether a word stands for what a wildcard of an address matched: `$1` (S35)."""
    return len(word) > 1 and word[0] == "$" and word[1:].isdecimal()


def kind_words(kinds: Iterable[str]) -> str:
    """ "role, character or instrument"."""
    words = [_SINGULAR.get(kind, kind) for kind in kinds]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def unknown_name(name: str, kinds: tuple[str, ...], known: Iterable[str]) -> str:
    """What to say about a name that nothing declares: the kind wanted and the nearest spelling."""
    wanted = kind_words(kinds)
    options = sorted(set(known))
    if not options:
        return f'there is no {wanted} "{name}"; the score declares no {wanted} at all'
    return f'there is no {wanted} "{name}"{did_you_mean(name, options)}'


def longest_name(words: tuple[str, ...], sets: tuple[frozenset[str], ...]) -> tuple[str, int]:
    """The longest declared name that `words` begin with and its word count; ("", 0) if none."""
    best = ("", 0)
    for names in sets:
        for candidate, name in _by_first_word(names).get(words[0], ()):
            count = len(candidate)
            if count <= best[1]:
                break
            if words[:count] == candidate:
                best = (name, count)
                break
    return best


@lru_cache(maxsize=256)
def _by_first_word(
    names: frozenset[str],
) -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name in names:
        words = tuple(name.split())
        if words:
            found.setdefault(words[0], []).append((words, name))
    return {
        first: tuple(sorted(those, key=lambda pair: -len(pair[0])))
        for first, those in found.items()
    }
