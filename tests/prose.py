"""Runs what a page of prose shows: files are written, commands are run, outputs are compared.

In a page of Markdown

- a block whose first line is `# NAME.yaml` or `# NAME.cues` is that file;
- in an `sh` block, lines that begin with `leitmotor` are commands. They must end with 0, or as
  `# ends with 1` says behind them. `leitmotor play` is only read, for it would play, and so is what
  needs a journal that it would have written;
- after a line `<!-- prints -->` comes what the last command wrote;
- after a line `<!-- in NAME.events -->` come lines of that trace, in its order, with lines, columns
  and digits left out.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import typer
from tests.regenerate import ROOT
from typer.testing import CliRunner

from leitmotor.commands.app import app

_BLOCK = re.compile(
    r"(?P<prints><!-- prints -->\n+)?"
    r"(?:<!-- in (?P<trace>\S+) -->\n+)?"
    r"^(?P<indent> *)```(?P<kind>\w*)\n(?P<text>.*?)^(?P=indent)```$",
    re.MULTILINE | re.DOTALL,
)
_FILE = re.compile(r"# (?P<name>\S+\.(?:yaml|cues))\n")
_ENDS_WITH = re.compile(r"#\s*ends with (\d)")
_NOT_RUN = ("play", "ports")  # they would play, or ask for the ports of this machine
_JOURNAL = ".journal"


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a page. `file` is its name where it is a file; `prints` says it is an output;
    `trace` is the trace that holds its lines."""

    kind: str
    text: str
    file: str
    prints: bool
    trace: str


def blocks(page: Path) -> Iterator[Block]:
    """The blocks of a page, in order."""
    for found in _BLOCK.finditer(page.read_text(encoding="utf-8")):
        named = _FILE.match(found["text"])
        prints = found["prints"] is not None
        name = named["name"] if named else ""
        yield Block(found["kind"], found["text"], name, prints, found["trace"] or "")


def pages() -> list[Path]:
    """Every page of the documentation."""
    return sorted((ROOT / "docs").glob("**/*.md"))


def commands(page: Path) -> list[str]:
    """The commands that a page shows."""
    return [line for block in blocks(page) if block.kind == "sh" for line in _commands(block.text)]


def executed(page: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Do all that a page shows, in an empty folder beside the shipped scores; its commands."""
    monkeypatch.chdir(folder)
    for shipped in ("scores", "examples"):
        (folder / shipped).symlink_to(ROOT / shipped, target_is_directory=True)
    done, said = [], ""
    for block in blocks(page):
        if block.file:
            target = folder / block.file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(block.text, encoding="utf-8")
        elif block.prints:
            assert block.text.strip() in said, f"{page.name}: printed was\n{said}"
        elif block.trace:
            _holds((folder / block.trace).read_text(encoding="utf-8"), block.text)
        elif block.kind == "sh":
            for command in _commands(block.text):
                said = _ran(command)
                done.append(command)
    return done


def _holds(trace: str, shown: str) -> None:
    """The lines that are shown stand in the trace, one after the other; raises where not."""
    rest = iter(trace.splitlines())
    for line in filter(None, shown.splitlines()):
        assert any(_is_of(line, full) for full in rest), f"not there: {line}"


def _is_of(shown: str, full: str) -> bool:
    """Whether a line is another one with columns left out. Two blanks divide what is shown."""
    words, place = _words(full), 0
    for group in map(_words, re.split(r"\s{2,}", shown.strip())):
        ends = range(place + len(group), len(words) + 1)
        found = (end for end in ends if all(map(_same_word, group, words[end - len(group) : end])))
        place = next(found, 0)
        if not place:
            return False
    return True


def _words(line: str) -> list[str]:
    return re.sub(r"[;:,](?=\s|$)", "", line).split()


def _same_word(shown: str, full: str) -> bool:
    return full == shown or ("." in shown and full.startswith(shown) and full[-1].isdigit())


def _commands(text: str) -> Iterator[str]:
    joined = re.sub(r"\\\n\s*", "", text)
    return (line.strip() for line in joined.splitlines() if line.strip().startswith("leitmotor "))


def _ran(command: str) -> str:
    typed, _, _ = command.partition(" > ")  # a shell would put the output into a file
    arguments = shlex.split(typed, comments=True)[1:]
    wanted = _ENDS_WITH.search(command)
    if arguments[0] in _NOT_RUN or any(each.endswith(_JOURNAL) for each in arguments):
        _understood(arguments)
        return ""
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == int(wanted[1] if wanted else 0), f"{command}\n{result.output}"
    return result.output


def _understood(arguments: list[str]) -> None:
    """The options exist and the score can be played; raises where not."""
    group = typer.main.get_command(app)
    assert isinstance(group, typer.core.TyperGroup)
    command = group.commands[arguments[0]]
    context = command.make_context(arguments[0], arguments[1:], resilient_parsing=False)
    if "path" in context.params:
        checked = CliRunner().invoke(app, ["check", str(context.params["path"])])
        assert checked.exit_code == 0, checked.output
