"""The parent's side of a live performance: starts the performer, talks with it, ends it."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import count
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from leitmotor.errors import InternalError
from leitmotor.messages import Attack, Cue, Panic, Release
from leitmotor.music.time import Seconds
from leitmotor.run.calling import Called, call_performer
from leitmotor.run.click import PLAIN_CLICK
from leitmotor.run.plan import PlayPlan
from leitmotor.run.protocol import (
    CueIn,
    Ended,
    Failed,
    FromPerformer,
    InputEnded,
    Ready,
    Sent,
    StopNow,
    Whose,
)
from leitmotor.run.rescue import silence_port
from leitmotor.run.wire import Wire

READY_WITHIN: Seconds = 10.0
"""A port opens in well under a second; a laden machine needs patience all the same."""

STOP_WITHIN: Seconds = 0.2
LEAVE_WITHIN: Seconds = 1.0
"""After its last word the performer lets a slow port drain (JACK: 0.2 s) before it goes."""

Silence = Callable[[str, set[tuple[int, int]], set[int]], str]
"""Silences one port, and says how that went (`rescue.silence_port`)."""


class Stage:
    """A live performance of a plan, in a process of its own.

    `called` is a performer that was called beforehand, to save the time it takes to come. `start`
    once; then `send` and `poll` as often as need be, until `poll` gives `Ended` or
    `Failed`; `stop` in any case, or use it in a `with`, which starts and stops.

    Thread: all calls from one, but `send` and `input_ended` may come from any.
    """

    def __init__(
        self, plan: PlayPlan, silence: Silence = silence_port, called: Called | None = None
    ) -> None:
        self._plan = plan
        self._called = called
        self._silence = silence
        self._process: SpawnProcess | None = None
        self._connection: Connection | None = None
        self._wire: Wire | None = None
        self._sounding: dict[int, tuple[int, int]] = {}
        self._early: list[FromPerformer] = []
        self._over = False
        self._tickets = count(1)

    @property
    def sounding(self) -> frozenset[tuple[int, int]]:
        """(channel, pitch) of what sounds, as far as the performer has told."""
        return frozenset(self._sounding.values())

    @property
    def over(self) -> bool:
        """Whether `Ended` or `Failed` has been given out."""
        return self._over

    @property
    def process_id(self) -> int | None:
        """The performer's process, for measurements; None while there is none."""
        return self._process.pid if self._process is not None else None

    def fileno(self) -> int:
        """What to wait on, beside other sources, until `poll` has something to give."""
        if self._connection is None:
            raise InternalError("the stage is not open: start it first")
        return self._connection.fileno()

    # -- the four acts -----------------------------------------------------------------------------

    def start(self) -> Ready:
        """Start the performer; returns when its ports are open. Blocks for up to 10 s.

        `DeviceError` where a port does not open, in the performer's own words; `InternalError`
        where it fails or does not answer.
        """
        self._process, self._connection = self._called or call_performer()
        self._wire = Wire(self._connection)
        self._wire.post(self._plan)
        deadline = time.perf_counter() + READY_WITHIN
        while (rest := deadline - time.perf_counter()) > 0:
            messages = self._taken(rest)
            for number, message in enumerate(messages):
                if isinstance(message, Ready):
                    # On a busy machine the first notes are reported in the same breath.
                    self._early = messages[number + 1 :]
                    return message
                if isinstance(message, Failed):
                    self._end(0.0)
                    raise message.error()
        self._end(0.0)
        raise InternalError(f"the performer was not ready within {READY_WITHIN:.0f} s")

    def send(self, cue: Cue, arrival: Seconds | None = None) -> int:
        """Fire a cue by hand, as of now or of its `arrival` (`time.perf_counter`).

        Returns the ticket that its answer will bear. Never blocks; without effect once all is over.
        """
        ticket = next(self._tickets)
        if self._wire is not None:
            at = time.perf_counter() if arrival is None else arrival
            self._wire.post(CueIn(cue, at, ticket))
        return ticket

    def input_ended(self) -> None:
        """Nobody will fire a cue by hand any more: once nothing plays, it ends. Never blocks."""
        if self._wire is not None:
            self._wire.post(InputEnded())

    def poll(self, timeout: Seconds) -> list[FromPerformer]:
        """What the performer has told; waits so long for it at most.

        A performer that has died gives `Failed`; its ports have been silenced by then.
        """
        early, self._early = self._early, []
        if early or self._over:
            return early
        return self._taken(timeout)

    def stop(self) -> list[FromPerformer]:
        """End the performance and the process: silence within 200 ms. Returns its last messages.

        May be called twice. Blocks for about a second at most.
        """
        messages, self._early = self._early, []
        if self._wire is not None and not self._over:
            self._wire.post(StopNow())
            deadline = time.perf_counter() + STOP_WITHIN
            while not self._over and (rest := deadline - time.perf_counter()) > 0:
                messages += self._taken(rest)
            if not self._over:
                messages += self._killed("the performer did not answer and was ended")
        self._end(LEAVE_WITHIN)
        return messages

    def __enter__(self) -> Stage:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    # -- hearing -----------------------------------------------------------------------------------

    def _taken(self, timeout: Seconds) -> list[FromPerformer]:
        connection, process = self._connection, self._process
        if connection is None or process is None:
            return []
        if process.sentinel in wait([connection, process.sentinel], timeout):
            process.join(LEAVE_WITHIN)  # it is leaving: its end of the pipe closes as well
        messages: list[FromPerformer] = []
        try:
            while connection.poll():
                messages.append(connection.recv())
                self._follow(messages[-1])
        except (EOFError, OSError):
            pass
        else:
            if process.is_alive():
                return messages
        if not self._over:
            messages += self._killed(self._last_words(process))
        return messages

    def _last_words(self, process: SpawnProcess) -> str:
        process.join(LEAVE_WITHIN)
        return f"the performer's process died (exit code {process.exitcode})"

    def _follow(self, message: FromPerformer) -> None:
        """Mirror what sounds, and whether it is over."""
        if isinstance(message, Sent):
            for event in message.events:
                if isinstance(event, Attack):
                    self._sounding[event.note] = event.voice.channel, event.pitch
                elif isinstance(event, Release):
                    self._sounding.pop(event.note, None)
                elif isinstance(event, Panic):
                    self._sounding.clear()
        elif isinstance(message, (Ended, Failed)):
            self._over = True
            self._sounding.clear()

    # -- the end -----------------------------------------------------------------------------------

    def _killed(self, why: str) -> list[FromPerformer]:
        """Make sure that the performer is gone, and silence its ports in its stead."""
        self._over = True
        process = self._process
        if process is not None and process.is_alive():
            process.kill()
            process.join(LEAVE_WITHIN)
        notes = set(self._sounding.values())
        channels = {voice.channel for voice in self._plan.score.voices.values()}
        channels |= {(self._plan.click or PLAIN_CLICK).voice.channel}
        self._sounding.clear()
        told = [self._silence(port, notes, channels) for port in self._plan.midi_outs]
        return [Failed("; ".join([why, *told]), Whose.EQUIPMENT)]

    def _end(self, patience: Seconds) -> None:
        """Let the process go, and make it if it will not."""
        process, connection = self._process, self._connection
        if process is not None and process.pid is not None:
            process.join(patience)
            if process.is_alive():
                process.kill()
                process.join(LEAVE_WITHIN)
        if self._wire is not None:
            self._wire.close(patience)
        if connection is not None:
            connection.close()
        self._process = self._connection = self._wire = None
        self._over = True
