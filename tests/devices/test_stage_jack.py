"""A live performance heard by another JACK client: the same notes, and silence at the end.

A dummy server is enough: `JACK_NO_AUDIO_RESERVATION=1 jackd -r -d dummy -r 48000 -p 256`.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from leitmotor.messages import Attack, Do, Release
from leitmotor.music.time import Seconds
from leitmotor.outputs.memory import MemoryOutput
from leitmotor.outputs.midi_system import list_ports
from leitmotor.outputs.quiet import quiet_libraries
from leitmotor.perform.performance import Start
from leitmotor.run.plan import PlayPlan
from leitmotor.run.protocol import Failed
from leitmotor.run.render import render
from leitmotor.run.stage import Stage
from leitmotor.testing.live import two_scenes
from leitmotor.testing.oracle import LedgerOracle

jack = pytest.importorskip("jack", reason="JACK-Client is not installed")
pytest.importorskip("rtmidi", reason="python-rtmidi is not installed")

pytestmark = pytest.mark.device

PATIENCE: Seconds = 10.0


class Recorder:
    """A JACK client that keeps the bytes that come in."""

    def __init__(self) -> None:
        self.client = jack.Client("stage recorder", no_start_server=True)
        self.port = self.client.midi_inports.register("in")
        self.messages: list[bytes] = []
        self.lost_cycles = 0
        self.client.set_process_callback(self._record)
        self.client.set_xrun_callback(self._lost)

    def _lost(self, _delay: float) -> None:
        self.lost_cycles += 1

    def _record(self, _frames: int) -> None:
        self.messages += [bytes(data) for _, data in self.port.incoming_midi_events()]

    def sources(self) -> set[str]:
        ports = self.client.get_ports("leitmotor", is_midi=True, is_output=True)
        return {port.name for port in ports}

    @contextmanager
    def connected(self, plan: PlayPlan) -> Iterator[Stage]:
        """A started stage whose port, and no other performance's, is recorded."""
        before = self.sources()
        with Stage(plan) as stage:
            for source in self.sources() - before:
                self.client.connect(source, self.port)
            yield stage

    def notes(self) -> list[tuple[bool, int, int]]:
        """(whether it begins, channel, pitch) of every note message."""
        kinds = {0x9: True, 0x8: False}
        return [
            (kinds[data[0] >> 4] and data[2] > 0, data[0] & 15, data[1])
            for data in self.messages
            if data[0] >> 4 in kinds
        ]


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    if any(port.backend == "ALSA" for port in list_ports().ports):
        pytest.skip("ALSA answers before JACK here")
    try:
        with quiet_libraries():
            recorder = Recorder()
    except jack.JackError as error:
        pytest.skip(f"no JACK server runs: {error}")
    with recorder.client:
        yield recorder


def played_out(stage: Stage) -> list[Any]:
    messages: list[Any] = []
    give_up = time.monotonic() + PATIENCE
    while not stage.over and time.monotonic() < give_up:
        messages += stage.poll(0.1)
    return messages + stage.stop()


def test_the_port_plays_the_notes_of_the_offline_render_in_order(recorder: Recorder) -> None:
    """The first note comes late enough for the recorder to be connected by then."""
    output = MemoryOutput()
    score = two_scenes()
    script = ((2.0, Do("go shore")),)
    render(score, script, [output], start=Start.ON_CUE, until=24.0)
    plan = PlayPlan(
        score,
        start=Start.ON_CUE,
        script=script,
        midi_outs=("virtual",),
        speed=4.0,
        until=24.0,
    )
    offline = [
        (isinstance(event, Attack), event.voice.channel, event.pitch)
        for event in output.events
        if isinstance(event, (Attack, Release))
    ]
    assert len(offline) > 30
    for _ in range(4):
        recorder.messages.clear()
        recorder.lost_cycles = 0
        with recorder.connected(plan) as stage:
            messages = played_out(stage)
        assert not any(isinstance(message, Failed) for message in messages)
        if recorder.notes() == offline:
            return
        # JACK drops what is not fetched within its cycle, which says nothing about the player.
        assert recorder.lost_cycles, (recorder.notes(), offline)
    pytest.skip("this machine is too busy: the recorder lost cycles in every attempt")


@pytest.mark.parametrize("seed", range(3))
def test_sigterm_at_random_moments_leaves_nothing_sounding(recorder: Recorder, seed: int) -> None:
    moment = random.Random(seed).uniform(0.0, 1.0)
    plan = PlayPlan(two_scenes(), midi_outs=("virtual",), speed=4.0)
    with recorder.connected(plan) as stage:
        assert stage.process_id is not None
        end = time.monotonic() + moment
        while time.monotonic() < end:
            stage.poll(0.01)
        os.kill(stage.process_id, signal.SIGTERM)
        played_out(stage)
    oracle = LedgerOracle()
    oracle.feed(b"".join(recorder.messages))
    assert oracle.silent
    assert oracle.controllers
