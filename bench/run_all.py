"""Runs every measurement, one after the other, and writes what each found to bench/results/.

python bench/run_all.py --quick                  ten minutes, for a first look
python bench/run_all.py --full [--peers PYTHON]  an hour, on an idle machine
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "results"
BENCHES = (
    "throughput",
    "render",
    "tempo",
    "check",
    "hostile",
    "startup",
    "memory",
    "meadow",
    "lateness",
    "cue_latency",
    "peers",
    "sound",
    "sound_block",
    "sound_device",
    "sound_memory",
)


def measured(bench: str, options: list[str]) -> dict[str, object] | None:
    """Run one; what it printed goes on to the terminal. None where it failed."""
    paths = [str(ROOT / "engine"), str(ROOT), os.environ.get("PYTHONPATH", "")]
    done = subprocess.run(
        [sys.executable, "-m", f"bench.{bench}", *options],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    lines = done.stdout.splitlines()
    if done.returncode or not lines:
        print(f"{bench} failed with {done.returncode}")
        return None
    print("\n".join(lines[:-1]), flush=True)
    found: dict[str, object] = json.loads(lines[-1])
    return found


def main() -> int:
    """Run what is wanted; 1 where one of them did not run."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    length = parser.add_mutually_exclusive_group(required=True)
    length.add_argument("--quick", action="store_true")
    length.add_argument("--full", action="store_true")
    parser.add_argument("--peers", metavar="PYTHON", help="interpreter with isobar and mido")
    parser.add_argument("--only", metavar="NAME", nargs="+", choices=BENCHES, default=BENCHES)
    wanted = parser.parse_args()
    RESULTS.mkdir(exist_ok=True)
    failed = []
    for bench in wanted.only:
        options = ["--quick"] if wanted.quick else []
        if bench == "peers" and wanted.peers:
            options += ["--peers", wanted.peers]
        found = measured(bench, options)
        if found is None:
            failed.append(bench)
            continue
        found["options"] = ["--quick"] if wanted.quick else []
        text = json.dumps(found, ensure_ascii=False, indent=1)
        (RESULTS / f"{bench}.json").write_text(text + "\n", encoding="utf-8")
    if failed:
        print(f"did not run: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
