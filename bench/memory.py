"""Resident memory of both processes while `leitmotor play` plays a score over MIDI.

The command runs as in a terminal, with the live display; the numbers are the kernel's. A page that
both processes hold counts twice. Every client of a JACK server maps the server's shared memory,
about 100 MB with its default of 2,048 ports: it is there once, whatever the number of clients, and
is shown apart.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import termios
import time
from pathlib import Path

from bench.child import environment, leitmotor
from bench.live import Terminal, jack
from bench.processes import children, name_of, resident_mb, shared_mb
from bench.report import ROOT, Figure, arguments, print_table, report

Held = dict[int, tuple[str, float, float]]
"""For each process its name, its own resident memory and what it shares with a server, in MB."""


def held(pid: int) -> Held:
    """What the process and its children hold now."""
    return {
        each: (name_of(each), resident_mb(each) - shared_mb(each), shared_mb(each))
        for each in (pid, *children(pid))
    }


def played(score: Path, outs: tuple[str, ...], seconds: float) -> Held:
    """Play for so long, and tell what is held at the end of it."""
    out = outs[0] if outs else "null"
    environ = {**environment(), "TERM": "xterm", "COLUMNS": "100", "LINES": "40"}
    with Terminal() as window:
        process = subprocess.Popen(
            leitmotor("play", str(score), "--out", out),
            stdin=window.fd,
            stdout=window.fd,
            stderr=window.fd,
            env={**environ, **_jack_server()},
            cwd=ROOT,
            preexec_fn=_with_terminal,
        )
        try:
            time.sleep(seconds)
            if process.poll() is not None:
                raise SystemExit(f"play ended, with {process.returncode}:\n{window.last_lines}")
            return held(process.pid)
        finally:
            process.terminate()
            process.wait()


def _with_terminal() -> None:
    """Make the terminal at standard input the one that the command is controlled from."""
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _jack_server() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if key.startswith("JACK_")}


def main() -> None:
    """Measure and report."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--score", type=Path, default=ROOT / "scores" / "elephants-dream")
    wanted = parser.parse_args()
    with jack() as outs:
        found = played(wanted.score, outs, 8.0 if wanted.quick else 60.0)
    print()
    print_table(
        ("process", "own MB", "server's MB"),
        [(name, f"{own:.1f}", f"{server:.1f}") for name, own, server in found.values()],
    )
    own = sum(each[1] for each in found.values())
    server = sum(each[2] for each in found.values())
    figures = [
        Figure("both processes and Python's resource tracker", own, "MB", at_most=150.0),
        Figure("the JACK server's shared memory", server, "MB"),
        Figure("all of it", own + server, "MB"),
        Figure("processes", len(found), ""),
    ]
    report("memory", figures, {"score": wanted.score.name, "out": outs[0] if outs else "null"})


if __name__ == "__main__":
    main()
