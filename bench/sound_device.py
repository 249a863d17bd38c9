"""The film through an audio device: blocks lost, memory held, and the wait for the first sound.

The command `leitmotor play` at a terminal, with the live display, through PortAudio into a JACK
server of our own without a sound card. Lost is what the device had to play without sound of ours,
as the command counts it by comparing frames; cycles that the server itself lost are shown beside
it. The first sound is what a second client hears first, counted from the start of the command: once
with an empty store of notes and once with the notes that the first run has baked.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping
from ctypes.util import find_library
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from bench.at_terminal import Held, running
from bench.live import jack
from bench.report import ROOT, Figure, arguments, print_table, report
from bench.startup import SMALLEST

FILM = ROOT / "scores" / "elephants-dream"
MOST_LOST = {512: 0, 256: 1}
"""Blocks in ten minutes, by frames in a block."""

MOST_MB = 250.0
FIRST_SOUND_SECONDS = 1.2
PATIENCE_SECONDS = 30.0
CACHE = "LEITMOTOR_CACHE"
PARENT, PERFORMER = "leitmotor play", "multiprocessing.spawn"

_LOST = re.compile(r"audio device lost ([\d,]+) frame")


@dataclass(frozen=True, slots=True)
class Played:
    """A performance through the device."""

    frames: int  # in a block
    lost_frames: int
    lost_cycles: int
    held: Held

    @property
    def lost_blocks(self) -> int:
        """A block of which something is missing counts as lost."""
        return -(-self.lost_frames // self.frames)

    def own_mb(self, name: str) -> float:
        """What the process holds that has this in its name."""
        return next(own for known, own, _ in self.held.values() if name in known)


def played(frames: int, seconds: float, more: Mapping[str, str]) -> Played:
    """Play the film for so long; what is held is looked at shortly before the end."""
    from bench.listener import Listener

    with jack(frames), Listener() as listener:
        arguments = ("play", str(FILM), "--out", "audio", "--until", f"{seconds:g}")
        with running(*arguments, more=more) as command:
            held = command.held_after(0.9 * seconds)
            said = command.end(PATIENCE_SECONDS + 0.2 * seconds)
        lost = _LOST.search(said)
        lost_frames = int(lost.group(1).replace(",", "")) if lost else 0
        return Played(frames, lost_frames, listener.lost_cycles, held)


def first_sound(score: Path, more: Mapping[str, str]) -> float:
    """Seconds from the start of the command to the first block that is not silent."""
    from bench.listener import Listener

    with jack(), Listener() as listener:
        begun = time.perf_counter()
        with running("play", str(score), "--out", "audio", more=more):
            return listener.wait(PATIENCE_SECONDS) - begun


def missing() -> str:
    """What this machine lacks for the measurement; empty where it has all."""
    lacks = {
        "jackd": shutil.which("jackd"),
        "PortAudio": find_library("portaudio"),
        "the Python package JACK-Client": find_spec("jack"),
    }
    return ", ".join(name for name, found in lacks.items() if found is None)


def main() -> None:
    """Measure and report."""
    quick = arguments(__doc__ or "").parse_args().quick
    if missing():
        print(f"not measured: there is no {missing()} here", file=sys.stderr)
        report("sound_device", [], {"missing": missing()})
        return
    seconds, times = (20.0, 2) if quick else (600.0, 5)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small = folder / "small.yaml"
        small.write_text(SMALLEST, encoding="utf-8")
        more = {CACHE: str(folder / "notes")}
        cold = first_sound(small, more)
        warm = [first_sound(small, more) for _ in range(times)]
        film_cold = first_sound(FILM, more)
        film_warm = [first_sound(FILM, more) for _ in range(times)]
        runs = [played(frames, seconds, more) for frames in MOST_LOST]
    print()
    print_table(
        ("frames", "seconds", "frames lost", "blocks", "cycles lost by the server"),
        [
            (each.frames, f"{seconds:g}", each.lost_frames, each.lost_blocks, each.lost_cycles)
            for each in runs
        ],
    )
    held = runs[-1].held.values()
    print_table(
        ("process", "own MB", "server's MB"),
        [(name, f"{own:.1f}", f"{server:.1f}") for name, own, server in held],
    )
    figures = [
        *(
            Figure(
                f"blocks lost in {seconds:g} s at {each.frames} frames",
                each.lost_blocks,
                "",
                at_most=MOST_LOST[each.frames],
            )
            for each in runs
        ),
        Figure("command to first sound, smallest score, nothing baked", cold, "s"),
        Figure("command to first sound, smallest score", min(warm), "s", FIRST_SOUND_SECONDS),
        Figure(f"command to first sound, {FILM.name}, nothing baked", film_cold, "s"),
        Figure(f"command to first sound, {FILM.name}", min(film_warm), "s"),
        Figure("the performer's own memory", runs[-1].own_mb(PERFORMER), "MB", MOST_MB),
        Figure("the parent's own memory", runs[-1].own_mb(PARENT), "MB", MOST_MB),
        Figure("own memory of all processes", sum(own for _, own, _ in held), "MB", MOST_MB),
    ]
    details = {
        "first sound": {"small": warm, FILM.name: film_warm},
        "cycles lost by the server": {str(each.frames): each.lost_cycles for each in runs},
    }
    report("sound_device", figures, details)


if __name__ == "__main__":
    main()
