"""Every command with its exit codes: 0 fine, 1 the author's, 2 usage, 3 equipment, 4 ours."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from leitmotor import __version__
from leitmotor.commands import check as check_command
from leitmotor.commands.app import app

SMALL = """\
score: 1
meta: {title: Small}
time: {tempo: 240}
characters:
  mara: {motif: walk}
motifs:
  walk: {notes: 1q 3q 5q 3q | 1w}
scenes:
  - {id: quay, who: [mara]}
  - {id: files, who: [mara]}
cues:
  betrayal: {when: {press: b}, do: go files}
  hush: {number: 12, do: stop}
"""
SCRIPT = "0 go quay\n1 betrayal\n3 hush\n"
WRONG = SMALL.replace("motif: walk", "motif: wlak").replace("go files", "go fiels")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a score and no script."""
    (tmp_path / "score.yaml").write_text(SMALL)
    return tmp_path


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


# --------------------------------------------------------------------------------------------------
# Starting


def test_version() -> None:
    assert _run("--version").output == f"leitmotor {__version__}\n"


def test_help_names_every_command() -> None:
    said = _run("--help").output
    assert all(f" {verb} " in said for verb in ("check", "explain", "render", "play", "ports"))


@pytest.mark.parametrize(
    ("command", "more"),
    [
        (["--help"], ["pydantic", "rtmidi", "sounddevice", "multiprocessing"]),
        # Newer releases of typer read options by means of pydantic.
        (["play", "--help"], ["rtmidi", "sounddevice", "multiprocessing"]),
        (["ports"], ["multiprocessing"]),
    ],
)
def test_help_and_ports_load_no_library_that_they_do_not_need(
    command: list[str], more: list[str]
) -> None:
    heavy = ["aiohttp", "mido", "numpy", "rich", "yaml", *more]
    program = (
        f"import sys; sys.argv[1:] = {command!r}; from leitmotor.cli import main; code = main()\n"
        f"print('loaded', *[name for name in {heavy!r} if name in sys.modules]); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "loaded"


@pytest.mark.parametrize(
    "arguments", [["plya"], ["check"], ["check", "a", "--nonsense"], ["render", "a", "--seed", "x"]]
)
def test_usage_errors_are_2(arguments: list[str]) -> None:
    assert _run(*arguments).exit_code == 2


# --------------------------------------------------------------------------------------------------
# check


def test_check_says_what_a_score_holds(folder: Path) -> None:
    done = _run("check", folder)
    assert done.exit_code == 0
    assert "Small: 1 motif, 1 character, 2 scenes, 2 cues, 5 written notes" in done.output


def test_check_reports_all_errors_with_their_places(folder: Path) -> None:
    (folder / "score.yaml").write_text(WRONG)
    done = _run("check", folder)
    assert done.exit_code == 1
    assert f"{folder / 'score.yaml'}:5:" in done.output
    assert f"{folder / 'score.yaml'}:12:" in done.output
    assert 'did you mean "walk"?' in done.output
    assert 'did you mean "files"?' in done.output
    assert done.output.endswith("2 errors\n")


def test_notes_are_errors_only_when_strict(folder: Path) -> None:
    heard_nowhere = SMALL.replace("scenes:", "  stroll: {notes: 1w}\nscenes:")
    (folder / "score.yaml").write_text(heard_nowhere)
    done = _run("check", folder)
    assert done.exit_code == 0
    assert ": note: " in done.output
    assert _run("check", folder, "--strict").exit_code == 1


def test_what_is_not_yet_performed_is_listed(folder: Path) -> None:
    (folder / "score.yaml").write_text(SMALL.replace("press: b", "dialogue: starts"))
    done = _run("check", folder)
    assert done.exit_code == 0
    assert "score.yaml:12:" in done.output
    assert "understood, not yet performed: " in done.output


def test_check_for_programs(folder: Path) -> None:
    good = json.loads(_run("check", folder, "--json").output)
    assert (good["ok"], good["summary"]["scenes"]) == (True, 2)
    (folder / "score.yaml").write_text(WRONG)
    done = _run("check", folder, "--json")
    assert done.exit_code == 1
    bad = json.loads(done.output)
    assert (bad["ok"], bad["summary"]) == (False, None)
    assert [(p["kind"], p["line"]) for p in bad["problems"]] == [("error", 5), ("error", 12)]


def test_check_reads_the_cue_scripts_of_a_folder(folder: Path) -> None:
    (folder / "show.cues").write_text("0 betrayl\n")
    done = _run("check", folder)
    assert done.exit_code == 1
    assert f"{folder / 'show.cues'}:1:3: " in done.output


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("show.cues", "this is a cue script; check its folder: leitmotor check {folder}"),
        ("a.mid", "this is a MIDI file"),
    ],
)
def test_what_is_no_score_is_told_by_its_name(folder: Path, name: str, said: str) -> None:
    (folder / name).write_text(SCRIPT)
    done = _run("check", folder / name)
    assert done.exit_code == 1
    assert said.format(folder=folder) in done.output


def test_a_score_without_a_title_is_called_like_its_file_or_folder(folder: Path) -> None:
    untitled = SMALL.replace("meta: {title: Small}\n", "")
    for name, title in (("score.yaml", folder.name), ("other.yaml", "other")):
        (folder / name).write_text(untitled)
        assert f"{title}: 1 motif" in _run("check", folder / name).output
        assert f" {title} " in _run("explain", folder / name).output
        _run("render", folder / name, "--until", "1", "--out", folder / "x.mid")
        assert title.encode() in (folder / "x.mid").read_bytes()


# --------------------------------------------------------------------------------------------------
# explain, schema, ports


def test_explain_shows_defaults(folder: Path) -> None:
    done = _run("explain", folder)
    assert done.exit_code == 0
    assert "walk" in done.output
    assert "240" in done.output


@pytest.mark.parametrize("arguments", [["schema"], ["schema", "--rig"]])
def test_schema_is_json(arguments: list[str]) -> None:
    schema = json.loads(_run(*arguments).output)
    assert schema["$schema"].startswith("https://json-schema.org/")


def test_ports_never_fail() -> None:
    done = _run("ports")
    assert done.exit_code == 0
    assert done.output.strip()
    listing = json.loads(_run("ports", "--json").output)
    assert bool(listing["ports"]) != bool(listing["reason"])


# --------------------------------------------------------------------------------------------------
# render


def test_render_writes_files_and_says_where_and_why_it_ends(folder: Path) -> None:
    (folder / "show.cues").write_text(SCRIPT)
    outs = [folder / "a.mid", folder / "a.events"]
    done = _run("render", folder, "--out", outs[0], "--trace", outs[1])
    assert done.exit_code == 0, done.output
    assert "(3.000 s), 9 notes" in done.output
    assert "ends there: the music has ended" in done.output
    again = [folder / "b.mid", folder / "b.events"]
    _run("render", folder, "--out", again[0], "--out", again[1])
    assert [out.read_bytes() for out in outs] == [out.read_bytes() for out in again]
    assert "files" in outs[1].read_text()


def test_render_without_out_says_what_it_would_be(folder: Path) -> None:
    done = _run("render", folder, "--until", "2")
    assert done.exit_code == 0
    assert "nothing was written: add --out" in done.output
    assert "0:02.0 (2.000 s)" in done.output


def test_a_script_beside_a_score_that_waits_is_named(folder: Path) -> None:
    (folder / "show.cues").write_text(SCRIPT)
    score = folder / "score.yaml"
    score.write_text(SMALL.replace("time: {", "time: {start: on cue, "))
    said = f"show.cues lies beside it: name the folder, or add --cues {folder / 'show.cues'}\n"
    assert said in _run("render", score).output
    assert "lies beside it" not in _run("render", folder).output


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--until", "soon"], 2, "--until: "),
        (["--out", "virtual"], 2, "for `leitmotor play`"),
        (["--out", "midi:piano"], 2, "for `leitmotor play`"),
        (["--out", "x.mp5"], 2, "unknown output `x.mp5`"),
        (["--out", "no/such/folder/x.mid"], 3, "there is no folder"),
        (["--cues", "nothing.cues"], 1, "there is no such file"),
    ],
)
def test_what_render_cannot_do(folder: Path, arguments: list[str], code: int, said: str) -> None:
    done = _run("render", folder, *arguments)
    assert (done.exit_code, said in done.output) == (code, True), done.output


def test_errors_in_a_cue_script_have_places(folder: Path) -> None:
    (folder / "show.cues").write_text("0 betrayl\nsoon hush\n")
    done = _run("render", folder)
    assert done.exit_code == 1
    assert f"{folder / 'show.cues'}:1:3: " in done.output
    assert f"{folder / 'show.cues'}:2:1: " in done.output


def test_several_scripts_want_a_choice(folder: Path) -> None:
    for name in ("a.cues", "b.cues"):
        (folder / name).write_text(SCRIPT)
    done = _run("render", folder)
    assert done.exit_code == 2
    assert "several cue scripts: a.cues, b.cues; choose one with --cues" in done.output
    assert _run("render", folder, "--cues", folder / "b.cues").exit_code == 0


@pytest.mark.parametrize(
    ("path", "said"),
    [("missing.yaml", "there is no such file"), ("empty", "the folder has no score.yaml")],
)
def test_paths_that_hold_no_score(tmp_path: Path, path: str, said: str) -> None:
    (tmp_path / "empty").mkdir()
    for command in ("check", "explain", "render", "play"):
        done = _run(command, tmp_path / path)
        assert (done.exit_code, said in done.output) == (1, True), done.output


# --------------------------------------------------------------------------------------------------
# faults


def test_what_nobody_expected_is_our_fault_in_one_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_inquiry: object) -> int:
        raise RuntimeError("a bolt is loose")

    monkeypatch.setattr(check_command, "check", broken)
    monkeypatch.delenv("LEITMOTOR_TRACEBACK", raising=False)
    done = _run("check", folder)
    assert done.exit_code == 4
    assert "a fault of leitmotor, not yours (RuntimeError: a bolt is loose)" in done.output
    assert "Traceback" not in done.output
    monkeypatch.setenv("LEITMOTOR_TRACEBACK", "1")
    assert "Traceback" in _run("check", folder).output


def test_ctrl_c_is_no_fault(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_inquiry: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(check_command, "check", interrupted)
    done = _run("check", folder)
    assert (done.exit_code, done.output) == (130, "")
