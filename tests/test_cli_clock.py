"""`--clock`, `cues` and `explain --json` at the command line."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from leitmotor.commands.app import app

ROOM = """\
score: 1
time: {tempo: 60, start: on cue}
characters:
  guard: {motif: tune}
motifs:
  tune: {notes: 1w, loop: true}
scenes:
  - {id: day, who: guard}
  - {id: night}
cues:
  open: {number: 1, when: {clock: 10:00}, do: go day, note: 'unlock, then "smile"'}
  close: {number: 2, when: {clock: 18:00}, do: [level all -6 dB over 1 bar, then stop]}
  bell: {when: {every: 30 min}, while: clock 10:00..18:00, do: log ding}
"""


@pytest.fixture
def room(tmp_path: Path) -> Path:
    (tmp_path / "score.yaml").write_text(ROOM)
    return tmp_path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def came(trace: Path) -> list[tuple[float, str]]:
    """(seconds, cue) of what came by itself and was let pass."""
    found = re.findall(
        r"^ *([0-9.]+) .* change .*  cue ([a-z]+); cue", trace.read_text(), re.MULTILINE
    )
    return [(float(seconds), cue) for seconds, cue in found]


def test_a_simulated_day(room: Path) -> None:
    """The opening hours of a day, to the end that was asked for."""
    done = run("render", room, "--clock", "09:00..19:00", "--trace", room / "day.events")
    assert done.output.startswith("10:00:00.0 (36000.000 s)")
    fired = came(room / "day.events")
    hours = [each for each in fired if each[1] != "bell"]
    assert hours == [(0.0, "close"), (3600.0, "open"), (32_400.0, "close")]
    rung = [seconds for seconds, cue in fired if cue == "bell"]
    assert rung == [1800.0 * n for n in range(2, 18)]  # before ten and from six on it is refused


def test_over_midnight_and_without_an_end(room: Path) -> None:
    assert run("render", room, "--clock", "23:50..00:10").output.startswith("20:00.0")
    done = run("render", room, "--clock", "12:00")
    assert "one full round" in done.output or "bars" in done.output


def test_without_a_clock_it_is_said_what_to_do(room: Path) -> None:
    done = run("render", room)
    assert "give it one with --clock 10:00..18:00" in done.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("render", "--clock", "10"), "--clock: a time of day such as 18:00"),
        (("render", "--clock", "10:00..25:00"), "hours go to 24"),
        (("render", "--clock", "10:00..11:00", "--until", "5"), "leave --until out"),
        (("play", "--clock", "10:00..11:00"), "--clock is the time at which it begins"),
        (("cues", "--json", "--csv"), "contradict each other"),
    ],
)
def test_wishes_that_cannot_be_met(room: Path, arguments: tuple[str, ...], said: str) -> None:
    done = run(arguments[0], room, *arguments[1:])
    assert done.exit_code == 2
    assert said in " ".join(done.output.split())


def test_the_cue_sheet_for_people(room: Path) -> None:
    said = run("cues", room).output
    assert re.search(r"│ 2 +│ 2 +│ close +│ clock 18:00", said)
    assert "level all -6 dB over 1 bar, then stop" in said


def test_the_cue_sheet_for_spreadsheets(room: Path) -> None:
    """RFC 4180: CRLF, and quotes doubled."""
    raw = run("cues", room, "--csv").stdout_bytes
    assert raw.count(b"\r\n") == 4
    assert b'"unlock, then ""smile"""' in raw
    rows = list(csv.DictReader(io.StringIO(raw.decode(), newline="")))
    assert rows[0] == {
        "go": "1",
        "number": "1",
        "cue": "open",
        "fired by": "clock 10:00",
        "only": "",
        "does": "go day",
        "note": 'unlock, then "smile"',
    }


def test_the_cue_sheet_for_programs(room: Path) -> None:
    sheet = json.loads(run("cues", room, "--json").output)
    assert [cue["name"] for cue in sheet["cues"]] == ["open", "close", "bell"]
    assert sheet["cues"][1]["do"] == ["level all -6 dB over 1 bar", "then stop"]
    assert sheet["cues"][2]["only"] == ["while clock 10:00..18:00"]
    assert sheet["cues"][2]["go"] is None


def test_explain_for_programs(room: Path) -> None:
    tables = json.loads(run("explain", room, "--json").output)
    assert tables["Who plays"][0]["players"] == "piano"
    assert {"what": "tempo", "value": "60 bpm", "from": "given"} in tables["Piece"]
