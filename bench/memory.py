"""Resident memory of both processes while `leitmotor play` plays a score over MIDI.

The command runs as in a terminal, with the live display; the numbers are the kernel's. A page that
both processes hold counts twice. Every client of a JACK server maps the server's shared memory,
about 100 MB with its default of 2,048 ports: it is there once, whatever the number of clients, and
is shown apart.
"""

from __future__ import annotations

from pathlib import Path

from bench.at_terminal import running
from bench.live import jack
from bench.report import ROOT, Figure, arguments, print_table, report


def main() -> None:
    """Measure and report."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--score", type=Path, default=ROOT / "scores" / "elephants-dream")
    wanted = parser.parse_args()
    with jack() as outs:
        out = outs[0] if outs else "null"
        with running("play", str(wanted.score), "--out", out) as command:
            found = command.held_after(8.0 if wanted.quick else 60.0)
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
    report("memory", figures, {"score": wanted.score.name, "out": out})


if __name__ == "__main__":
    main()
