"""Events in, samples out: all voices of a performance, mixed, in their room."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from leitmotor.messages import Event, Setup, Voice
from leitmotor.sound.patch import Patch
from leitmotor.sound.samples import Frames, Samples


class Renderer:
    """The whole built-in sound but for the last stage (`Master`: loudness and limiter).

    `patches` are the score's instruments by name. `hears` picks voices, for stems: what is linear
    before the master makes stems that add up.

    Thread: one; never waits, but bakes what it has not met before.
    """

    def __init__(
        self,
        patches: Mapping[str, Patch],
        rate: int,
        *,
        polyphony: int = 128,
        hears: Callable[[Voice], bool] = lambda _: True,
    ) -> None:
        self.rate = rate
        self.frame: Frames = 0  # the next one to be rendered
        raise NotImplementedError

    def prepare(self, setups: Sequence[Setup]) -> None:
        """Take the controllers and the room that hold before the next event."""

    def send(self, event: Event, frame: Frames) -> None:
        """An event that acts at `frame`; at the next quantum where that has passed. In order."""

    def render(self, quanta: int) -> Samples:
        """The next `quanta` × QUANTUM frames, (2, frames), 1 ≤ quanta ≤ 4; overwritten by the next call."""
        raise NotImplementedError

    def silence(self) -> None:
        """Let everything fade out within 10 ms, the room as well."""
