"""How long one waits: for the help, for a small score to be checked, for the first note.

Each program is run five times and the quickest run counts, from its start to its end; for `play`
from its start to the call that sends the first note. Byte code has been written before, as it is
after an installation.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.child import environment, fastest, leitmotor
from bench.live import jack
from bench.report import ROOT, Figure, arguments, report
from bench.stamping import FILE, stamps_in

RUNS = 5
SMALLEST = "score: 1\nmotifs:\n  walk: {notes: 1q 3q 5q 3q | 1w}\n"

_PLAY = """
import os, sys
from pathlib import Path
from bench.stamping import FILE, stamped
from leitmotor.cli import main
sys.argv[0] = "leitmotor"
with stamped(Path(os.environ[FILE])):
    sys.exit(main())
"""
"""The command itself, with stamped outputs. What that adds is measured with it."""


def first_note_seconds(score: Path, out: str, folder: Path) -> float:
    """From the start of `play` to the send call of its first note."""
    file = folder / "stamps"
    file.unlink(missing_ok=True)
    command = [sys.executable, "-c", _PLAY, "play", str(score), "--out", out, "--until", "1"]
    own = {key: value for key, value in os.environ.items() if key.startswith("JACK_")}
    begun = time.perf_counter()
    subprocess.run(
        command,
        env={**environment(), **own, FILE: str(file)},
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        check=True,
    )
    attacks = [stamp.at for stamp in stamps_in(file) if stamp.attack]
    return min(attacks) - begun


def main() -> None:
    """Measure and report."""
    times = 3 if arguments(__doc__ or "").parse_args().quick else RUNS
    with tempfile.TemporaryDirectory() as name, jack() as outs:
        folder = Path(name)
        small = folder / "small.yaml"
        small.write_text(SMALLEST, encoding="utf-8")
        out = outs[0] if outs else "null"
        bare = fastest([sys.executable, "-c", "pass"], times)
        help_text = fastest(leitmotor("--help"), times)
        checked = fastest(leitmotor("check", str(small)), times)
        first_note_seconds(small, out, folder)
        notes = [first_note_seconds(small, out, folder) for _ in range(times)]
    report(
        "startup",
        [
            Figure("python that does nothing", bare.seconds, "s"),
            Figure("leitmotor --help", help_text.seconds, "s", at_most=0.25),
            Figure("check of the smallest score", checked.seconds, "s"),
            Figure("play to the first note", min(notes), "s", at_most=0.8),
        ],
        {
            "out": out,
            "play, all runs": notes,
            "cpu seconds": {"help": help_text.cpu_seconds, "check": checked.cpu_seconds},
        },
    )


if __name__ == "__main__":
    main()
