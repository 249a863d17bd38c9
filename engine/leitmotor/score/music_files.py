"""The files that a score takes notes from, read with it: what is in them is a part of the score."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from leitmotor.errors import Problem, ScoreError
from leitmotor.score.marks import Place, Source
from leitmotor.score.nearest import normal_key
from leitmotor.score.source import LARGEST_FILE_BYTES, file_under, read_bytes

LARGEST_MUSIC_BYTES = 2 * 1024 * 1024
"""How large all music files of a score may be together."""


def with_music_files(source: Source, folder: Path) -> tuple[Source, tuple[Problem, ...]]:
    """The source with the bytes of every `file:` of a motif, and what is wrong with them."""
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for place, text in _named(source):
        if text in files:
            continue
        try:
            data = read_bytes(file_under(folder, text), text)
            if len(data) > LARGEST_FILE_BYTES:
                raise ValueError(f"it is larger than {LARGEST_FILE_BYTES // 1024} KiB")
            if sum(map(len, files.values())) + len(data) > LARGEST_MUSIC_BYTES:
                limit = f"{LARGEST_MUSIC_BYTES // 1024} KiB"
                raise ValueError(f"all music files together are larger than {limit}")
        except (ScoreError, ValueError) as error:
            reason = error.problems[0].text if isinstance(error, ScoreError) else str(error)
            problems.append(source.problem(place, f'"{text}" cannot be read: {reason}'))
            continue
        files[text] = data
    if not files:
        return source, tuple(problems)
    return replace(source, files=files, hash=_hash(source, files)), tuple(problems)


def _named(source: Source) -> Iterator[tuple[Place, str]]:
    for section, motifs in source.tree.items():
        if normal_key(section) != "motifs" or not isinstance(motifs, dict):
            continue
        for name, motif in motifs.items():
            for key, text in motif.items() if isinstance(motif, dict) else ():
                if normal_key(key) == "file" and isinstance(text, str) and text:
                    yield (section, name, key), text


def _hash(source: Source, files: dict[str, bytes]) -> str:
    parts = [f"{name} {hashlib.sha256(data).hexdigest()}" for name, data in sorted(files.items())]
    return hashlib.sha256("\n".join([source.hash, *parts]).encode()).hexdigest()
