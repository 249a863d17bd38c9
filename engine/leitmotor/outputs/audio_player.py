"""Finds an audio device and plays on it what lies in shared memory, in a process of its own.

PortAudio may hang for ever where a sound server has died, and cannot be made to look again then:
such a process is ended, and another one takes its place. It knows no numpy and no music.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TypeAlias

from leitmotor.errors import DeviceError
from leitmotor.music.time import Seconds
from leitmotor.outputs.audio_shared import Shared
from leitmotor.outputs.audio_stream import Feeder
from leitmotor.outputs.audio_system import (
    AudioBackend,
    AudioInfo,
    DeviceRefused,
    NoAudioLibrary,
    Stream,
    StreamWish,
    chosen_device,
    known_devices,
    looked_again,
    opened_stream,
    python_sounddevice,
)
from leitmotor.records import record

TRIED_EVERY: Seconds = 1.0
TRIED_LATER: Seconds = 5.0
MANY_TRIES = 30
"""A device is looked for every second, and after so many times more rarely."""


@record
class Opened:
    """The device plays."""

    info: AudioInfo
    rate: int


@record
class Unopened:
    """Why it does not. `is_refusal`: it is there; `is_hopeless`: looking again will not help."""

    why: str
    is_refusal: bool = False
    is_hopeless: bool = False


@record
class Over:
    """The stream has ended, and not by our wish."""


Said: TypeAlias = Opened | Unopened | Over


class AudioPlayer:
    """Opens the device that `selector` names and feeds it.

    Thread: one, but `close` from any; a call may hang.
    """

    def __init__(
        self,
        selector: str,
        wish: StreamWish,
        shared: Shared,
        say: Callable[[Said], None],
        *,
        backend: AudioBackend = python_sounddevice,
        now: Callable[[], Seconds] = time.perf_counter,
    ) -> None:
        self._selector = selector
        self._wish = wish
        self._shared = shared
        self._say = say
        self._backend = backend
        self._now = now
        self._stream: Stream | None = None
        self._is_closing = False
        self._tries = 0

    def attempt(self) -> Seconds | None:
        """Try to open it, and say how that went. After how long to try again; None is never."""
        self._tries += 1
        try:
            self._open()
        except DeviceError as error:
            is_hopeless = isinstance(error, NoAudioLibrary)
            self._say(Unopened(str(error), isinstance(error, DeviceRefused), is_hopeless))
            if is_hopeless:
                return None
            return TRIED_EVERY if self._tries < MANY_TRIES else TRIED_LATER
        return None

    def close(self) -> None:
        """Let the device play what it has taken, and close it."""
        self._is_closing = True
        if self._stream is not None:
            with suppress(Exception):  # PortAudio's, and it is the end anyway
                self._stream.stop()
                self._stream.close()

    def _open(self) -> None:
        library = self._backend()
        if self._tries > 1:
            looked_again(library)
        info = chosen_device(self._selector, known_devices(library), self._wish.host)
        wish = replace(self._wish, rate=self._wish.rate or info.rate)
        feeder = Feeder(self._shared, wish.rate, self._now)
        self._stream = opened_stream(info, wish, feeder.fill, self._ended, library)
        feeder.shown_latency = self._stream.latency
        self._say(Opened(info, wish.rate))

    def _ended(self) -> None:
        if not self._is_closing:
            self._say(Over())
