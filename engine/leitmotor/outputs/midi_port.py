"""Live MIDI: events become bytes on a port, and nothing that was begun is left sounding."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence

from leitmotor.errors import DeviceError
from leitmotor.messages import Attack, Control, Event, Panic, Program, Release, Setup, Voice
from leitmotor.midi_library import Backend, python_rtmidi
from leitmotor.music.time import Seconds
from leitmotor.outputs import midi_bytes
from leitmotor.outputs.midi_system import Client, opened_port, opened_virtual_port

VIRTUAL = "virtual"
"""The selector of a port of our own. A port that is called so is `midi:virtual`."""

JACK_DRAIN: Seconds = 0.2
"""How long a JACK port stays open after its last message: two of the longest periods in use.

python-rtmidi drops what waits for the next period when the port is closed, and with it the last
note-offs. (A period of 4,096 frames at 44.1 kHz lasts 93 ms.)
"""


class MidiPortOutput:
    """Plays into a MIDI port: `midi:NAME`, the one whose name contains NAME, or `virtual`, our own.

    It keeps its own record of what sounds, apart from the performer's: a note-off goes out only for
    a note that this port began, and `silence` ends each of them by name.

    `out` is the rig's output that this port stands for: it plays only voices that go there; None
    plays all of them. `clock` says that it sends MIDI clock. `backend` gives the MIDI library,
    `wait` lets time pass.

    Thread: one at a time. `send` does not wait for the wire; but where a JACK server has died, the
    library hangs in it for ever, so a live performance plays from a process of its own, which can
    be ended. `open` and `close` may block for a second.
    """

    def __init__(
        self,
        selector: str,
        *,
        out: str | None = None,
        clock: bool = False,
        backend: Backend = python_rtmidi,
        wait: Callable[[Seconds], None] = time.sleep,
    ) -> None:
        self._selector = selector.removeprefix("midi:").strip()
        self._virtual = selector == VIRTUAL
        self.name = "virtual MIDI port" if self._virtual else f"MIDI port {self._selector}"
        self._out = out
        self._clock = clock
        self._backend = backend
        self._wait = wait
        self._client: Client | None = None
        self._sounding: dict[tuple[int, int], int] = {}
        self._channels: set[int] = set()

    @property
    def sounding(self) -> frozenset[tuple[int, int]]:
        """(channel, pitch) of the notes that this port began and has not ended."""
        return frozenset(self._sounding)

    def open(self) -> None:
        """Open the port. `DeviceError` names the ports there are, or why there are none."""
        self._sounding.clear()
        self._channels.clear()
        if self._virtual:
            self._client = opened_virtual_port(self._backend)
        else:
            self._client = opened_port(self._selector, self._backend)

    def prepare(self, setups: Sequence[Setup]) -> None:
        """Send banks, programs and controllers."""
        for setup in setups:
            if self._plays(setup.voice):
                self._say(setup.voice, midi_bytes.set_up(setup))

    def send(self, event: Event) -> None:
        """Send what the event means on the wire, at once. `DeviceError` where the port is gone."""
        if isinstance(event, Attack):
            if self._plays(event.voice):
                self._attack(event)
        elif isinstance(event, Release):
            if self._plays(event.voice):
                self._release(event)
        elif isinstance(event, Control):
            if self._plays(event.voice):
                channel = event.voice.channel
                message = midi_bytes.control_change(channel, event.controller, event.value)
                self._say(event.voice, [message])
        elif isinstance(event, Program):
            if self._plays(event.voice):
                self._say(event.voice, midi_bytes.bank_and_program(event.voice))
        elif isinstance(event, Panic):
            self.silence()

    def pulse(self, data: bytes) -> None:
        """Send one message of MIDI clock at once, if this port sends it."""
        if self._clock:
            self._write(list(data))

    def silence(self) -> None:
        """End every note that sounds by its own note-off, then hush each channel in use.

        All of it is tried, also after a message that failed; then the first failure is raised.
        """
        messages = [midi_bytes.note_off(*line) for line in sorted(self._sounding)]
        for channel in sorted(self._channels):
            messages += midi_bytes.hush(channel)
        failures: list[DeviceError] = []
        for message in messages:
            try:
                self._write(message)
            except DeviceError as error:
                failures.append(error)
        self._sounding.clear()
        if failures:
            raise failures[0]

    def close(self) -> None:
        """Silence the port and let it go."""
        client = self._client
        if client is None:
            return
        try:
            self.silence()
            if client.backend == "JACK":
                self._wait(JACK_DRAIN)
        finally:
            self._client = None
            client.midi.close_port()
            client.midi.delete()

    def _plays(self, voice: Voice) -> bool:
        return self._out is None or voice.out == self._out

    def _attack(self, event: Attack) -> None:
        channel, pitch = event.voice.channel, event.pitch
        message = midi_bytes.note_on(channel, pitch, event.velocity)
        line = channel, pitch
        if line in self._sounding:
            self._write(midi_bytes.note_off(channel, pitch))
        self._channels.add(channel)
        # Noted before it is sent: a failure leaves open whether the note sounds.
        self._sounding[line] = event.note
        self._write(message)

    def _release(self, event: Release) -> None:
        line = event.voice.channel, event.pitch
        if self._sounding.get(line) != event.note:
            return  # ended already: by a new note on its pitch, or by `silence`
        self._write(midi_bytes.note_off(*line))
        del self._sounding[line]

    def _say(self, voice: Voice, messages: Iterable[list[int]]) -> None:
        self._channels.add(voice.channel)
        for message in messages:
            self._write(message)

    def _write(self, message: list[int]) -> None:
        if self._client is None:
            raise DeviceError(f"{self.name} is not open; open the output before sending")
        try:
            self._client.midi.send_message(message)
        except Exception as error:  # python-rtmidi has errors of its own, unknown until import
            raise DeviceError(
                f"{self.name} takes no more messages ({error}); see whether its instrument is there"
            ) from error
