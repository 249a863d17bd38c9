"""Performs a shipped score with its cue script, once, and asks about its bars and its page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from leitmotor.messages import Attack
from leitmotor.outputs.memory import MemoryOutput
from leitmotor.run.plan import standing
from leitmotor.run.render import RenderReport, render
from leitmotor.score.load import load_score, load_script
from leitmotor.testing.listening import Heard

ROOT = Path(__file__).resolve().parents[2]

TEN = 10 * 3600.0
REHEARSALS = {"meadow": ("visitors/rehearsal.cues", TEN)}
"""Scores without a script of their own: what they are performed with, from which time of day."""

_EXCERPT = re.compile(r"^```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@cache
def performed(name: str) -> tuple[Heard, RenderReport]:
    """What is heard of `scores/NAME` with the script in its folder, and the report of it."""
    loaded = load_score(ROOT / "scores" / name)
    file, clock = loaded.script, None
    if name in REHEARSALS:
        below, clock = REHEARSALS[name]
        file = ROOT / "scores" / name / below
    assert file is not None
    script = load_script(file, loaded)
    start, _ = standing(loaded.score, [script])
    memory = MemoryOutput()
    report = render(loaded.score, script, [memory], start=start, clock=clock)
    return Heard(tuple(memory.events)), report


def played(
    heard: Heard, bars: Sequence[int], role: str = "", instrument: str = ""
) -> list[tuple[int, float, str]]:
    """(bar, beat, pitch) of what begins in these bars."""
    return [
        (each.bar.number, round(float(each.bar.place(each.tick)[1]), 3), each.spelling)
        for each in heard.attacks(role, instrument)
        if each.bar.number in bars
    ]


def pitches(heard: Heard, bars: Sequence[int], role: str = "", instrument: str = "") -> str:
    """The pitches that begin in these bars, in order: "D4 E4"."""
    return " ".join(pitch for _, _, pitch in played(heard, bars, role, instrument))


def players(heard: Heard, bars: Sequence[int], role: str = "") -> set[str]:
    """Who begins a note in these bars."""
    return {
        each.voice.instrument for each in attacks_in(heard, bars) if role in ("", each.voice.role)
    }


def attacks_in(heard: Heard, bars: Sequence[int]) -> list[Attack]:
    """What begins in these bars."""
    return [each for each in heard.attacks() if each.bar.number in bars]


def begins(heard: Heard, bar: int) -> float:
    """The second at which a bar begins."""
    return next(seconds for number, seconds in heard.bars() if number == bar)


def excerpts(page: str) -> list[list[str]]:
    """The pieces of a score or script that a page of the guide shows, by their lines."""
    text = (ROOT / "docs" / "guide" / f"{page}.md").read_text(encoding="utf-8")
    return [_lines(found) for found in _EXCERPT.findall(text)]


def is_shown_as_written(excerpt: list[str], name: str) -> bool:
    """Whether the lines stand, one after the other, in a file of `scores/NAME`."""
    files = [*(ROOT / "scores" / name).glob("*.yaml"), *(ROOT / "scores" / name).glob("*.cues")]
    for file in files:
        lines = _lines(file.read_text(encoding="utf-8"))
        for start in range(len(lines)):
            if lines[start : start + len(excerpt)] == excerpt:
                return True
    return False


def _lines(text: str) -> list[str]:
    """Lines without what is for the eye: margins and columns."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]
