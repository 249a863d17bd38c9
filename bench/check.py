"""How long `check` takes for a score of 5,000 lines and for those that are shipped.

The whole command is timed, start-up included, as somebody who types it feels it; and the loading
alone, in a process that has done nothing else before. Best of several runs.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bench.big_score import written
from bench.child import Cost, fastest, leitmotor, run
from bench.report import ROOT, Figure, arguments, print_table, report

_LOAD = """
import time, sys
from pathlib import Path
from leitmotor.score.load import load_score
begun = time.process_time()
load_score(Path(sys.argv[1]))
print(time.process_time() - begun)
"""

_PROFILE = """
import cProfile, pstats, sys
from pathlib import Path
from leitmotor.score.load import load_score
profile = cProfile.Profile()
profile.runcall(load_score, Path(sys.argv[1]))
pstats.Stats(profile).sort_stats(sys.argv[2]).print_stats(30)
"""


def checked(path: Path, times: int) -> Cost:
    """The command `leitmotor check`."""
    cost = fastest(leitmotor("check", str(path)), times)
    if cost.exit_code:
        raise SystemExit(f"check {path.name} answers {cost.exit_code}:\n{cost.output[-500:]}")
    return cost


def loaded_seconds(path: Path, times: int) -> float:
    """The process seconds of `load_score`, imports not counted."""
    runs = (run([sys.executable, "-c", _LOAD, str(path)]) for _ in range(times))
    return min(float(each.output) for each in runs)


def profiled(path: Path, order: str) -> str:
    """Where the time goes: the first lines of a profile."""
    return run([sys.executable, "-c", _PROFILE, str(path), order]).output


def main() -> None:
    """Measure and report."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--lines", type=int, default=5000)
    parser.add_argument("--profile", metavar="ORDER", help="tottime or cumtime, of the long score")
    wanted = parser.parse_args()
    times = 2 if wanted.quick else 7
    with tempfile.TemporaryDirectory() as folder:
        long_one = Path(folder) / "long.yaml"
        long_one.write_text(written(wanted.lines), encoding="utf-8")
        if wanted.profile:
            print(profiled(long_one, wanted.profile))
            return
        rows, figures = _measured(long_one, wanted.lines, times)
    print()
    print_table(("score", "lines", "KiB", "check wall s", "check cpu s", "load cpu s", "MB"), rows)
    report("check", figures)


def _measured(
    long_one: Path, lines: int, times: int
) -> tuple[list[tuple[object, ...]], list[Figure]]:
    shipped = sorted(path for path in (ROOT / "scores").glob("*/score.yaml"))
    rows: list[tuple[object, ...]] = []
    figures = []
    for path in (long_one, *shipped):
        name = f"{lines:,} lines" if path is long_one else path.parent.name
        cost, load = checked(path, times), loaded_seconds(path, times)
        text = path.read_text(encoding="utf-8")
        rows.append(
            (
                name,
                text.count("\n"),
                f"{len(text.encode()) / 1024:.0f}",
                f"{cost.seconds:.3f}",
                f"{cost.cpu_seconds:.3f}",
                f"{load:.3f}",
                f"{cost.memory_mb:.0f}",
            )
        )
        bound = 0.5 if path is long_one else None
        figures.append(Figure(f"check {name}, whole command", cost.seconds, "s", at_most=bound))
        figures.append(Figure(f"load {name}", load, "s", at_most=bound))
    return rows, figures


if __name__ == "__main__":
    main()
