"""leitmotor beside isobar and mido: the same piece, judged by the same program (`bench/piece.py`).

    python -m bench.peers --peers PYTHON    PYTHON: the interpreter of an environment that has them

leitmotor plays as `play` does: performer process, MIDI port (where a JACK server can be started),
live display; the peers into an output that only notes the moment. Their processor time is that of
the one process; leitmotor's is the performer's, spin included, and the parent's.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from bench.live import jack, played
from bench.material import in_unison
from bench.piece import CALLS_AT, LENGTH, TEMPI, Recording, Verdict, judged
from bench.report import ROOT, Figure, arguments, print_table, report
from bench.stamping import stamped, stamps_in
from leitmotor.messages import Do
from leitmotor.run.plan import PlayPlan
from leitmotor.run.stage import Stage

HORIZON = 0.010
KEYS = ("G major", "F major")


class Hand:
    """Changes the keys and the tempo."""

    def __init__(self, recording: Recording) -> None:
        self._recording = recording

    def __call__(self, stage: Stage) -> None:
        """Make the three calls."""
        begun = time.perf_counter()
        for number, moment in enumerate(CALLS_AT):
            time.sleep(begun + moment - time.perf_counter())
            now = time.perf_counter()
            if number == 1:
                self._recording.tempo_call = now
                self._recording.tempo_acts = now + HORIZON
                stage.send(Do(f"tempo {TEMPI[1]:g}"))
            else:
                self._recording.key_calls.append(now)
                stage.send(Do(f"key {KEYS[number // 2]} at now"))


def of_leitmotor(outs: tuple[str, ...]) -> Recording:
    """Play the piece here."""
    recording = Recording("leitmotor")
    plan = PlayPlan(in_unison(), midi_outs=outs or ("null",), until=LENGTH, horizon_seconds=HORIZON)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "stamps"
        with stamped(file):
            done = played(plan, Hand(recording))
        stamps = stamps_in(file)
    recording.notes = [(each.at, each.channel, each.pitch) for each in stamps if each.attack]
    recording.cpu_percent = done.share.performer + done.share.parent
    return recording


def of_peer(python: str, program: str) -> Recording | None:
    """Play the piece in the peer's environment; None where that does not work."""
    done = subprocess.run(
        [python, "-m", f"bench.{program}"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        print(f"{program} does not run: {done.stderr.strip()[-300:]}", file=sys.stderr)
        return None
    said = json.loads(done.stdout.splitlines()[-1])
    return Recording(**said)


def row(verdict: Verdict) -> tuple[object, ...]:
    """A line of the table."""
    return (
        verdict.program,
        verdict.notes,
        *(
            f"{value:.3f}"
            for value in (
                verdict.late_p50,
                verdict.late_p99,
                verdict.late_max,
                verdict.interval_p50,
                verdict.interval_p99,
                verdict.spread_p50,
                verdict.spread_p99,
                verdict.drift,
            )
        ),
        " ".join(f"{wait:.1f}" for wait in verdict.key_calls) or "–",
        f"{verdict.cpu_percent:.1f}",
    )


HEAD = (
    "ms",
    "notes",
    "late p50",
    "p99",
    "max",
    "interval p50",
    "p99",
    "spread p50",
    "p99",
    "drift",
    "key call to note",
    "cpu %",
)


def main() -> None:
    """Measure and report."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--peers", metavar="PYTHON", help="interpreter with isobar and mido")
    wanted = parser.parse_args()
    times = 1 if wanted.quick else 3
    programs = ("peer_isobar", "peer_mido") if wanted.peers else ()
    with jack() as outs:
        runs = [[of_leitmotor(outs) for _ in range(times)]]
    for program in programs:
        runs.append([one for _ in range(times) if (one := of_peer(wanted.peers, program))])
    verdicts = [
        min((judged(each) for each in of_one), key=lambda verdict: verdict.late_p99)
        for of_one in runs
        if of_one
    ]
    print()
    print_table(HEAD, [row(verdict) for verdict in verdicts])
    figures = [
        Figure(f"{verdict.program}, {what}", getattr(verdict, key), "ms")
        for verdict in verdicts
        for what, key in (("late p50", "late_p50"), ("late p99", "late_p99"))
    ]
    report("peers", figures, {"verdicts": [asdict(each) for each in verdicts], "runs": times})


if __name__ == "__main__":
    main()
