"""A JACK client that listens to what programs play through PortAudio."""

from __future__ import annotations

import time
from contextlib import suppress
from types import TracebackType

import jack
import numpy as np

AUDIBLE = 1e-5  # -100 dB
_CHANNELS = (0, 1)


class Listener:
    """Notes when the first sound comes, and how often the server lost a cycle.

    `connect` has to be called now and then: only then is it connected to what has appeared.
    """

    def __init__(self) -> None:
        self.first: float | None = None
        """When the first block came that is not silent, by `time.perf_counter`."""
        self.lost_cycles = 0
        self._client = jack.Client("leitmotor bench listener", no_start_server=True)
        self._ports = [self._client.inports.register(f"in_{number}") for number in _CHANNELS]
        self._client.set_process_callback(self._listen)
        self._client.set_xrun_callback(self._lost)

    def __enter__(self) -> Listener:
        self._client.activate()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.deactivate()
        self._client.close()

    def connect(self) -> None:
        """Connect what plays and is not connected yet."""
        for port, channel in zip(self._ports, _CHANNELS, strict=True):
            for source in self._client.get_ports(f"PortAudio:out_{channel}$", is_output=True):
                if source not in self._client.get_all_connections(port):
                    with suppress(jack.JackError):
                        self._client.connect(source, port)

    def wait(self, patience_seconds: float) -> float:
        """Wait for the first sound; when it came. SystemExit where none comes."""
        end = time.perf_counter() + patience_seconds
        while self.first is None:
            if time.perf_counter() > end:
                raise SystemExit("nothing was heard")
            self.connect()
            time.sleep(0.002)
        return self.first

    def _listen(self, _frames: int) -> None:
        if self.first is None:
            now = time.perf_counter()
            if any(float(np.abs(port.get_array()).max()) > AUDIBLE for port in self._ports):
                self.first = now

    def _lost(self, _microseconds: float) -> None:
        self.lost_cycles += 1
