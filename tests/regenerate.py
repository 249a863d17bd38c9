"""Writes the golden lists anew: `python -m tests.regenerate`. The difference is reviewed like code.

A golden list is the trace of the offline performance of a score with its default cue script, as
`leitmotor render FOLDER --trace FILE` writes it.
"""

from __future__ import annotations

from pathlib import Path

from leitmotor.outputs.trace import TraceOutput
from leitmotor.run.plan import Script, standing
from leitmotor.run.render import RenderReport, render
from leitmotor.score.load import load_score, load_script

ROOT = Path(__file__).resolve().parents[1]
EXPECTED = "expected.events"


def examples() -> list[Path]:
    """The rungs of the ladder, in order."""
    return sorted(path.parent for path in (ROOT / "examples").glob("[0-9]*/score.yaml"))


def perform(folder: Path, trace: Path) -> RenderReport:
    """Perform the score of a folder offline, into a trace."""
    loaded = load_score(folder)
    script: Script = load_script(loaded.script, loaded) if loaded.script is not None else ()
    start, _ = standing(loaded.score, [script] if script else [])
    return render(loaded.score, script, [TraceOutput(trace)], start=start)


def regenerate() -> None:
    """Write every golden list, and say which and how long."""
    for folder in examples():
        report = perform(folder, folder / EXPECTED)
        print(f"{folder.relative_to(ROOT) / EXPECTED}: {report.events} events")


if __name__ == "__main__":
    regenerate()
