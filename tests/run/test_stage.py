"""Two processes: started, spoken with, ended, killed. Real time, but little of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from leitmotor.errors import CueError
from leitmotor.messages import Do
from leitmotor.run.plan import AtRest, PlayPlan
from leitmotor.run.protocol import Answered, Ended, Failed, FromPerformer, Sent
from leitmotor.run.stage import Stage
from leitmotor.testing.live import two_scenes

Kind = type[FromPerformer]


def heard_until(stage: Stage, wanted: Kind) -> list[FromPerformer]:
    """Messages up to the first of a kind; the wait ends when one comes, or after 10 s."""
    messages: list[FromPerformer] = []
    for _ in range(200):
        messages += stage.poll(0.05)
        if any(isinstance(message, wanted) for message in messages):
            return messages
    raise AssertionError(f"no {wanted.__name__} came, only {messages}")


def test_a_cue_is_answered_and_a_stop_ends_with_everything_released() -> None:
    plan = PlayPlan(two_scenes(), speed=4.0)
    with Stage(plan) as stage:
        stage.send(Do("tempo 90"))
        messages = heard_until(stage, Answered)
        messages += heard_until(stage, Sent)
        messages += stage.stop()
        assert stage.over
    assert isinstance(messages[-1], Ended)
    assert messages[-1].reason == "stopped"
    [answered] = [message for message in messages if isinstance(message, Answered)]
    sent = [event for m in messages if isinstance(m, Sent) for event in m.events]
    performance = plan.performance()
    performance.receive(answered.answer.cue, answered.at)
    assert sent == performance.advance(messages[-1].seconds) + performance.finish()


def test_a_killed_performer_is_noticed_and_its_ports_are_silenced() -> None:
    """Kill -9: the parent says so, with the ports silenced in its stead."""
    silenced: list[tuple[str, set[tuple[int, int]], set[int]]] = []

    def silence(port: str, notes: set[tuple[int, int]], channels: set[int]) -> str:
        silenced.append((port, notes, channels))
        return f"{port} was silenced"

    stage = Stage(PlayPlan(two_scenes(), midi_outs=("null",), speed=4.0), silence)
    stage.start()
    heard_until(stage, Sent)
    sounding = stage.sounding
    assert sounding
    assert stage.process_id is not None
    os.kill(stage.process_id, signal.SIGKILL)
    failed = heard_until(stage, Failed)[-1]
    assert isinstance(failed, Failed)
    assert failed.error().exit_code == 3
    assert failed.text == "the performer's process died (exit code -9); null was silenced"
    [(port, notes, channels)] = silenced
    assert port == "null"
    assert {channel for channel, _ in sounding} <= channels
    assert {channel for channel, _ in notes} <= channels
    assert stage.stop() == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM")
def test_sigterm_ends_the_performer_in_order() -> None:
    with Stage(PlayPlan(two_scenes())) as stage:
        heard_until(stage, Sent)
        assert stage.process_id is not None
        os.kill(stage.process_id, signal.SIGINT)  # Ctrl-C reaches both, and is the parent's
        os.kill(stage.process_id, signal.SIGTERM)
        ended = heard_until(stage, Ended)[-1]
    assert isinstance(ended, Ended)
    assert ended.reason == "the process was terminated"


def test_a_port_that_cannot_be_opened_is_told_by_start() -> None:
    stage = Stage(PlayPlan(two_scenes(), midi_outs=("midi:",)))
    with pytest.raises(CueError, match="lacks the port's name"):
        stage.start()
    assert stage.over
    assert stage.stop() == []


PARENT = """
import sys
from leitmotor.run.plan import PlayPlan
from leitmotor.run.stage import Stage
from leitmotor.testing.live import two_scenes
{more}
if __name__ == "__main__":
    stage = Stage(PlayPlan(two_scenes(), until=0.2))
    stage.start()
    while not stage.over:
        for message in stage.poll(1.0):
            print(type(message).__name__, message[-2:])
    stage.stop()
"""


def in_a_program(tmp_path: Path, more: str) -> str:
    """Run a program as its console script would, and return what it printed."""
    script = tmp_path / "leitmotor"
    script.write_text(PARENT.format(more=more), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, timeout=30, check=True
    )
    assert done.stderr == ""
    return done.stdout


def test_it_starts_from_a_script_whose_main_module_is_not_run_again(tmp_path: Path) -> None:
    counted = tmp_path / "counted"
    more = f"with open({str(counted)!r}, 'a') as file: file.write('run ')"
    assert "Ended" in in_a_program(tmp_path, more)
    assert counted.read_text() == "run "


def test_the_performer_loads_nothing_that_scores_are_read_with() -> None:
    program = (
        "import sys, leitmotor.run.performer_process;"
        "print([m for m in ('pydantic', 'typer', 'rich', 'yaml', 'mido', 'numpy', 'aiohttp')"
        " if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=30, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_end_of_the_music_is_told() -> None:
    plan = PlayPlan(two_scenes(), script=((0.3, Do("stop")),), at_rest=AtRest.END)
    with Stage(plan) as stage:
        ended = heard_until(stage, Ended)[-1]
    assert isinstance(ended, Ended)
    assert ended.reason == "the music has ended"
