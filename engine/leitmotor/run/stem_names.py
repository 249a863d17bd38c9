"""What the files of stems are called, on every platform."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath

from leitmotor.records import record
from leitmotor.run.spool import Part

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)))
)
"""Windows has no files of these names, whatever their ending."""

_LONGEST = 100


@record
class Stem:
    """One stem: all that plays in `role`, or all that `instrument` plays; the other is empty.

    `file` is its place in the folder of stems, without the ending.
    """

    role: str
    instrument: str
    file: PurePosixPath

    def holds(self, role: str, instrument: str) -> bool:
        """Whether a voice belongs to it."""
        return self.instrument == instrument if self.instrument else self.role == role


def stems_of(parts: Iterable[Part]) -> tuple[Stem, ...]:
    """The stems of those who played: the roles, then the instruments, in order of appearance."""
    parts = tuple(parts)
    roles = dict.fromkeys(part.role for part in parts)
    instruments = dict.fromkeys(part.instrument for part in parts)
    return (
        *(
            Stem(role, "", PurePosixPath("roles") / name)
            for role, name in zip(roles, file_names(roles), strict=True)
        ),
        *(
            Stem("", instrument, PurePosixPath("instruments") / name)
            for instrument, name in zip(instruments, file_names(instruments), strict=True)
        ),
    )


def file_names(names: Iterable[str]) -> list[str]:
    """Names as files on every platform, no two alike, not even but for capitals."""
    taken: set[str] = set()
    files = []
    for name in names:
        plain = safe = _safe(name)
        number = 1
        while safe.casefold() in taken:
            number += 1
            safe = f"{plain} {number}"
        taken.add(safe.casefold())
        files.append(safe)
    return files


def _safe(name: str) -> str:
    plain = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", name))[:_LONGEST].strip().rstrip(". ")
    if not plain:
        return "unnamed"
    return f"{plain}_" if plain.split(".")[0].casefold() in _DEVICES else plain
