"""A MIDI port that is listened to: found by its name, waited for while it is away, found again.

No MIDI library tells that a port has vanished, so the names are looked through twice a second.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Protocol

from leitmotor.errors import DeviceError
from leitmotor.midi_library import (
    CLIENT,
    Backend,
    ClientOf,
    MidiIn,
    clients_of,
    listed,
    matching,
    python_rtmidi,
)
from leitmotor.music.time import Seconds

LOOK: Seconds = 0.5
"""How often the names of the ports are looked through."""

STEP: Seconds = 0.01
"""How long a listener is left alone while something runs there."""

REST: Seconds = 0.2
"""And while nothing does."""

MOST_WAITING = 4096
"""Messages that wait to be taken; what comes while there are more is dropped and counted."""


class Listener(Protocol):
    """Whoever is given what comes. Both are called in one thread."""

    def hear(self, data: bytes, at: Seconds) -> None:
        """Bytes came at an instant."""
        ...

    def time_passes(self, at: Seconds) -> bool:
        """Nothing came; whether that is to be said again soon."""
        ...


class MidiInput:
    """Listens to the one port whose name contains `selector`, letter case aside.

    `tell` is given sentences for the operator, from any thread. `now` is the clock that arrivals
    are stamped with, in the library's own thread.

    Thread: `open`, `start` and `close` from one. `open` and `close` may block for a second or two.
    """

    def __init__(
        self,
        selector: str,
        listener: Listener,
        tell: Callable[[str], None],
        *,
        backend: Backend = python_rtmidi,
        now: Callable[[], Seconds] = time.perf_counter,
    ) -> None:
        self._selector = selector
        self._listener = listener
        self._tell = tell
        self._backend = backend
        self._now = now
        self._ends: list[ClientOf[MidiIn]] = []
        self._client: ClientOf[MidiIn] | None = None
        self._why = ""
        self._said = ""
        self._queue: SimpleQueue[tuple[bytes, Seconds]] = SimpleQueue()
        self._over = threading.Event()
        self._threads: list[threading.Thread] = []
        self.port = ""
        """The whole name of the port; empty while there is none."""
        self.lost = 0
        """Messages that were dropped."""

    def open(self) -> str:
        """Look for the port; a sentence on what was found. It may come later.

        `DeviceError` where the name fits several ports.
        """
        self._attach()
        self._said = self._state()
        return self._said

    def start(self) -> None:
        """Begin to hand over what comes, and to look after the port."""
        for act, name in ((self._listen, "hears"), (self._watch, "looks")):
            thread = threading.Thread(target=act, name=f"leitmotor midi {name}", daemon=True)
            thread.start()
            self._threads.append(thread)

    def close(self) -> None:
        """Let the port go."""
        self._over.set()
        for thread in self._threads:
            thread.join(2 * LOOK)
        self._let_go()
        self._forget_ends()

    # -- the port ----------------------------------------------------------------------------------

    def look(self) -> None:
        """See whether the port is still there, or there again."""
        client = self._client
        if client is not None:
            if self.port in client.names():
                return
            self._let_go()
        try:
            self._attach()
        except DeviceError as error:
            self._say(f"MIDI input: {error}")
            return
        self._say(self._state())

    def _state(self) -> str:
        if self.port:
            return f"listening to MIDI port `{self.port}`"
        why = f" ({self._why})" if self._why else ""
        return f"MIDI input `{self._selector}` is not there{why}: waiting for it"

    def _say(self, text: str) -> None:
        known, self._said = self._said, text
        if text != known:
            self._tell(text)

    def _attach(self) -> None:
        self._why = ""
        for end in self._living_ends():
            names = end.names()
            hits = matching(self._selector, names)
            if len(hits) > 1:
                fitting = listed([names[hit] for hit in hits])
                raise DeviceError(
                    f"`{self._selector}` fits {len(hits)} ports: {fitting}; give more of the name"
                )
            if hits and self._opened(end, hits[0]):
                self._client, self.port = end, names[hits[0]]
                return

    def _opened(self, end: ClientOf[MidiIn], port: int) -> bool:
        try:
            end.midi.ignore_types(sysex=False, timing=False, active_sense=True)
            end.midi.set_callback(self._came)
            end.midi.open_port(port, CLIENT)
        except Exception as error:  # python-rtmidi has errors of its own, unknown until import
            self._why = f"{end.backend} does not open it: {error}"
            return False
        return True

    def _living_ends(self) -> list[ClientOf[MidiIn]]:
        """Our ends of the back ends; made anew only where none knows any port.

        One that is made for every look would leak memory in the library.
        """
        if any(end.names() for end in self._ends):
            return self._ends
        self._forget_ends()
        try:
            library = self._backend()
            with clients_of(library, library.MidiIn) as (clients, silent):
                self._ends = list(clients)
                clients.clear()
        except DeviceError as error:
            self._why = str(error)
        else:
            self._why = silent if not self._ends else ""
        return self._ends

    def _let_go(self) -> None:
        client, self._client, self.port = self._client, None, ""
        if client is not None:
            client.midi.close_port()

    def _forget_ends(self) -> None:
        for end in self._ends:
            end.midi.delete()
        self._ends = []

    # -- threads -----------------------------------------------------------------------------------

    def _came(self, message: tuple[list[int], float], _data: object = None) -> None:
        """In the library's thread: stamp it and put it by."""
        if self._queue.qsize() < MOST_WAITING:
            self._queue.put((bytes(message[0]), self._now()))
        else:
            self.lost += 1

    def _listen(self) -> None:
        patience = REST
        while not self._over.is_set():
            try:
                data, at = self._queue.get(timeout=patience)
            except Empty:
                patience = STEP if self._listener.time_passes(self._now()) else REST
            else:
                patience = STEP
                self._listener.hear(data, at)

    def _watch(self) -> None:
        while not self._over.wait(LOOK):
            self.look()
