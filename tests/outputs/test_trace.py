"""The trace's lines (S36) and its file."""

from __future__ import annotations

import os
import re
from fractions import Fraction
from pathlib import Path

import pytest

from leitmotor.errors import DeviceError
from leitmotor.messages import (
    Bar,
    Cause,
    Change,
    Control,
    Effect,
    Log,
    Outcome,
    Panic,
    Program,
    Release,
    Reply,
    Tempo,
    Voice,
)
from leitmotor.music.time import QUARTER
from leitmotor.outputs.base import opened
from leitmotor.outputs.trace import HEADER, TraceOutput, render_line
from leitmotor.testing.contract import attack, example_events

BAR = Bar(12, 44 * QUARTER, 4 * QUARTER, QUARTER, "4/4")
BASS = Voice("double bass", "bass", "", 3, 43, 0)
CAUSE = Cause(
    "cue", "knock", "quay", "cold", "mara", "lost", "mara", ("retrograde", "register +12")
)


def cells(line: str) -> list[str]:
    return re.split(r" {2,}", line.strip())


def test_attack_has_all_columns() -> None:
    event = attack(46.5, 3, BASS, 39, "Eb2")._replace(bar=BAR, seconds=38.75, cause=CAUSE)
    line = render_line(event)
    assert line == (
        "   38.750000    12:3.500      5155920  attack   bass      double bass     Eb2          80"
        "    110880  cue; cue knock; scene quay; state cold; mara as lost; motif mara note 3;"
        " by retrograde, register +12"
    )
    assert len(cells(line)) == len(cells(HEADER)) == 10


def test_columns_stand_under_their_names() -> None:
    line = render_line(attack(1.0, 1, BASS, 39, "Eb2"))
    cell = re.compile(r"\S+(?: \S+)*")
    for name, value in zip(cell.finditer(HEADER), cell.finditer(line), strict=True):
        assert name.start() == value.start() or name.end() == value.end(), name


@pytest.mark.parametrize(
    ("tick", "place"),
    [
        (44 * QUARTER, "12:1.000"),
        (44 * QUARTER + QUARTER // 3, "12:1.333"),
        (44 * QUARTER + 2 * QUARTER // 3, "12:1.667"),
        (48 * QUARTER - 1, "12:4.999"),
        (44 * QUARTER - QUARTER // 2, "12:0.500"),
    ],
)
def test_beats_are_rounded_but_never_up_to_one_not_reached(tick: int, place: str) -> None:
    assert cells(render_line(Panic(tick, 0.0, BAR)))[1] == place


@pytest.mark.parametrize(
    ("event", "columns"),
    [
        (
            Release(0, 1.0, BAR, 1, BASS, 39, "Eb2", 77, Cause("bed")),
            ["release", "bass", "double bass", "Eb2", "-", "77", "bed"],
        ),
        (
            Control(0, 1.0, BAR, BASS, 11, 96),
            ["control", "bass", "double bass", "cc11", "96", "-", "-"],
        ),
        (
            Program(0, 1.0, BAR, BASS),
            ["program", "bass", "double bass", "-", "-", "-", "program 44 bank 0 channel 4"],
        ),
        (
            Tempo(0, 1.0, BAR, 60.0, 60.0, 0, "constant"),
            ["tempo", "-", "-", "-", "-", "0", "60 bpm"],
        ),
        (
            Tempo(0, 1.0, BAR, 60.0, 93.3333, 9, "geometric"),
            ["tempo", "-", "-", "-", "-", "9", "60 to 93.333 bpm geometric"],
        ),
        (
            Change(0, 1.0, BAR, "key", "Eb minor", Cause("cue", "dawn")),
            ["change", "-", "-", "-", "-", "-", "key Eb minor; cue; cue dawn"],
        ),
        (Panic(0, 1.0, BAR), ["panic", "-", "-", "-", "-", "-", "-"]),
        (Log(0, 1.0, BAR, "a\nb  c\u2028"), ["log", *"-----", "a\\nb c\\u2028"]),
        (
            Reply(
                0,
                1.0,
                BAR,
                7,
                "knock",
                (Effect("go quay", Outcome.PLANNED, 9, 2.0, 13, Fraction(1), "next bar"),),
                "moved",
            ),
            ["reply", *"-----", "cue 7 knock: go quay planned at 13:1.000 (next bar); moved"],
        ),
    ],
)
def test_every_kind_has_its_line(event: Panic, columns: list[str]) -> None:
    assert cells(render_line(event))[3:] == columns


def test_a_minus_zero_is_zero() -> None:
    assert cells(render_line(Panic(0, -1e-9, BAR)))[0] == "0.000000"


def test_the_file_is_the_header_and_a_line_each(tmp_path: Path) -> None:
    path = tmp_path / "piece.events"
    with opened(TraceOutput(path)) as trace:
        for event in example_events():
            trace.send(event)
        assert list(tmp_path.glob("*.events")) == []
    lines = [HEADER, *map(render_line, example_events())]
    assert path.read_bytes() == "".join(f"{line}\n" for line in lines).encode()
    assert list(tmp_path.iterdir()) == [path]


def test_a_fault_while_rendering_leaves_the_older_file(tmp_path: Path) -> None:
    path = tmp_path / "piece.events"
    path.write_text("before")
    trace = TraceOutput(path)
    trace.open()
    with pytest.raises(AttributeError):
        trace.send(None)  # type: ignore[arg-type]
    trace.close()
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_written_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(DeviceError, match=r"there is no folder .*; make it first"):
        TraceOutput(tmp_path / "none" / "x.events").open()
    with pytest.raises(DeviceError, match="it is a folder; give the name of a file"):
        TraceOutput(tmp_path).open()


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="no /dev/null on this system")
def test_a_device_is_not_replaced_by_a_file() -> None:
    with pytest.raises(DeviceError, match="it is no plain file; choose another name"):
        TraceOutput(Path("/dev/null")).open()


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_is_written_through(tmp_path: Path) -> None:
    target = tmp_path / "real.events"
    target.write_text("before")
    link = tmp_path / "link.events"
    link.symlink_to(target)
    with opened(TraceOutput(link)):
        pass
    assert link.is_symlink()
    assert target.read_text() == f"{HEADER}\n"
