"""Performs a shipped score with its cue script, once for all tests of a module."""

from __future__ import annotations

from functools import cache

from tests.regenerate import ROOT

from leitmotor.outputs.memory import MemoryOutput
from leitmotor.run.plan import standing
from leitmotor.run.render import RenderReport, render
from leitmotor.score.load import load_score, load_script
from leitmotor.testing.listening import Heard


@cache
def performed(name: str) -> tuple[Heard, RenderReport]:
    """What is heard of `scores/NAME` with the script in its folder, and the report of it."""
    loaded = load_score(ROOT / "scores" / name)
    assert loaded.script is not None
    script = load_script(loaded.script, loaded)
    start, _ = standing(loaded.score, [script])
    memory = MemoryOutput()
    report = render(loaded.score, script, [memory], start=start)
    return Heard(tuple(memory.events)), report
