"""`leitmotor new`: starters that are right, sound, and overwrite nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner, Result

from leitmotor.commands.app import app
from leitmotor.commands.new import KINDS, SCHEMA_FILE
from leitmotor.messages import Observation
from leitmotor.perform.performance import Start
from leitmotor.run.plan import PlayPlan, Waits, standing
from leitmotor.score.load import load_score, load_script
from leitmotor.score.source import read_source
from leitmotor.testing.live import Live

every_kind = pytest.mark.parametrize("kind", KINDS)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def room(tmp_path: Path, kind: str) -> Path:
    done = run("new", tmp_path / "room", "--kind", kind)
    assert (done.exit_code, "hear it: leitmotor play" in done.output) == (0, True)
    return tmp_path / "room"


@every_kind
def test_a_starter_has_nothing_to_be_said_of(room: Path) -> None:
    loaded = load_score(room)
    assert (loaded.notes, loaded.not_yet) == ((), ())
    assert run("check", room, "--strict").output.endswith("; nothing wrong\n")
    assert loaded.score.title == "room"
    readme = (room / "README.md").read_text()
    assert readme.startswith("# room\n")
    assert "NAME" not in readme


@every_kind
def test_a_starter_uses_nothing_in_vain(room: Path) -> None:
    """What it declares, it uses: it is read as an example."""
    text = (room / "score.yaml").read_text()
    score = load_score(room).score
    for names in (score.motifs, score.figures, score.progressions, score.states, score.palettes):
        assert all(text.count(name) >= 2 for name in names)


@every_kind
def test_its_first_line_names_the_schema_that_it_meets(room: Path) -> None:
    first = (room / "score.yaml").read_text().splitlines()[0]
    assert first == f"# yaml-language-server: $schema={SCHEMA_FILE}"
    schema = json.loads((room / SCHEMA_FILE).read_text())
    tree = read_source(room / "score.yaml").tree
    assert [error.message for error in Draft202012Validator(schema).iter_errors(tree)] == []


@every_kind
def test_a_starter_renders(room: Path, kind: str) -> None:
    hours = ("--clock", "09:59..10:02") if kind == "installation" else ()
    done = run("render", room, "--trace", room / "x.events", *hours)
    assert done.exit_code == 0
    trace = (room / "x.events").read_text()
    assert trace.count(" attack ") > 50
    assert "refused" not in trace


@every_kind
def test_a_starter_plays(room: Path) -> None:
    loaded = load_score(room)
    script = load_script(loaded.script, loaded) if loaded.script else ()
    start, waits = standing(loaded.score, [script] if script else [], 36_000.0)
    assert (start, waits) == (Start.ON_CUE, Waits.NO)
    plan = PlayPlan(loaded.score, script=script, start=start, waits=waits, clock=36_000.0)
    live = Live(plan, [(3.0, Observation("press", "v"))], 20.0)
    assert live.ended.lateness.notes > 20


@pytest.mark.parametrize("kind", ["theatre"])
def test_nothing_is_ever_overwritten(room: Path) -> None:
    before = (room / "score.yaml").read_bytes()
    done = run("new", room)
    assert done.exit_code == 2
    assert "is there already and holds README.md, evening.cues" in done.output
    assert (room / "score.yaml").read_bytes() == before
    (room / "file").write_text("mine")
    assert "is there already, a file" in run("new", room / "file").output


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    assert run("new", tmp_path).exit_code == 0
    assert (tmp_path / "score.yaml").exists()


def test_what_cannot_be_made_is_told(tmp_path: Path) -> None:
    assert "make it first" in run("new", tmp_path / "a" / "b").output
    done = run("new", tmp_path / "b", "--kind", "theater")
    assert done.exit_code == 2
    assert 'did you mean "theatre"?' in done.output
    assert not (tmp_path / "b").exists()
