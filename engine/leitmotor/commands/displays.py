"""What the performer tells, shown: as a picture on a terminal, or as plain lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from leitmotor.commands.operator import Operator
from leitmotor.console.history import KEPT, History
from leitmotor.console.picture import Frame, Lateness, picture
from leitmotor.console.plain import answer_lines, event_lines
from leitmotor.console.screen import Screen
from leitmotor.messages import Answer, Event, Reply, View
from leitmotor.music.time import Seconds
from leitmotor.run import protocol

FRAME: Seconds = 0.1
"""Frames are at least so far apart."""

KEYS = "? keys   : a line   Enter GO   Ctrl-C end"


class Display(Protocol):
    """Something that shows the performance. Called from one thread; its stream may block it."""

    def said(self, text: str) -> None:
        """A sentence for the operator."""
        ...

    def sent(self, event: Event) -> None:
        """An event has been sent."""
        ...

    def answered(self, answer: Answer) -> None:
        """A cue has had its first answer."""
        ...

    def viewed(self, message: protocol.Viewed, now: Seconds) -> None:
        """A picture of the performance came."""
        ...

    def refresh(self, now: Seconds) -> None:
        """Bring up to date what is seen, if it is time to."""
        ...

    def close(self) -> None:
        """Leave the terminal as it was."""
        ...


class PlainDisplay:
    """A line a change, an answer or a sentence."""

    def __init__(self, write: Callable[[str], None], operator: Operator, waiting: str) -> None:
        self._write = write
        self._operator = operator
        self._waiting = waiting

    def said(self, text: str) -> None:
        """A sentence is a line."""
        self._write(text)

    def sent(self, event: Event) -> None:
        """A change or an answer is a line."""
        for line in event_lines(event):
            self._write(line)

    def answered(self, answer: Answer) -> None:
        """What has no place yet is said; what has one is said when it comes."""
        for line in answer_lines(answer):
            self._write(line)

    def viewed(self, message: protocol.Viewed, now: Seconds) -> None:  # noqa: ARG002
        """Only that it waits for the first cue is said, once."""
        if message.waiting and self._waiting:
            self._write(self._waiting)
            self._waiting = ""

    def refresh(self, now: Seconds) -> None:  # noqa: ARG002
        """Say what was wrong with the lines that were typed."""
        for refusal in self._operator.refusals():
            self._write(refusal)

    def close(self) -> None:
        """Nothing to put back."""


class LiveDisplay:
    """Frames on a terminal, at most ten a second."""

    def __init__(self, screen: Screen, operator: Operator, waiting: str, speed: float) -> None:
        self._screen = screen
        self._operator = operator
        self._waiting = waiting
        self._speed = speed
        self._history = History()
        self._view: View | None = None
        self._viewed_at: Seconds = 0.0
        self._lateness: Lateness | None = None
        self._stands = False
        self._said: tuple[str, ...] = ()
        self._next: Seconds = 0.0

    def said(self, text: str) -> None:
        """The last sentences stay in sight."""
        self._said = (*self._said[-2:], text)

    def sent(self, event: Event) -> None:
        """Answers and their outcomes are kept."""
        if isinstance(event, Reply):
            self._history.replied(event)

    def answered(self, answer: Answer) -> None:
        """A first answer is shown until the binding one comes."""
        self._history.answered(answer)

    def viewed(self, message: protocol.Viewed, now: Seconds) -> None:
        """The picture to show from now on."""
        self._view, self._viewed_at, self._stands = message.view, now, message.waiting
        late = message.lateness
        if late.notes:
            self._lateness = Lateness(late.p50, late.p99, late.worst)

    def refresh(self, now: Seconds) -> None:
        """Draw a frame, if the last one is old enough."""
        if now >= self._next:
            self._next = now + FRAME
            self._draw(now)

    def close(self) -> None:
        """Draw what came last, and give the terminal back."""
        self._draw(self._viewed_at)
        self._screen.close()

    def _draw(self, now: Seconds) -> None:
        operator = self._operator
        view = self._view
        if view is not None and not self._stands:
            # Pictures come when something has changed; the clock goes on in between.
            elapsed = (now - self._viewed_at) * self._speed
            view = replace(view, seconds=view.seconds + elapsed)
        next_cue = operator.cue_text(view.next_cue) if view is not None else ""
        frame = Frame(
            replace(view, next_cue=next_cue) if view is not None else None,
            self._history.recent(KEPT),
            self._lateness,
            self._waiting if self._stands else "",
            notices=(*self._said, *((operator.notice,) if operator.notice else ())),
            help=operator.help_texts(next_cue) if operator.wants_help else (),
            entry=operator.entry,
            keys="" if operator.wants_help or operator.entry is not None else KEYS,
        )
        self._screen.show(picture(frame, self._screen.size))
