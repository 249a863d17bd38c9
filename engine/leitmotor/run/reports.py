"""What the performer tells its parent, gathered until a quiet moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from leitmotor.messages import Answer, Event, Position, View
from leitmotor.music.time import Seconds
from leitmotor.run.protocol import (
    Answered,
    Dropped,
    FromPerformer,
    Lateness,
    Sent,
    Viewed,
    Warned,
)

SENT_EVERY: Seconds = 0.05
MOST_EVENTS = 200
VIEWED_EVERY: Seconds = 0.1

Post = Callable[[FromPerformer], None]
"""Hands a message over. Must not block."""


class Reports:
    """Batches of sent events at most 20 times a second, pictures at most 10 times and when changed.

    Thread: the performer's; costs an append a note, the rest happens in `flush` and `view`.
    """

    def __init__(self, post: Post) -> None:
        self._post = post
        self._events: list[Event] = []
        self._dropped: list[int] = []
        self._next_sent: Seconds = 0.0
        self._next_view: Seconds = 0.0
        self._last_view: tuple[View, bool] | None = None

    def sent(self, event: Event) -> None:
        """An event went out."""
        self._events.append(event)

    def dropped(self, note: int) -> None:
        """An attack was too late."""
        self._dropped.append(note)

    def answered(self, answer: Answer, at: Seconds | Position, ticket: int) -> None:
        """A cue was taken in. Told at once."""
        self._post(Answered(answer, at, ticket))

    def warned(self, text: str) -> None:
        """Something went wrong. Told at once."""
        self._post(Warned(text))

    def due(self) -> Seconds:
        """When the next report wants to be made."""
        if len(self._events) >= MOST_EVENTS:
            return 0.0
        return min(self._next_sent, self._next_view) if self._events else self._next_view

    def flush(self, now: Seconds) -> None:
        """Tell of all that was sent."""
        self._next_sent = now + SENT_EVERY
        for first in range(0, len(self._events), MOST_EVENTS):
            self._post(Sent(tuple(self._events[first : first + MOST_EVENTS])))
        self._events.clear()
        if self._dropped:
            self._post(Dropped(tuple(self._dropped)))
            self._dropped.clear()

    def flush_when_due(self, now: Seconds) -> None:
        """Tell of what was sent, if the last time is long enough ago."""
        if self._events and (now >= self._next_sent or len(self._events) >= MOST_EVENTS):
            self.flush(now)

    def view_is_due(self, now: Seconds) -> bool:
        """Whether a new picture may be told."""
        return now >= self._next_view

    def view(self, view: View, lateness: Lateness, waiting: bool, now: Seconds) -> None:
        """Tell a picture, if it shows more than that time has passed."""
        self._next_view = now + VIEWED_EVERY
        seen = replace(view, seconds=0.0, beat=Fraction(int(view.beat)))
        if (seen, waiting) != self._last_view:
            self._last_view = (seen, waiting)
            self._post(Viewed(view, lateness, waiting))
