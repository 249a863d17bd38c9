"""What bad scores cost: time and memory of `check` for each of a corpus, in a process of its own.

A bad score has to be refused (exit code 1, no traceback) within 1 s of processor time beyond the
start-up and within 128 MB. Some of the corpus are good scores after all; then the code is 0.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.child import Cost, fastest, leitmotor, run
from bench.poison import poisons
from bench.report import Figure, arguments, print_table, report

MOST_SECONDS = 1.0
MOST_MB = 128.0
_WORST = 12
_PATIENCE_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Refusal:
    """What became of one bad score."""

    name: str
    size: int
    cost: Cost

    @property
    def clean(self) -> bool:
        """Whether it was answered as a score's fault, or accepted."""
        return self.cost.exit_code in (0, 1) and "Traceback" not in self.cost.output


def refused(folder: Path, name: str, text: bytes) -> Refusal:
    """Check one bad score."""
    path = folder / "score.yaml"
    path.write_bytes(text)
    return Refusal(name, len(text), run(leitmotor("check", str(path)), _PATIENCE_SECONDS))


def main() -> None:
    """Measure and report."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--only", metavar="TEXT", default="", help="those whose name contains it")
    wanted = parser.parse_args()
    corpus = [each for each in poisons() if wanted.only in each[0]]
    if wanted.quick:
        corpus = corpus[:: max(len(corpus) // 20, 1)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small = folder / "small.yaml"
        small.write_text("score: 1\nmotifs:\n  m: {notes: 1q 2 3 4}\n", encoding="utf-8")
        start_up = fastest(leitmotor("check", str(small)), 3)
        found = [refused(folder, *each) for each in corpus]
    _tell(found, start_up)


def _tell(found: Sequence[Refusal], start_up: Cost) -> None:
    found = sorted(found, key=lambda each: each.cost.cpu_seconds, reverse=True)
    unclean = [each for each in found if not each.clean]
    shown = [*found[:_WORST], *(each for each in found[_WORST:] if not each.clean)]
    print(f"\nthe {_WORST} slowest of {len(found)}, and those that went wrong")
    print_table(
        ("bad score", "bytes", "cpu s", "wall s", "MB", "exit", "last line"),
        [_row(each) for each in shown],
    )
    beyond = [each.cost.cpu_seconds - start_up.cpu_seconds for each in found]
    figures = [
        Figure("bad scores", len(found), ""),
        Figure("slowest, beyond start-up", max(beyond), "s", at_most=MOST_SECONDS),
        Figure("slowest, whole command", found[0].cost.cpu_seconds, "s"),
        Figure("over 1 s beyond start-up", sum(each > MOST_SECONDS for each in beyond), "", 0),
        Figure("most memory", max(each.cost.memory_mb for each in found), "MB", at_most=MOST_MB),
        Figure("tracebacks, crashes, other exit codes", len(unclean), "", 0),
    ]
    report(
        "hostile",
        figures,
        {
            "start-up cpu s": start_up.cpu_seconds,
            "seconds": {each.name: round(each.cost.cpu_seconds, 3) for each in found},
            "MB": {each.name: round(each.cost.memory_mb) for each in found},
        },
    )


def _row(each: Refusal) -> tuple[object, ...]:
    lines = each.cost.output.strip().splitlines() or [""]
    return (
        each.name,
        f"{each.size:,}",
        f"{each.cost.cpu_seconds:.2f}",
        f"{each.cost.seconds:.2f}",
        f"{each.cost.memory_mb:.0f}",
        each.cost.exit_code,
        lines[-1][:60],
    )


if __name__ == "__main__":
    main()
