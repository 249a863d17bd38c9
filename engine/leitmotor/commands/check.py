"""`leitmotor check`: every problem of a score, and what it holds."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from leitmotor.console.wording import counted
from leitmotor.errors import Problem, ScoreError
from leitmotor.records import record
from leitmotor.score.compiled import CompiledScore
from leitmotor.score.load import SCRIPTS, LoadedScore, load_score, load_script
from leitmotor.score.performed import NOT_YET


@record
class Inquiry:
    """What is to be checked, and how it is asked."""

    path: Path
    rig: Path | None
    strict: bool  # notes count as errors
    as_json: bool


@record
class Findings:
    """What came out. `score` is None where errors left none."""

    errors: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    not_yet: tuple[Problem, ...] = ()
    score: CompiledScore | None = None


def check(inquiry: Inquiry) -> int:
    """Print the findings; 1 where there are errors, else 0."""
    found = findings(inquiry)
    print(_for_programs(inquiry, found) if inquiry.as_json else _for_people(found))
    return ScoreError.exit_code if found.errors else 0


def findings(inquiry: Inquiry) -> Findings:
    """Load the score and sort what is to be said about it."""
    try:
        loaded = load_score(inquiry.path, inquiry.rig)
    except ScoreError as error:
        return Findings(error.problems)
    wrong = _in_scripts(inquiry.path, loaded)
    if inquiry.strict:
        return Findings((*wrong, *loaded.notes), (), loaded.not_yet, loaded.score)
    return Findings(wrong, loaded.notes, loaded.not_yet, loaded.score)


def _in_scripts(path: Path, loaded: LoadedScore) -> tuple[Problem, ...]:
    """What is wrong with the cue scripts of a folder."""
    problems: list[Problem] = []
    for script in sorted(path.glob(SCRIPTS)) if path.is_dir() else ():
        try:
            load_script(script, loaded)
        except ScoreError as error:
            problems += error.problems
    return tuple(problems)


def summary(score: CompiledScore) -> dict[str, int]:
    """How much of what a score holds."""
    return {
        "motifs": len(score.motifs),
        "characters": len(score.characters),
        "places": len(score.places),
        "states": len(score.states),
        "scenes": len(score.scenes),
        "cues": len(score.cues),
        "palettes": len(score.palettes),
        "figures": len(score.figures),
        "written notes": _written_notes(score),
    }


def _written_notes(score: CompiledScore) -> int:
    in_figures = (len(bar.notes) for each in score.figures.values() for bar in each.bars)
    return sum(len(motif.notes) for motif in score.motifs.values()) + sum(in_figures)


def _for_people(found: Findings) -> str:
    lines = [str(problem) for problem in found.errors]
    lines += [_placed(problem, "note") for problem in found.notes]
    lines += [_placed(problem, NOT_YET) for problem in found.not_yet]
    said = _said(found)
    if found.score is None:
        return "\n".join([*lines, said])
    held = summary(found.score).items()
    holds = ", ".join(counted(count, what.removesuffix("s")) for what, count in held if count)
    return "\n".join([*lines, f"{found.score.title}: {holds}; {said}"])


def _placed(problem: Problem, kind: str) -> str:
    where = f"{problem.file}:{problem.line}:{problem.column}"
    text = problem.text.removeprefix(f"{kind}: ")
    return f"{where}: {kind}: {text}"


def _said(found: Findings) -> str:
    counts = [
        counted(len(found.errors), "error") if found.errors else "",
        f"{counted(len(found.notes), 'note')} to think about" if found.notes else "",
        f"{len(found.not_yet)} {NOT_YET}" if found.not_yet else "",
    ]
    return ", ".join(count for count in counts if count) or "nothing wrong"


def _for_programs(inquiry: Inquiry, found: Findings) -> str:
    problems = [
        *_records(found.errors, "error"),
        *_records(found.notes, "note"),
        *_records(found.not_yet, "not yet performed"),
    ]
    report = {
        "path": str(inquiry.path),
        "ok": not found.errors,
        "problems": problems,
        "summary": summary(found.score) if found.score is not None else None,
    }
    return json.dumps(report, ensure_ascii=False, indent=2)


def _records(problems: Iterable[Problem], kind: str) -> list[dict[str, object]]:
    return [
        {"kind": kind, "file": p.file, "line": p.line, "column": p.column, "text": p.text}
        for p in problems
    ]
