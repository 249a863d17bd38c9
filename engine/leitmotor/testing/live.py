"""A live performance in one process, on a clock that tests make."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from leitmotor.messages import Cue, Event
from leitmotor.music.length import bars
from leitmotor.music.time import Seconds
from leitmotor.outputs.base import Output
from leitmotor.outputs.memory import MemoryOutput
from leitmotor.run.audio_start import Audible
from leitmotor.run.clock import VirtualClock
from leitmotor.run.deck import Deck
from leitmotor.run.plan import PlayPlan
from leitmotor.run.protocol import (
    Answered,
    CueIn,
    Ended,
    FromPerformer,
    InputEnded,
    Ready,
    Sent,
    StopNow,
    ToPerformer,
)
from leitmotor.run.reports import Reports
from leitmotor.run.scheduler import Scheduler
from leitmotor.run.staged import Staged, staged
from leitmotor.score.compiled import Character, CompiledScore, Scene
from leitmotor.testing import builders


class ScriptedMailbox:
    """Messages that arrive at instants laid down beforehand; waiting for them jumps the clock."""

    def __init__(
        self, clock: VirtualClock, arrivals: Sequence[tuple[Seconds, ToPerformer]]
    ) -> None:
        self._clock = clock
        self._arrivals = sorted(arrivals, key=lambda pair: pair[0])

    def wait(self, patience: Seconds | None) -> bool:
        """Jump to the next message, or over the patience; whether there is a message."""
        ends = [] if patience is None else [self._clock.now() + patience]
        following = [at for at, _ in self._arrivals[:1]]
        self._clock.sleep_until(min(ends + following))
        return bool(following) and following[0] <= self._clock.now()

    def take(self) -> list[ToPerformer]:
        """What has arrived by now."""
        taken: list[ToPerformer] = []
        while self._arrivals and self._arrivals[0][0] <= self._clock.now():
            taken.append(self._arrivals.pop(0)[1])
        return taken


class Live:
    """Plays `plan` while `cues` arrive, until `stop` on the clock; keeps all that was reported.

    At `input_ends` nobody may fire a cue any more. `sound` makes the built-in sound, whose device
    plays in the time of `clock`. `messages` are given as they come over the pipe.
    """

    def __init__(
        self,
        plan: PlayPlan,
        cues: Sequence[tuple[Seconds, Cue]] = (),
        stop: Seconds = 20.0,
        outputs: Sequence[Output] = (),
        clock: VirtualClock | None = None,
        input_ends: Seconds | None = None,
        sound: Callable[[Staged, Reports], Audible] | None = None,
        messages: Sequence[tuple[Seconds, ToPerformer]] = (),
    ) -> None:
        self.clock = clock or VirtualClock()
        self.messages: list[FromPerformer] = []
        self.output = MemoryOutput()
        arrivals: list[tuple[Seconds, ToPerformer]] = [(at, CueIn(cue, at)) for at, cue in cues]
        arrivals += [*messages, (stop, StopNow())]
        if input_ends is not None:
            arrivals.append((input_ends, InputEnded()))
        reports = Reports(self.messages.append)
        deck = Deck(reports.warned)
        deck.open([self.output, *outputs])
        ready = staged(plan)
        deck.prepare(ready.setups)
        audible = sound(ready, reports) if sound is not None else None
        self.messages.append(Ready(deck.names, (), ready.setups))
        mailbox = ScriptedMailbox(self.clock, arrivals)
        self.scheduler = Scheduler(
            ready,
            deck,
            self.clock if audible is None else audible.clock,
            mailbox,
            reports,
            sounds=None if audible is None else audible.sounding,
        )
        self.ended: Ended = self.scheduler.run()
        deck.close()
        self.messages.append(self.ended)

    @property
    def sent(self) -> list[Event]:
        """Every event that was sent, in order."""
        return [event for m in self.messages if isinstance(m, Sent) for event in m.events]

    @property
    def answers(self) -> list[Answered]:
        """The provisional answers, with the place where each cue was put."""
        return [message for message in self.messages if isinstance(message, Answered)]


def two_scenes() -> CompiledScore:
    """60 bpm: mara and ilan state a bar each, bed and bass below; two scenes; two cues."""
    return builders.score(
        motifs=[builders.motif("tune", "1q 2 3 5"), builders.motif("answer", "5q 3 2 1")],
        palettes=[builders.palette("warm", {"lead": "violin", "bed": "horn", "bass": "cello"})],
        progressions=[builders.progression("walk", "I | vi | IV | V")],
        characters=[Character("mara", "tune", "", ()), Character("ilan", "answer", "", ())],
        states=[
            builders.state("calm", palette="warm", harmony="walk", layers=("lead", "bed", "bass"))
        ],
        scenes=[
            Scene("shore", "", ("mara", "ilan"), "calm"),
            Scene("files", "", ("mara",), "calm"),
        ],
        cues={"hush": "stop", "onward": "go files at next bar"},
        breathe=bars(0),
        rest=bars(1),
    )
