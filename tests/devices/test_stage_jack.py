"""A live performance heard by another JACK client: the same notes, and silence at the end.

A dummy server is enough: `JACK_NO_AUDIO_RESERVATION=1 jackd -r -d dummy -r 48000 -p 256`.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from leitmotor.messages import Attack, Do, Release
from leitmotor.music.time import Seconds
from leitmotor.outputs.memory import MemoryOutput
from leitmotor.outputs.midi_system import list_ports
from leitmotor.perform.performance import Start
from leitmotor.quiet import quiet_libraries
from leitmotor.run.plan import PlayPlan
from leitmotor.run.protocol import Dropped, Failed
from leitmotor.run.render import render_plan
from leitmotor.run.stage import Stage
from leitmotor.score.load import load_score, load_script
from leitmotor.testing.live import two_scenes
from leitmotor.testing.oracle import LedgerOracle

jack = pytest.importorskip("jack", reason="JACK-Client is not installed")
pytest.importorskip("rtmidi", reason="python-rtmidi is not installed")

pytestmark = pytest.mark.device

PATIENCE: Seconds = 10.0

ATTEMPTS = 2

jack_recorder = Path(__file__).with_name("jack_recorder.py")


class Recorder:
    """`jack_recorder` in a process of its own, and the patchbay to connect it."""

    def __init__(self) -> None:
        self.client = jack.Client("stage patchbay", no_start_server=True)
        self.messages: list[bytes] = []
        self.lost_cycles = 0

    def sources(self) -> set[str]:
        ports = self.client.get_ports("leitmotor:", is_midi=True, is_output=True)
        return {port.name for port in ports}

    @contextmanager
    def connected(self, plan: PlayPlan) -> Iterator[Stage]:
        """A started stage whose port, and no other performance's, is recorded."""
        before = self.sources()
        with subprocess.Popen(
            [sys.executable, str(jack_recorder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as recording:
            assert recording.stdout is not None
            assert recording.stdout.readline() == "ready\n"
            with Stage(plan) as stage:
                for source in self.sources() - before:
                    self.client.connect(source, "leitmotor recorder:input")
                yield stage
            printed, _ = recording.communicate(timeout=PATIENCE)
        lost, *messages = printed.split()
        self.lost_cycles = int(lost)
        self.messages = [bytes.fromhex(message) for message in messages]

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


def played_out(stage: Stage, plan: PlayPlan) -> list[Any]:
    messages: list[Any] = []
    give_up = time.monotonic() + PATIENCE + (plan.until or 0.0) / plan.speed
    while not stage.over and time.monotonic() < give_up:
        messages += stage.poll(0.1)
    return messages + stage.stop()


def sounds_as_rendered(recorder: Recorder, plan: PlayPlan) -> None:
    """The port gives the notes of the offline render of the same plan, in the same order."""
    output = MemoryOutput()
    render_plan(plan, [output])
    offline = [
        (isinstance(event, Attack), event.voice.channel, event.pitch)
        for event in output.events
        if isinstance(event, (Attack, Release))
    ]
    assert len(offline) > 30
    for _ in range(ATTEMPTS):
        with recorder.connected(plan) as stage:
            messages = played_out(stage, plan)
        assert not any(isinstance(message, Failed) for message in messages)
        heard = recorder.notes()
        if heard == offline:
            return
        # JACK drops what is not fetched within its cycle, and the player what a busy machine lets
        # it send a tenth of a second late: both tell of it, and neither is a fault of the notes.
        was_busy = any(isinstance(message, Dropped) for message in messages)
        assert recorder.lost_cycles or was_busy, (heard, offline)
    # Never a whole run: then what was fetched has its order, and nothing else is among it.
    rest = iter(offline)
    assert all(note in rest for note in heard)
    assert len(heard) > 0.95 * len(offline)


def test_the_port_plays_the_notes_of_the_offline_render_in_order(recorder: Recorder) -> None:
    """The first note comes late enough for the recorder to be connected by then."""
    plan = PlayPlan(
        two_scenes(),
        start=Start.ON_CUE,
        script=((2.0, Do("go shore")),),
        midi_outs=("virtual",),
        speed=4.0,
        until=24.0,
    )
    sounds_as_rendered(recorder, plan)


def test_two_minutes_of_the_film_sound_as_rendered(recorder: Recorder) -> None:
    """The script is shifted by two seconds, in which the recorder is connected."""
    folder = Path(__file__).resolve().parents[2] / "scores" / "elephants-dream"
    loaded = load_score(folder)
    assert loaded.script is not None
    script = tuple(
        (at + 2.0 if isinstance(at, (int, float)) else at, cue)
        for at, cue in load_script(loaded.script, loaded)
    )
    plan = PlayPlan(
        loaded.score,
        start=Start.ON_CUE,
        script=script,
        midi_outs=("virtual",),
        speed=4.0,
        until=122.0,
    )
    sounds_as_rendered(recorder, plan)


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
        played_out(stage, plan)
    oracle = LedgerOracle()
    oracle.feed(b"".join(recorder.messages))
    assert oracle.silent
    assert oracle.controllers
