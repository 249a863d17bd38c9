"""How fast sound is made offline, on one core, beside FluidSynth with its reverb on.

32 voices of 60 s, 48 kHz, stereo, in a room, through the last stage (loudness and true-peak
limiter, with the measurements that a render reports): once as chords that stand still, once as
short notes whose expression moves all the time; and a whole piece, the film. FluidSynth renders the
same notes from a MIDI file, with General MIDI's flute, of which its SoundFont needs one voice a
note.

Process time, every program kept to one core, no threads for linear algebra; the programs take turns
and the best of several runs counts: what else the machine does can only make a run slower.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench.child import Cost, leitmotor, run
from bench.report import ROOT, Figure, arguments, print_table, report
from bench.sound_material import Texture, held, moving, write_midi

VOICES = 32
SOUND_FONTS = (
    Path("/usr/share/sounds/sf2/TimGM6mb.sf2"),
    Path("/usr/share/sounds/sf2/FluidR3_GM.sf2"),
    Path("/usr/share/sounds/sf2/default-GM.sf2"),
)
FILM = ROOT / "scores" / "elephants-dream"

PATIENCE_SECONDS = 300.0
CACHE = "LEITMOTOR_CACHE"
NAMES = (
    "in process, notes baked before",
    "in process, with baking",
    "a whole program, WAV of 16 bits",
)
FLUIDSYNTH = "fluidsynth, WAV of 16 bits"


@dataclass(slots=True)
class Runs:
    """Process seconds of each run, by what was run."""

    seconds: dict[str, list[float]] = field(default_factory=dict)

    def add(self, name: str, seconds: float) -> None:
        """One more."""
        self.seconds.setdefault(name, []).append(seconds)

    def best(self, name: str) -> float:
        """The least."""
        return min(self.seconds[name])

    def rows(self) -> list[tuple[object, ...]]:
        """A table."""
        return [
            (name, len(each), f"{min(each):.3f}", f"{median(each):.3f}", f"{max(each):.3f}")
            for name, each in self.seconds.items()
        ]


class Bench:
    """The programs that are compared. `sound_font` is None where there is no FluidSynth."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.core = max(os.sched_getaffinity(0))
        found = next((path for path in SOUND_FONTS if path.exists()), None)
        self.sound_font = found if shutil.which("fluidsynth") else None

    def alone(self, *command: str) -> Cost:
        """Run on one core; exits where it fails."""
        more = {"OPENBLAS_NUM_THREADS": "1", CACHE: str(self.folder / "notes")}
        cost = run(command, PATIENCE_SECONDS, core=self.core, more=more)
        if cost.exit_code:
            raise SystemExit(f"{' '.join(command)} answers {cost.exit_code}:\n{cost.output[-800:]}")
        return cost

    def job(self, *words: str) -> Cost:
        """Run a job of ours."""
        return self.alone(sys.executable, "-m", "bench.sound_job", *words)

    def fluidsynth(self, midi: Path) -> Cost | None:
        """Let FluidSynth render a MIDI file."""
        if self.sound_font is None:
            return None
        quiet = ("fluidsynth", "-ni", "-q", "-R", "1", "-C", "0", "-r", "48000")
        out = self.folder / "fluidsynth.wav"
        return self.alone(*quiet, "-F", str(out), str(self.sound_font), str(midi))

    def texture(self, texture: Texture, times: int) -> Runs:
        """The same notes by all programs, in turns."""
        midi, runs = self.folder / "texture.mid", Runs()
        write_midi(midi, texture.setups, texture.events())
        for _ in range(times):
            found = json.loads(self.job("twice", *texture.words).output)
            runs.add(NAMES[0], found["baked before"])
            runs.add(NAMES[1], found["with baking"])
            self._whole(runs, lambda: self.job("file", *texture.words, str(self.folder / "o.wav")))
            self._other(runs, midi)
        return runs

    def film(self, times: int) -> Runs:
        """A piece as it is, by the command."""
        midi, sound, runs = self.folder / "film.mid", self.folder / "film.wav", Runs()
        self.alone(*leitmotor("render", str(FILM), "--out", str(midi)))
        command = leitmotor("render", str(FILM), "--out", str(sound), "--bits", "16")
        for _ in range(times):
            self._whole(runs, lambda: self.alone(*command))
            self._other(runs, midi)
        return runs

    def _whole(self, runs: Runs, once: Callable[[], Cost]) -> None:
        """The first time is not counted: it bakes the notes, and compiles modules."""
        if NAMES[2] not in runs.seconds:
            once()
        runs.add(NAMES[2], once().cpu_seconds)

    def _other(self, runs: Runs, midi: Path) -> None:
        other = self.fluidsynth(midi)
        if other is not None:
            runs.add(FLUIDSYNTH, other.cpu_seconds)


def figures_of(label: str, runs: Runs, sooner: float | None = None) -> list[Figure]:
    """What one music took, and how many times faster it was than FluidSynth."""
    figures = [Figure(f"{label}, {name}", runs.best(name), "s") for name in runs.seconds]
    if FLUIDSYNTH in runs.seconds:
        figures += [
            Figure(
                f"{label}, {name}: FluidSynth takes",
                runs.best(FLUIDSYNTH) / runs.best(name),
                "times as long",
                at_least=sooner,
            )
            for name in (NAMES[0], NAMES[2])
            if name in runs.seconds
        ]
    return figures


def growth_rows(found: dict[str, dict[str, float]], voices: Sequence[int]) -> list[tuple[str, ...]]:
    """Times real time, a line for each number of voices."""
    return [(str(n), *(f"{found[name][str(n)]:.1f}" for name in found)) for n in voices]


def main() -> None:
    """Measure and report."""
    quick = arguments(__doc__ or "").parse_args().quick
    seconds, times = (20.0, 2) if quick else (60.0, 7)
    voices = (1, 32, 128) if quick else (1, 8, 32, 64, 128, 256)
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name))
        if bench.sound_font is None:
            print("no fluidsynth or no SoundFont here: nothing to compare with", file=sys.stderr)
        still = bench.texture(held(VOICES, seconds), times)
        moved = bench.texture(moving(VOICES, seconds), times)
        film = bench.film(1 if quick else 3)
        counts = map(str, voices)
        grown = json.loads(bench.job("growth", "10" if quick else "30", *counts).output)
    head = ("", "runs", "best cpu s", "median", "worst")
    for title, runs in (("held", still), ("moving", moved), (FILM.name, film)):
        print(f"\n{title}")
        print_table(head, runs.rows())
    print("\ntimes faster than it sounds, by voices")
    print_table(("voices", *grown), growth_rows(grown, voices))
    label = f"{VOICES} voices, {seconds:g} s"
    figures = [
        *figures_of(f"{label}, held", still, 2.0),
        *figures_of(f"{label}, moving", moved, 2.0),
        *figures_of(FILM.name, film),
        *(
            Figure(f"{n} voices, {name}", grown[name][str(n)], "times real time")
            for name in grown
            for n in voices
        ),
    ]
    details = {
        "held": still.seconds,
        "moving": moved.seconds,
        "film": film.seconds,
        "sound font": str(bench.sound_font),
    }
    report("sound", figures, details)


if __name__ == "__main__":
    main()
