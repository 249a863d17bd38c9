"""Where the parts of a cue's texts stand in the file, whichever way they were written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from leitmotor.score.nearest import normal_key
from leitmotor.score.parts import Path
from leitmotor.score.read import ReadScore
from leitmotor.score.verbs import Entry, Rotation


def cue_entries(read: ReadScore) -> Iterator[tuple[Path, str, Entry]]:
    """(place, cue, entry) for every entry that a cue of the score may carry out."""
    for name, texts in read.cues.items():
        raw = read.score.cues[name].do
        path: Path = ("cues", name, "do")
        if isinstance(texts.do, Rotation):
            for path_of_option, written, option in _options(raw, path, texts.do):
                yield from _placed(written, path_of_option, name, option)
        else:
            yield from _placed(raw, path, name, texts.do)


def _options(
    raw: Any, path: Path, rotation: Rotation
) -> Iterator[tuple[Path, Any, tuple[Entry, ...]]]:
    key = next(iter(raw), "") if isinstance(raw, dict) else ""
    written = raw[key] if key else [()] * len(rotation.options)
    for number, option in enumerate(rotation.options):
        yield (*path, normal_key(str(key)), number), written[number], option


def _placed(
    raw: Any, path: Path, cue: str, entries: tuple[Entry, ...]
) -> Iterator[tuple[Path, str, Entry]]:
    for number, entry in enumerate(entries):
        yield ((*path, number) if isinstance(raw, (list, tuple)) else path), cue, entry
