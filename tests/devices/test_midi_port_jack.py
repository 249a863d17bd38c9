"""The live port on a real JACK server: what is sent arrives, byte for byte; `midi:` finds ports.

A dummy server is enough: `JACK_NO_AUDIO_RESERVATION=1 jackd -r -d dummy -r 48000 -p 256`.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from tests.devices.jack_only import jack_only

from leitmotor.outputs.midi_port import MidiPortOutput
from leitmotor.outputs.midi_system import PortInfo, list_ports
from leitmotor.quiet import quiet_libraries
from leitmotor.testing.contract import (
    example_events,
    example_setups,
    play,
    unfinished_events,
)
from leitmotor.testing.fake_midi import FakeMidi
from leitmotor.testing.oracle import LedgerOracle

jack = pytest.importorskip("jack", reason="JACK-Client is not installed")

pytestmark = pytest.mark.device

PATIENCE = 5.0
"""Seconds after which a message counts as lost."""


class Recorder:
    """A JACK client with a MIDI input that keeps the bytes that come in."""

    def __init__(self) -> None:
        self.client = jack.Client("recorder", no_start_server=True)
        self.port = self.client.midi_inports.register("in")
        self.messages: list[bytes] = []
        self._grown = threading.Condition()
        self.client.set_process_callback(self._record)

    def _record(self, _frames: int) -> None:
        came = [bytes(data) for _, data in self.port.incoming_midi_events()]
        if came:
            with self._grown:
                self.messages += came
                self._grown.notify_all()

    def wait_for(self, count: int) -> list[bytes]:
        with self._grown:
            self._grown.wait_for(lambda: len(self.messages) >= count, PATIENCE)
            return list(self.messages)


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    try:
        with quiet_libraries():
            recorder = Recorder()
    except jack.JackError as error:
        pytest.skip(f"no JACK server runs: {error}")
    with recorder.client:
        yield recorder


def expected(events: tuple[Any, ...]) -> list[bytes]:
    fake = FakeMidi()
    play(MidiPortOutput("midi:synth", backend=fake), events)
    return [bytes(message) for message in fake.wires[0].messages]


def test_a_virtual_port_sends_exactly_the_bytes(recorder: Recorder) -> None:
    output = MidiPortOutput("virtual", backend=jack_only)
    output.open()
    [source] = recorder.client.get_ports("leitmotor", is_midi=True, is_output=True)
    recorder.client.connect(source, recorder.port)
    output.prepare(example_setups())
    for event in example_events():
        output.send(event)
    output.close()
    sent = expected(example_events())
    assert recorder.wait_for(len(sent)) == sent


def test_a_port_is_found_by_name_and_left_silent(recorder: Recorder) -> None:
    """A performance that is cut off leaves nothing sounding on the other side."""
    assert PortInfo("recorder:in", "JACK") in list_ports(jack_only).ports
    play(MidiPortOutput("midi:RECORDER", backend=jack_only), unfinished_events())
    sent = expected(unfinished_events())
    received = recorder.wait_for(len(sent))
    assert received == sent
    oracle = LedgerOracle()
    oracle.feed(b"".join(received))
    assert oracle.attacks == 4
    assert oracle.silent
