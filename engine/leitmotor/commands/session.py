"""A live performance from its start to its end: what is told is shown and recorded."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from leitmotor.commands.displays import Display
from leitmotor.console.wording import counted
from leitmotor.errors import LeitmotorError
from leitmotor.gateway.cue_input import CueInput
from leitmotor.messages import Attack
from leitmotor.music.time import Seconds
from leitmotor.run.files import Recording
from leitmotor.run.protocol import (
    Answered,
    Dropped,
    Ended,
    Failed,
    FromPerformer,
    Lateness,
    Ready,
    Sent,
    Viewed,
    Warned,
)
from leitmotor.run.stage import Stage

LISTEN: Seconds = 0.03
"""How long the performer is listened to at a time; a wish to stop waits no longer."""


class Session:
    """Follows a stage that has been started. `stop` may come from a signal or any thread."""

    def __init__(
        self,
        stage: Stage,
        recording: Recording,
        display: Display,
        inputs: Sequence[CueInput] = (),
    ) -> None:
        self._stage = stage
        self._inputs = tuple(inputs)
        self._recording = recording
        self._display = display
        self._stopping = threading.Event()
        self._failure: LeitmotorError | None = None
        self.ended = Ended(0.0, "nothing was played", Lateness())
        """Where it ended and why."""
        self.notes = 0
        """How many notes were sent."""

    def stop(self) -> None:
        """Somebody wishes it to end."""
        self._stopping.set()

    def follow(self, ready: Ready) -> None:
        """Listen until all is over. Raises what the performance failed of."""
        self._take(ready)
        try:
            while not self._stopping.is_set() and not self._stage.over:
                self._hear(self._stage.poll(LISTEN))
        finally:
            self._hear(self._stage.stop())
        if self._failure is not None:
            raise self._failure

    def _hear(self, messages: list[FromPerformer]) -> None:
        for message in messages:
            self._take(message)
        for each in self._inputs:
            for line in each.notices():
                self._display.said(line)
        self._display.refresh(time.perf_counter())

    def _take(self, message: FromPerformer) -> None:
        self._recording.take(message)
        match message:
            case Sent(events):
                for event in events:
                    self.notes += isinstance(event, Attack)
                    self._display.sent(event)
            case Answered(answer):
                self._display.answered(answer)
                for each in self._inputs:
                    each.answered(message)
            case Viewed():
                self._display.viewed(message, time.perf_counter())
            case Warned(text):
                self._display.said(text)
            case Dropped(notes):
                self._display.said(f"left out, being too late: {counted(len(notes), 'note')}")
            case Ready(warnings=warnings):
                for warning in warnings:
                    self._display.said(warning)
            case Failed():
                self._failure = message.error()
            case Ended():
                self.ended = message


@contextmanager
def stopped_by_signals(session: Session) -> Iterator[None]:
    """Ctrl-C, a termination and a closed window end the session in good order."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        session.stop()

    names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    wanted = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = [(number, signal.signal(number, stop)) for number in wanted]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)
