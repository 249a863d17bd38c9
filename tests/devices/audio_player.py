"""Plays two scenes through the default audio device, with a renderer whose frames can be told.

Run as a program with the seconds to play, the latency in ms, and `counted` or `built-in` for what
renders: prints a line when it begins, each warning, and at the
end a line of JSON: the attacks with their frames, how long it took to stop, and what was lost.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Mapping
from multiprocessing import Pipe

from leitmotor.messages import Attack, Event
from leitmotor.outputs.memory import MemoryOutput
from leitmotor.run.audio_plan import AudioPlan
from leitmotor.run.audio_start import audible, begun
from leitmotor.run.baking import foreseen
from leitmotor.run.clock import SystemClock
from leitmotor.run.deck import Deck
from leitmotor.run.mailbox import PipeMailbox
from leitmotor.run.patches import patches_of
from leitmotor.run.plan import PlayPlan
from leitmotor.run.protocol import FromPerformer, StopNow, Warned
from leitmotor.run.reports import Reports
from leitmotor.run.scheduler import Scheduler
from leitmotor.run.staged import staged
from leitmotor.sound.patch import Patch
from leitmotor.sound.renderer import Renderer
from leitmotor.testing.counted_sound import Delaying, Impulses
from leitmotor.testing.live import two_scenes


class BuiltIn(Renderer):
    """The built-in sound, which keeps what it was given."""

    def __init__(self, patches: Mapping[str, Patch]) -> None:
        super().__init__(patches, 48000)
        self.given: list[tuple[int, int]] = []
        self.late = 0

    def send(self, event: Event, frame: int) -> None:
        """Keep attacks, and count what comes too late."""
        self.late += frame < self.frame
        if isinstance(event, Attack):
            self.given.append((frame, event.pitch))
        super().send(event, frame)

    def attacks(self) -> list[tuple[int, int]]:
        """(frame, pitch) of every attack that was given."""
        return self.given


def main() -> None:
    """Play, then tell."""
    seconds = float(sys.argv[1])
    plan, audio = PlayPlan(two_scenes()), AudioPlan(latency=float(sys.argv[2]) / 1000)
    ours, theirs = Pipe()
    reports = Reports(tell)
    midi = MemoryOutput()
    deck = Deck(reports.warned)
    deck.open([midi])
    device = begun(audio)
    ready = staged(plan)
    renderer = Impulses() if sys.argv[3] == "counted" else BuiltIn(patches_of(plan.score))
    for instrument, pitch in foreseen(plan):
        renderer.foresee(instrument, pitch)
    found = audible(
        device,
        audio,
        ready.setups,
        (),
        reports.warned,
        lambda _plan, _rate, _warn: (renderer, Delaying()),
        SystemClock(plan.spin_seconds),
    )
    assert found is not None, device.problem
    print("ready", found.sounding.shown, flush=True)
    stopped = []

    def stop() -> None:
        stopped.append(time.perf_counter())
        ours.send(StopNow())

    timer = threading.Timer(seconds, stop)
    timer.start()
    mailbox = PipeMailbox(theirs)
    scheduler = Scheduler(ready, deck, found.clock, mailbox, reports, sounds=found.sounding)
    ended = scheduler.run()
    took = time.perf_counter() - stopped[0]
    found.sounding.close(0.5)
    deck.close()
    told = {
        "attacks": renderer.attacks(),
        "midi": len(midi.events),
        "took": took,
        "lost": ended.lateness.lost_frames,
        "late": renderer.late,
        "p50": ended.lateness.p50,
        "p99": ended.lateness.p99,
    }
    print(json.dumps(told), flush=True)


def tell(message: FromPerformer) -> None:
    """Print warnings."""
    if isinstance(message, Warned):
        print("warned", f"{time.perf_counter():.3f}", message.text, flush=True)


if __name__ == "__main__":
    main()
