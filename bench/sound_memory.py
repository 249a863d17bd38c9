"""Whether an hour of sound, rendered offline, holds more memory at its end than near its beginning.

32 voices whose expression moves, through the last stage, in rooms that change every minute; every
minute brings other pitches. What is resident is read from the kernel after each minute of music.
What is expected to grow is known: a render keeps a number for every quantum of the loudness
steering, for stems, and one for every 100 ms of its loudness report, about 4 MB an hour together.
"""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Iterator
from functools import partial

from bench.processes import resident_mb
from bench.report import Figure, arguments, print_table, report
from bench.sound_material import BAR, later_events, moving, patches
from leitmotor.messages import Event, Room
from leitmotor.outputs.base import opened
from leitmotor.outputs.mastered import Mastered
from leitmotor.outputs.sound_file import SoundFileOutput, Span
from leitmotor.sound.bank import Bank
from leitmotor.sound.renderer import Renderer

RATE = 48000
LOUDNESS = -23.0
VOICES = 32
MINUTE = 60.0
SETTLED_AFTER = 2  # minutes: by then every pitch has been baked
ROOMS = (0.5, 1.6, 2.4, 4.0)


def minute(number: int) -> Iterator[Event]:
    """The events of one minute: none is kept when it is over."""
    begin = number * MINUTE
    yield Room(0, begin, BAR, "room", ROOMS[number % len(ROOMS)])
    yield from later_events(moving(VOICES, MINUTE), begin, number)


def main() -> None:
    """Measure and report."""
    minutes = 5 if arguments(__doc__ or "").parse_args().quick else 60
    bank = Bank(RATE)
    output = SoundFileOutput(
        (),
        RATE,
        partial(Renderer, patches(), RATE, bank=bank),
        partial(Mastered, RATE, LOUDNESS),
        Span(0.0, minutes * MINUTE),
    )
    held, begun = [], time.process_time()
    with opened(output):
        output.prepare(moving(VOICES, MINUTE).setups)
        for number in range(minutes):
            for event in minute(number):
                output.send(event)
            gc.collect()
            held.append(resident_mb(os.getpid()))
    took = time.process_time() - begun
    shown = sorted({0, 1, SETTLED_AFTER, minutes // 4, minutes // 2, minutes - 1})
    print()
    print_table(("after minute", "MB"), [(n + 1, f"{held[n]:.1f}") for n in shown])
    growth = held[-1] - held[SETTLED_AFTER]
    report(
        "sound_memory",
        [
            Figure(f"resident at the end of {minutes} minutes", held[-1], "MB", at_most=250.0),
            Figure(f"growth since minute {SETTLED_AFTER + 1}", growth, "MB", at_most=8.0),
            Figure("faster than it sounds", minutes * MINUTE / took, "times"),
        ],
        {"MB by minute": held},
    )


if __name__ == "__main__":
    main()
