"""The process that plays sound: it says what it finds, and goes when it is left alone."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from leitmotor.outputs.audio_device import AudioDevice
from leitmotor.outputs.audio_player import Said, Unopened
from leitmotor.outputs.audio_system import StreamWish
from leitmotor.run.audio_process import AudioProcess

PATIENCE = 20.0


@pytest.fixture
def process() -> Iterator[AudioProcess]:
    process = AudioProcess("no device is called so", StreamWish())
    yield process
    process.kill()


def said_first(process: AudioProcess) -> Said:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for said in process.heard():
            return said
        time.sleep(0.01)
    raise AssertionError("it said nothing")


def test_it_says_in_one_sentence_why_it_does_not_play(process: AudioProcess) -> None:
    said = said_first(process)
    assert isinstance(said, Unopened)
    assert said.why
    assert "\n" not in said.why
    assert not said.is_refusal
    # Whoever is killed now leaves nothing behind.
    assert not Path(process._path).exists()
    process.close(PATIENCE)
    assert process.is_gone


def test_one_that_is_left_alone_goes(process: AudioProcess) -> None:
    said_first(process)
    assert process._process.stdin is not None
    process._process.stdin.close()
    process._process.wait(PATIENCE)
    assert process.is_gone


def test_one_that_dies_is_replaced() -> None:
    processes: list[AudioProcess] = []

    def connect(selector: str, wish: StreamWish) -> AudioProcess:
        processes.append(AudioProcess(selector, wish))
        return processes[-1]

    device = AudioDevice("no device is called so", StreamWish(), connect, time.perf_counter)
    device.start()
    assert not device.wait_for_opening(PATIENCE, time.sleep)
    assert device.problem
    processes[0].kill()
    processes[0]._process.wait(PATIENCE)
    device.poll(time.perf_counter() + 2.0)
    assert len(processes) == 2
    device.close(PATIENCE)
    assert processes[1].is_gone
