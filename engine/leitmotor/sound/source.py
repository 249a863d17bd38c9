"""What else may sound on a channel of the mixing desk: something that is not baked here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from leitmotor.messages import Event
from leitmotor.sound.patch import Patch
from leitmotor.sound.samples import Frames, Samples


class Source(Protocol):
    """The sound of one voice, dry: seat, distance, room, role and level are the desk's.

    Expression (CC11) and tone (CC74) are the source's own affair, as they change what is played
    and not only how loud it is; level (CC7) and pan (CC10) it passes over.

    Sources that come from the same place move together. For every block: first `send` whatever
    acts within it, to all sources; then `render` each of them once, all by the same length.

    Which samples come does not depend on how they are cut into blocks. Thread: one.
    """

    def prepare(self, controls: Iterable[tuple[int, int]]) -> None:
        """Take (controller, value) as they hold before the next event: those of a `Setup`."""
        ...

    def send(self, event: Event, offset: Frames) -> None:
        """An event that acts `offset` frames into the next block. In order; others pass."""
        ...

    def render(self, quanta: int) -> Samples:
        """The next `quanta` × QUANTUM frames, (2, frames), 1 ≤ quanta ≤ 4; overwritten by the
        next call. A note at fff alone has REFERENCE_LUFS, both sides summed."""
        ...

    def silence(self) -> None:
        """Let all that sounds fade out within 10 ms, and forget what was to come."""
        ...

    def close(self) -> None:
        """Give back what it holds; nothing is asked of it afterwards. A second time is nothing."""
        ...


class Sources(Protocol):
    """Where sources come from. Thread: one."""

    def __call__(self, patch: Patch) -> Source | None:
        """A new source for a voice that plays `patch`; None where the built-in sound plays it."""
        ...

    def close(self) -> None:
        """Give back what all sources share; they are of no use afterwards."""
        ...


class NoSources:
    """The built-in sound plays everything."""

    def __call__(self, patch: Patch) -> None:
        """No source for any patch."""

    def close(self) -> None:
        """Nothing is held."""
