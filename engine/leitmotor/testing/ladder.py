"""The ladder of examples: its rungs with their names, titles and texts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

SCORE = "score.yaml"
README = "README.md"


@dataclass(frozen=True, slots=True)
class Rung:
    """A folder of the ladder. `files` are its score, what it includes, and its scripts."""

    name: str
    title: str
    readme: str  # without its title
    files: tuple[Path, ...]

    @property
    def number(self) -> str:
        """The digits in front of its name."""
        return self.name.partition("-")[0]

    @property
    def anchor(self) -> str:
        """What a heading with its title is called in a page of Markdown."""
        return re.sub(r"[^\w]+", "-", self.title.lower()).strip("-")


def rungs(folder: Path) -> tuple[Rung, ...]:
    """The rungs of a ladder, in order. Raises OSError where one has no README."""
    return tuple(_rung(score.parent) for score in sorted(folder.glob(f"[0-9]*/{SCORE}")))


def _rung(folder: Path) -> Rung:
    title, _, readme = (folder / README).read_text(encoding="utf-8").partition("\n")
    others = [each for each in sorted(folder.glob("*.yaml")) if each.name != SCORE]
    files = (folder / SCORE, *others, *sorted(folder.glob("*.cues")))
    return Rung(folder.name, title.removeprefix("# "), readme.strip(), files)
