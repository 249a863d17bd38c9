"""What the shell plays: a performance, or one with something of a rehearsal around it."""

from __future__ import annotations

from typing import Protocol

from leitmotor.messages import Answer, Cue, Event, View
from leitmotor.music.time import Seconds


class Player(Protocol):
    """As a `Performance` seen from outside: the time goes in, events come out.

    Seconds and ticks are those of what is heard: in a loop they go on. Thread: one; never waits.
    """

    def receive(self, cue: Cue, at: Seconds) -> Answer:
        """Take a cue in that is fired by hand, to act at `at`."""
        ...

    def refusal(self, cue: Cue) -> str:
        """Why a cue would do nothing if it acted now; else empty."""
        ...

    def advance(self, until: Seconds) -> list[Event]:
        """Every event from the last place up to, but not at, `until`, in order."""
        ...

    def next_seconds(self) -> Seconds:
        """When something next happens inside; nothing sounds before."""
        ...

    def view(self) -> View:
        """A small picture for displays."""
        ...

    def finish(self) -> list[Event]:
        """Release everything that still sounds, at the place reached."""
        ...

    @property
    def emitted(self) -> Seconds:
        """Everything before this instant has been handed out."""
        ...

    @property
    def idle(self) -> bool:
        """Whether nothing plays."""
        ...

    @property
    def begun(self) -> bool:
        """Whether any scene was ever entered."""
        ...

    @property
    def expecting(self) -> bool:
        """Whether a cue waits whose time will come by itself."""
        ...

    @property
    def recurring(self) -> bool:
        """Whether the time brings about cues without end (`clock`, `every`)."""
        ...


class Around:
    """A player around another one: as that, but for what a subclass does otherwise.

    Thread: one; never waits.
    """

    def __init__(self, player: Player) -> None:
        self._player = player

    def receive(self, cue: Cue, at: Seconds) -> Answer:
        """As the player."""
        return self._player.receive(cue, at)

    def refusal(self, cue: Cue) -> str:
        """As the player."""
        return self._player.refusal(cue)

    def view(self) -> View:
        """As the player."""
        return self._player.view()

    @property
    def emitted(self) -> Seconds:
        """As the player."""
        return self._player.emitted

    @property
    def idle(self) -> bool:
        """As the player."""
        return self._player.idle

    @property
    def begun(self) -> bool:
        """As the player."""
        return self._player.begun

    @property
    def expecting(self) -> bool:
        """As the player."""
        return self._player.expecting

    @property
    def recurring(self) -> bool:
        """As the player."""
        return self._player.recurring
