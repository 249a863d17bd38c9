"""What a live session writes: MIDI files, traces and the journal, in the parent process."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack

from leitmotor.errors import DeviceError
from leitmotor.outputs.base import Discardable, Output
from leitmotor.run.deck import Deck, Warn
from leitmotor.run.journal import JournalWriter
from leitmotor.run.protocol import FromPerformer, Ready, Sent


class Recording:
    """Feeds the performer's messages to file outputs and a journal.

    A file that fails is given up and `warn` is told, and the music goes on: nobody's concert ends
    because a disk is full.

    Thread: one, of the parent; every call may block on the disk.
    """

    def __init__(
        self, outputs: Sequence[Output], journal: JournalWriter | None, warn: Warn
    ) -> None:
        self._outputs = tuple(outputs)
        self._journal = journal
        self._warn = warn
        self._deck = Deck(warn)

    def open(self) -> None:
        """Make all the files, or none. `DeviceError` of the first that cannot be made."""
        with ExitStack() as stack:
            self._deck.open(self._outputs)
            stack.callback(self._discard)
            if self._journal is not None:
                self._journal.open()
            stack.pop_all()

    def take(self, message: FromPerformer) -> None:
        """Write down what a message tells. Give it every message, in order."""
        if isinstance(message, Ready):
            self._deck.prepare(message.setups)
        elif isinstance(message, Sent):
            for event in message.events:
                self._deck.send(event)
        if self._journal is not None:
            try:
                self._journal.take(message)
            except DeviceError as error:
                self._journal = None
                self._warn(str(error))

    def close(self) -> None:
        """Finish the files: whatever ended the session, what was played is kept."""
        self._deck.close()
        if self._journal is not None:
            self._journal.close()

    def _discard(self) -> None:
        for output in self._outputs:
            if isinstance(output, Discardable):
                output.discard()
