"""What every output is: something that takes events and makes them last or sound.

An output knows neither score nor performer and starts no thread of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol, runtime_checkable

from leitmotor.messages import Event, Setup


class Output(Protocol):
    """The contract that `leitmotor.testing.contract` checks.

    Order of calls: `open`, then any number of `prepare` and `send`, then `close`. `close` may be
    called twice and also where `open` never was. Events come in the performer's order and are sent
    when they are due: an output neither waits nor sorts in time.

    Thread: all calls from one thread at a time, which need not be always the same one.
    Each output's docstring says whether its `send` may block.
    """

    @property
    def name(self) -> str:
        """What people call it: one line, the same throughout its life."""
        ...

    def open(self) -> None:
        """Get hold of the file or port. `DeviceError`: one sentence, why not and what to do."""
        ...

    def prepare(self, setups: Sequence[Setup]) -> None:
        """Give each voice's channel its bank, program and controllers.

        Called before second 0 and after a restore.
        """
        ...

    def send(self, event: Event) -> None:
        """Take one event. An output ignores the kinds that mean nothing to it."""
        ...

    def close(self) -> None:
        """End well: nothing sounds any more and what was written is in its place."""
        ...


@runtime_checkable
class Discardable(Protocol):
    """An output whose result is worth nothing unless it is whole."""

    def discard(self) -> None:
        """End after a failure, leaving nothing behind. Afterwards `close` does nothing."""
        ...


@contextmanager
def opened(output: Output) -> Iterator[Output]:
    """Open an output for the length of a `with`; an exception inside discards what can be.

    Thread: as for the output.
    """
    output.open()
    try:
        yield output
    except BaseException:
        if isinstance(output, Discardable):
            output.discard()
        else:
            output.close()
        raise
    output.close()
