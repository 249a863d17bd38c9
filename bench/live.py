"""A live performance to measure: performer process, MIDI port, live display on a terminal."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bench.processes import cpu_seconds
from leitmotor.commands.displays import LiveDisplay
from leitmotor.commands.operator import Operator
from leitmotor.commands.session import Session
from leitmotor.commands.typed import Prompt
from leitmotor.console.screen import Screen
from leitmotor.messages import Answer, Event
from leitmotor.run.files import Recording
from leitmotor.run.plan import PlayPlan
from leitmotor.run.protocol import Lateness, Viewed
from leitmotor.run.stage import Stage

SERVER = "leitmotor-bench"
PERIOD_FRAMES = 256
_SAMPLE_EVERY = 0.25


@contextmanager
def jack(period_frames: int = PERIOD_FRAMES) -> Iterator[tuple[str, ...]]:
    """A JACK server of our own without a sound card; gives the outputs that it makes possible."""
    if shutil.which("jackd") is None:
        print("no jackd here: the notes go to no port", file=sys.stderr)
        yield ()
        return
    os.environ.update(JACK_DEFAULT_SERVER=SERVER, JACK_NO_AUDIO_RESERVATION="1")
    command = ["jackd", "-n", SERVER, "-r", "-d", "dummy", "-r", "48000"]
    command += ["-p", str(period_frames)]
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(command, stdout=quiet, stderr=quiet)
    try:
        waiting = ["jack_wait", "-s", SERVER, "-w", "-t", "10"]
        subprocess.run(waiting, check=True, stdout=quiet, stderr=quiet)
        yield ("virtual",)
    finally:
        server.terminate()
        server.wait()
        del os.environ["JACK_DEFAULT_SERVER"]


class Terminal:
    """A terminal that somebody looks at: what is drawn is read, as quickly as it comes."""

    def __init__(self) -> None:
        self._ours, self.fd = os.openpty()
        self._last = b""
        self._reader = threading.Thread(target=self._read, daemon=True)

    @property
    def last_lines(self) -> str:
        """The end of what was written."""
        return self._last.decode("utf-8", "replace")

    def __enter__(self) -> Terminal:
        self._reader.start()
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self.fd)
        self._reader.join(1.0)
        os.close(self._ours)

    def _read(self) -> None:
        try:
            while came := os.read(self._ours, 65536):
                self._last = (self._last + came)[-2000:]
        except OSError:  # the other end is closed
            pass


@dataclass(frozen=True, slots=True)
class Share:
    """What a process used of one core, from the first note to the last, in percent."""

    performer: float
    parent: float


@dataclass(frozen=True, slots=True)
class Played:
    """A performance that is over."""

    lateness: Lateness
    share: Share
    frames: int  # that the display drew
    event_count: int
    seconds: float


class Watched(LiveDisplay):
    """The live display, which also samples what the processes use."""

    def __init__(self, screen: Screen, operator: Operator, performer_id: int) -> None:
        super().__init__(screen, operator, "", 1.0)
        self._performer_id = performer_id
        self.samples: list[tuple[float, float, float]] = []
        self.frames = 0
        self.event_count = 0

    def sent(self, event: Event) -> None:
        """Count."""
        self.event_count += 1
        super().sent(event)

    def answered(self, answer: Answer) -> None:
        """Show."""
        super().answered(answer)

    def viewed(self, message: Viewed, now: float) -> None:
        """Count and show."""
        self.frames += 1
        super().viewed(message, now)

    def refresh(self, now: float) -> None:
        """Sample now and then."""
        super().refresh(now)
        if not self.samples or now - self.samples[-1][0] >= _SAMPLE_EVERY:
            self.sample(now)

    def sample(self, now: float) -> None:
        """Take down what has been used so far, while the performer is there."""
        try:
            performer = cpu_seconds(self._performer_id)
        except FileNotFoundError:
            return
        self.samples.append((now, performer, time.process_time()))

    def share(self) -> Share:
        """Use between the first sample and the last."""
        first, last = self.samples[0], self.samples[-1]
        seconds = last[0] - first[0]
        performer, parent = ((last[n] - first[n]) / seconds * 100 for n in (1, 2))
        return Share(performer, parent)


def played(plan: PlayPlan, hand: Callable[[Stage], None] | None = None) -> Played:
    """Give the performance. `hand` runs in a thread of its own and may fire cues."""
    stage = Stage(plan)
    with Terminal() as window, os.fdopen(os.dup(window.fd), "w", encoding="utf-8") as stream:
        ready = stage.start()
        operator = Operator(Prompt(plan.score), stage.send, lambda: None)
        display = Watched(Screen(stream), operator, stage.process_id or 0)
        session = Session(stage, Recording((), None, display.said), display)
        if hand is not None:
            threading.Thread(target=hand, args=(stage,), daemon=True).start()
        begun = time.perf_counter()
        session.follow(ready)
        seconds = time.perf_counter() - begun
        display.close()
    ended = session.ended
    return Played(ended.lateness, display.share(), display.frames, display.event_count, seconds)
