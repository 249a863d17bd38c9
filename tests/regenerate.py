"""Writes the golden lists anew: `python -m tests.regenerate`. The difference is reviewed like code.

A golden list is a trace: of an example's score with its default cue script, as `leitmotor render
FOLDER --trace FILE` writes it, or of a piece made in code (`tests/golden/pieces.py`). Whole scores
are kept as sheets, a bar and a voice a line (`tests/scores/sheet.py`).
"""

from __future__ import annotations

from pathlib import Path

from tests.golden.pieces import PIECES, Piece
from tests.scores.sheet import sheet
from tests.scores.stage import performed

from leitmotor.music.time import Seconds
from leitmotor.outputs.trace import HEADER, TraceOutput, render_line
from leitmotor.run.plan import Script, standing
from leitmotor.run.render import RenderReport, render
from leitmotor.score.load import load_score, load_script
from leitmotor.testing.listening import prepared

ROOT = Path(__file__).resolve().parents[1]
EXPECTED = "expected.events"
HOURS: dict[str, tuple[Seconds, Seconds]] = {"22-the-clock": (17 * 3600.0, 20.0)}
"""Examples that look at the time of day: when they begin, and for how long they are performed."""
FOLDER = ROOT / "tests" / "golden"
SHEETS = ("harbour", "kitchen", "depths", "meadow")
"""Scores under `scores/` that are too long for a list of events: they are kept as sheets."""


def examples() -> list[Path]:
    """The rungs of the ladder, in order."""
    return sorted(path.parent for path in (ROOT / "examples").glob("[0-9]*/score.yaml"))


def perform(folder: Path, trace: Path) -> RenderReport:
    """Perform the score of a folder offline, into a trace."""
    loaded = load_score(folder)
    script: Script = load_script(loaded.script, loaded) if loaded.script is not None else ()
    clock, until = HOURS.get(folder.name, (None, None))
    start, _ = standing(loaded.score, [script] if script else [], clock)
    traces = [TraceOutput(trace)]
    return render(loaded.score, script, traces, start=start, until=until, clock=clock)


def trace_of(piece: Piece) -> str:
    """A piece's trace with what still sounds at its end let go."""
    performance = prepared(piece.score, *piece.script)
    events = performance.advance(piece.until) + performance.finish()
    return "".join(f"{line}\n" for line in (HEADER, *map(render_line, events)))


def sheet_of(name: str) -> str:
    """A score with its script as a sheet, a bar and a voice a line."""
    return "".join(f"{line}\n" for line in sheet(performed(name)[0].events))


def regenerate() -> None:
    """Write every golden list, and say which and how long."""
    for folder in examples():
        report = perform(folder, folder / EXPECTED)
        print(f"{folder.relative_to(ROOT) / EXPECTED}: {report.events} events")
    for name, piece in PIECES.items():
        path = FOLDER / f"{name}.events"
        path.write_text(trace_of(piece), encoding="utf-8", newline="\n")
        print(path.relative_to(ROOT))
    for name in SHEETS:
        path = FOLDER / f"{name}.sheet"
        path.write_text(sheet_of(name), encoding="utf-8", newline="\n")
        print(path.relative_to(ROOT))


if __name__ == "__main__":
    regenerate()
