"""What the scheduler asks of the built-in sound; and there being none."""

from __future__ import annotations

from math import inf
from typing import Protocol

from leitmotor.messages import Attack, Event
from leitmotor.music.time import Seconds
from leitmotor.run.anchor import Anchor


class Sounds(Protocol):
    """Sound that is computed a little ahead of being heard, a quantum at a time.

    All instants are those of the scheduler's clock. Thread: one; nothing waits.
    """

    def begin(self) -> None:
        """Sound begins now. Called once, before all else."""
        ...

    @property
    def horizon(self) -> Seconds:
        """How long before it is heard an event has to be given at the latest."""
        ...

    @property
    def lost_frames(self) -> int:
        """How many frames a device has played without us."""
        ...

    def aligned(self, instant: Seconds) -> Seconds:
        """The next instant from there on at which sound may begin: on an exact frame."""
        ...

    def reaches(self) -> Seconds:
        """Up to which instant events are needed before the next quantum is computed."""
        ...

    def due(self) -> Seconds:
        """When the next quantum is to be computed."""
        ...

    def is_urgent(self) -> bool:
        """Whether the device will soon have nothing to play."""
        ...

    def play(self) -> None:
        """Compute the next quantum, if it is due; see what the device does."""
        ...

    def give(self, event: Event, anchor: Anchor) -> Seconds:
        """Take an event ahead of its time; how late it is all the same. 0 is in time."""
        ...

    def cut(self, attack: Attack) -> None:
        """Take back an attack that was given: it came too late."""
        ...

    def fade(self) -> None:
        """End whatever sounds, softly and at once."""
        ...

    @property
    def has_faded(self) -> bool:
        """Whether the device has taken all of a `fade`."""
        ...

    @property
    def is_quiet(self) -> bool:
        """Whether nothing has been heard for a while."""
        ...


class NoSounds:
    """No built-in sound: nothing to do, ever. Thread: any."""

    horizon: Seconds = 0.0
    lost_frames = 0
    has_faded = True
    is_quiet = True

    def begin(self) -> None:
        """Nothing begins."""

    def aligned(self, instant: Seconds) -> Seconds:
        """The instant: no frames."""
        return instant

    def reaches(self) -> Seconds:
        """Never anywhere."""
        return -inf

    def due(self) -> Seconds:
        """Never."""
        return inf

    def is_urgent(self) -> bool:
        """Never."""
        return False

    def play(self) -> None:
        """Nothing."""

    def give(self, event: Event, anchor: Anchor) -> Seconds:  # noqa: ARG002 - the protocol's
        """Nothing is late."""
        return 0.0

    def cut(self, attack: Attack) -> None:
        """Nothing was given."""

    def fade(self) -> None:
        """Nothing sounds."""
