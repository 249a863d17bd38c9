"""A session follows the stage to its end; a dead performer is the equipment's fault."""

from __future__ import annotations

import signal
from collections.abc import Callable
from fractions import Fraction
from typing import cast

import pytest

from leitmotor.commands.session import Session, stopped_by_signals
from leitmotor.errors import DeviceError
from leitmotor.messages import Answer, Attack, Bar, Cause, Effect, Event, Fire, Outcome, Voice
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
    Whose,
)
from leitmotor.run.stage import Stage

READY = Ready((), ("the port is slow",), ())
ENDED = Ended(3.0, "the music has ended", Lateness())
BAR = Bar(1, 0, 4, 1, "4/4")
NOTE = Attack(
    0, 0.0, BAR, 1, Voice("piano", "lead", "", 0, 0, 0), 60, "C4", 64, 4, 0, Cause("rotation")
)
EFFECT = Effect("stop", Outcome.DONE, 0, 0.0, 1, Fraction(1), "now")


class _Stage:
    """Tells what it was given, then says that it is over when it is stopped."""

    def __init__(
        self, told: list[FromPerformer], polled: Callable[[], None] = lambda: None
    ) -> None:
        self._told = told
        self._polled = polled
        self.over = False
        self.stops = 0

    def poll(self, timeout: float) -> list[FromPerformer]:
        assert timeout <= 0.05
        self._polled()
        told, self._told = self._told, []
        self.over = any(isinstance(message, (Ended, Failed)) for message in told)
        return told

    def stop(self) -> list[FromPerformer]:
        self.stops += 1
        last: list[FromPerformer] = [] if self.over else [ENDED._replace(reason="stopped")]
        self.over = True
        return last


class _Display:
    def __init__(self) -> None:
        self.told: list[object] = []

    def said(self, text: str) -> None:
        self.told.append(text)

    def sent(self, event: Event) -> None:
        self.told.append(event)

    def answered(self, answer: Answer) -> None:
        self.told.append(answer)

    def viewed(self, message: Viewed, now: float) -> None:
        self.told.append((message, now))

    def refresh(self, now: float) -> None:
        """Nothing is drawn."""

    def close(self) -> None:
        """Nothing to put back."""


class _Recording:
    def __init__(self) -> None:
        self.taken: list[FromPerformer] = []

    def take(self, message: FromPerformer) -> None:
        self.taken.append(message)


def _session(stage: _Stage) -> tuple[Session, _Recording, _Display]:
    recording, display = _Recording(), _Display()
    session = Session(cast(Stage, stage), cast(Recording, recording), display)
    return session, recording, display


def test_everything_told_is_recorded_and_shown_in_order() -> None:
    answer = Answer(1, Fire("hush"), 0.0, True, (EFFECT,))
    told: list[FromPerformer] = [
        Answered(answer, 0.0),
        Sent((NOTE,)),
        Warned("the disk is full"),
        Dropped((4,)),
        ENDED,
    ]
    stage = _Stage(list(told))
    session, recording, display = _session(stage)
    session.follow(READY)
    assert recording.taken == [READY, *told]
    late = "left out, being too late: 1 note"
    assert display.told == ["the port is slow", answer, NOTE, "the disk is full", late]
    assert (session.ended, session.notes, stage.stops) == (ENDED, 1, 1)


class _Input:
    """Keeps the answers, and has something to say once."""

    def __init__(self) -> None:
        self.told: list[Answered] = []
        self._lines: tuple[str, ...] = ("osc from 1.2.3.4:5: text: ?",)

    def answered(self, message: Answered) -> None:
        self.told.append(message)

    def notices(self) -> tuple[str, ...]:
        lines, self._lines = self._lines, ()
        return lines


def test_inputs_hear_the_answers_and_what_they_say_is_shown() -> None:
    answered = Answered(Answer(1, Fire("hush"), 0.0, True, (EFFECT,)), 0.0, ticket=3)
    stage, recording, display, heard = _Stage([answered, ENDED]), _Recording(), _Display(), _Input()
    session = Session(cast(Stage, stage), cast(Recording, recording), display, [heard])
    session.follow(READY)
    assert heard.told == [answered]
    assert display.told == ["the port is slow", answered.answer, "osc from 1.2.3.4:5: text: ?"]


def test_a_dead_performer_is_said_and_belongs_to_the_equipment() -> None:
    stage = _Stage([Failed("the performer's process died", Whose.EQUIPMENT)])
    session, _, _ = _session(stage)
    with pytest.raises(DeviceError, match="process died") as caught:
        session.follow(READY)
    assert caught.value.exit_code == 3
    assert stage.stops == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signals_end_the_session_in_good_order(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    stage = _Stage([], polled=lambda: signal.raise_signal(number))
    session, recording, _ = _session(stage)
    with stopped_by_signals(session):
        session.follow(READY)
    assert session.ended.reason == "stopped"
    assert isinstance(recording.taken[-1], Ended)
    assert signal.getsignal(number) is before
