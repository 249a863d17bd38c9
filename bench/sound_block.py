"""How long a block of live sound takes to compute, as a share of the time that it sounds.

64 voices in a room, through the last stage, with events coming in; no device. As in a performance
the program sleeps between two blocks, until the next one is due: so caches are cold, which makes
every block some two times dearer than in a loop that never rests. The engine computes whole quanta
of 256 frames: a device that asks for 512 gets two at once, and one that asks for 128 has one
computed for it at every second block.

Wall-clock time, garbage collection off as in the performer: a 99th percentile says as much about
the machine as about the program unless nothing else runs on it.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from dataclasses import dataclass

from bench.percentiles import percentile
from bench.report import Figure, arguments, print_table, report
from bench.sound_material import Texture, bake, patches
from leitmotor.sound.bank import Bank
from leitmotor.sound.master import Master
from leitmotor.sound.renderer import Renderer
from leitmotor.sound.samples import QUANTUM

RATE = 48000
LOUDNESS = -23.0
VOICES = 64
FRAMES = (512, 256, 128)
STALL = 0.1
ONE_THREAD = "OPENBLAS_NUM_THREADS"


@dataclass(frozen=True, slots=True)
class Blocks:
    """Seconds that each block took in which something was computed."""

    frames: int
    seconds: tuple[float, ...]
    cpu_seconds: float

    def share(self, percent: float) -> float:
        """A percentile, in percent of the time that a block sounds."""
        return percentile(self.seconds, percent) / (self.frames / RATE) * 100

    @property
    def late(self) -> int:
        """How many took longer than they sound."""
        return sum(each > self.frames / RATE for each in self.seconds)


def textures(seconds: float) -> dict[str, Texture]:
    """What is played: parts that come in one after the other, still and moving."""
    return {
        "held": Texture(VOICES, seconds, 4.0, apart=0.23),
        "moving": Texture(VOICES, seconds, 0.5, 0.02, apart=0.031),
    }


def computed(texture: Texture, frames: int, bank: Bank) -> Blocks:
    """Play a texture in real time, a block after the other."""
    renderer = Renderer(patches(), RATE, bank=bank, polyphony=2 * VOICES)
    master = Master(RATE, LOUDNESS)
    renderer.prepare(texture.setups)
    events = [(round(event.seconds * RATE), event) for event in texture.events()]
    events.reverse()
    taken, asked, cpu = [], 0, 0.0
    gc.collect()
    gc.freeze()
    gc.disable()
    begun = time.perf_counter()
    while events:
        asked += frames
        time.sleep(max(0.0, begun + asked / RATE - time.perf_counter()))
        before, cpu_before = time.perf_counter(), time.thread_time()
        quanta = 0
        while renderer.frame < asked:
            while events and events[-1][0] < renderer.frame + QUANTUM:
                frame, event = events.pop()
                renderer.send(event, frame)
            master.process(renderer.render(1))
            quanta += 1
        if quanta:
            taken.append(time.perf_counter() - before)
            cpu += time.thread_time() - cpu_before
        if time.perf_counter() - begun > asked / RATE + STALL:
            begun = time.perf_counter() - asked / RATE  # the machine stood still: no catching up
    gc.enable()
    gc.unfreeze()
    return Blocks(frames, tuple(taken), cpu)


def main() -> None:
    """Measure and report."""
    if os.environ.get(ONE_THREAD) != "1":
        # Linear algebra reads it when it is loaded, which was just now.
        os.environ[ONE_THREAD] = "1"
        os.execv(sys.executable, [sys.executable, "-m", "bench.sound_block", *sys.argv[1:]])
    quick = arguments(__doc__ or "").parse_args().quick
    seconds = 5.0 if quick else 60.0
    bank = Bank(RATE)
    bake(bank)
    found = {
        (frames, name): computed(texture, frames, bank)
        for frames in FRAMES
        for name, texture in textures(seconds).items()
    }
    print(f"\n{VOICES} voices, in percent of the period")
    print_table(
        ("frames", "", "blocks", "p50", "p99", "max", "late", "cpu % of a core"),
        [
            (
                frames,
                name,
                len(each.seconds),
                *(f"{each.share(percent):.1f}" for percent in (50, 99, 100)),
                each.late,
                f"{each.cpu_seconds / seconds * 100:.1f}",
            )
            for (frames, name), each in found.items()
        ],
    )
    report("sound_block", [each for key in found for each in _figures(*key, found[key])])


def _figures(frames: int, name: str, blocks: Blocks) -> list[Figure]:
    label, unit = f"{frames} frames, {name}", "% of the period"
    return [
        Figure(f"{label}, p50", blocks.share(50), unit),
        Figure(f"{label}, p99", blocks.share(99), unit, 40.0 if frames == 256 else None),
        Figure(f"{label}, max", blocks.share(100), unit),
        Figure(f"{label}, longer than they sound", float(blocks.late), "blocks"),
    ]


if __name__ == "__main__":
    main()
