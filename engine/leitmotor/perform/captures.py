"""What a wildcard matched, put into the verbs of its cue: `go $1` becomes `go quay` (S35)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leitmotor.addresses import segment_of
from leitmotor.score.names import Names
from leitmotor.score.verb_text import parse_entry
from leitmotor.score.verbs import Entry

_CAPTURE = re.compile(r"(?<![^\s=])\$(\d{1,4})(?![^\s=])")


def filled(entries: tuple[Entry, ...], found: tuple[str, ...], names: Names) -> tuple[Entry, ...]:
    """The entries with the segments `found` in the places of `$1`, `$2`, ….

    A segment stands for the declared name that is written so in an address, else for itself.
    `ValueError` where a verb cannot be understood then, in the words of the score's own reader.
    """
    if not found or not any("$" in entry.text for entry in entries):
        return entries
    words = tuple(_name_of(segment, names) for segment in found)
    return tuple(_filled(entry, words, names) for entry in entries)


def _filled(entry: Entry, words: tuple[str, ...], names: Names) -> Entry:
    def word(place: re.Match[str]) -> str:
        number = int(place[1])
        return words[number - 1] if 1 <= number <= len(words) else place[0]

    text = _CAPTURE.sub(word, entry.text)
    return entry if text == entry.text else parse_entry(text, names)


def _name_of(segment: str, names: Names) -> str:
    """The name that a segment is written for, itself before any other; else the segment."""
    written = [name for name in _all(names) if segment_of(name) == segment]
    return segment if not written or segment in written else min(written)


def _all(names: Names) -> Iterator[str]:
    yield from frozenset[str]().union(
        *names.of(
            "scenes", "states", "motifs", "characters", "palettes", "figures", "progressions",
            "instruments", "roles", "passages", "stingers", "silences", "cues", "parameters",
            "hits", "marks", "places",
        ),
        *names.arcs.values(),
        *names.motif_states.values(),
        *names.statuses.values(),
    )  # fmt: skip
