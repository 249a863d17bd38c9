"""Plays two scenes through the default audio device, with a renderer whose frames can be told.

Run as a program with the seconds to play: prints a line when it begins, each warning, and at the
end a line of JSON: the attacks with their frames, how long it took to stop, and what was lost.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from multiprocessing import Pipe

from leitmotor.outputs.memory import MemoryOutput
from leitmotor.run.audio_plan import AudioPlan
from leitmotor.run.audio_start import audible, begun
from leitmotor.run.clock import SystemClock
from leitmotor.run.deck import Deck
from leitmotor.run.mailbox import PipeMailbox
from leitmotor.run.plan import PlayPlan
from leitmotor.run.protocol import FromPerformer, StopNow, Warned
from leitmotor.run.reports import Reports
from leitmotor.run.scheduler import Scheduler
from leitmotor.run.staged import staged
from leitmotor.testing.counted_sound import Delaying, Impulses
from leitmotor.testing.live import two_scenes


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
    renderer = Impulses()
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
