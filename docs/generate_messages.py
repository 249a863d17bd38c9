"""Writes docs/guide/messages.md: what beginners are told, out of the tests that fix its words.

By hand: `python docs/generate_messages.py`. templates/messages.toml says what is shown; the
messages come from the `.expected` files of the tests, or are asked of the package. MkDocs runs this
before every build (`hooks:` in mkdocs.yml); a test says when the committed page is out of date.
"""

from __future__ import annotations

import tempfile
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from leitmotor.commands.operator import first_cue_text
from leitmotor.score.explain import explain
from leitmotor.score.load import LoadedScore, load_score
from leitmotor.testing.listening import hear

DOCS = Path(__file__).parent
PAGE = DOCS / "guide" / "messages.md"
TEMPLATE = DOCS / "templates" / "messages.md"
TABLE = DOCS / "templates" / "messages.toml"
TESTS = DOCS.parent / "tests"

HEADS = ("you write", "it says", "what to do", "test")

SCORE = """\
score: 1
time: {start: on cue}
palettes: {cold: {lead: oboe, bed: strings, dynamic: pp..mp}}
motifs: {call: {notes: (ff) 1q 2 3 4}, answer: {notes: 5q 4 3 2}}
characters: {ann: {motif: call}, bob: {motif: answer}}
states: {calm: {palette: cold}}
scenes: [{id: hill, who: [ann], state: calm}]
cues: {she comes in: {when: {press: b}, do: motif call}}
"""
"""What is asked about what no file shows."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the page."""

    written: str
    said: str
    kind: str  # error, note, answer or explain
    do: str
    test: str


def on_pre_build(config: object) -> None:  # noqa: ARG001 - MkDocs calls it by this name
    """MkDocs' hook. Writes only what has changed, or `mkdocs serve` would build for ever."""
    text = page()
    if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
        PAGE.write_text(text, encoding="utf-8")


def page() -> str:
    """The whole page."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    chapters = [
        f"## {chapter['title']}\n\n{_table([shown(each) for each in chapter['messages']])}"
        for chapter in table["chapter"]
    ]
    return TEMPLATE.read_text(encoding="utf-8").replace("{chapters}", "\n\n".join(chapters))


def shown(entry: dict[str, Any]) -> Shown:
    """What an entry of the table shows. Raises `LookupError` where that is not said any more."""
    return _of_a_test(entry) if "in" in entry else _asked(entry)


def _of_a_test(entry: dict[str, Any]) -> Shown:
    path = TESTS / f"{entry['in']}.yaml"
    for line in path.with_suffix(".expected").read_text(encoding="utf-8").splitlines():
        if entry["says"] in line:
            _, number, _, said = line.split(":", 3)
            written = path.read_text(encoding="utf-8").splitlines()[int(number) - 1]
            kind = "error" if entry["in"].startswith("bad_scores/") else "note"
            test = path.relative_to(TESTS).as_posix()
            return Shown(_mono(written.strip(" -")), said.strip(), kind, entry["do"], test)
    raise LookupError(f"nothing of {path.name} says {entry['says']!r}")


# -- what no file shows ----------------------------------------------------------------------------


def _asked(entry: dict[str, Any]) -> Shown:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "score.yaml"
        file.write_text(SCORE, encoding="utf-8")
        loaded = load_score(file)
    about, ask = entry["about"], entry["ask"]
    written = about if isinstance(about, str) else ", then ".join(map(_mono, about))
    said = _ASKED[ask](loaded, about)
    test = str(entry["test"]).removeprefix("tests/")
    return Shown(written, said, "explain" if ask == "explain" else "answer", entry["do"], test)


def _answer(loaded: LoadedScore, cues: Sequence[str]) -> str:
    script = [(2.0 + number, cue) for number, cue in enumerate(cues)]
    effects = hear(loaded.score, *script, until=4.0).effects(cues[-1])
    if not effects:
        raise LookupError(f"{cues[-1]} is not answered")
    return effects[0].rule


def _waiting(loaded: LoadedScore, _: str) -> str:
    return first_cue_text(loaded.score)


def _explained(loaded: LoadedScore, _: str) -> str:
    title = "Dynamics that a palette holds back"
    table = next(each for each in explain(loaded) if each.title == title)
    return "; ".join(map(": ".join, zip(table.columns, table.rows[0], strict=True)))


_ASKED: dict[str, Callable[[LoadedScore, Any], str]] = {
    "answer": _answer,
    "waiting": _waiting,
    "explain": _explained,
}


# -- as a table ------------------------------------------------------------------------------------


def _table(rows: Sequence[Shown]) -> str:
    lines = [HEADS, ("---",) * len(HEADS)]
    for row in rows:
        said = f"*{row.kind}:* {_mono(row.said)}"
        lines.append((row.written, said, row.do, _mono(row.test)))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _mono(text: str) -> str:
    """As it is typed; in a table `|` ends the cell even inside backticks."""
    if "|" not in text and "`" not in text:
        return f"`{text}`"
    marked = escape(text, quote=False)
    for sign in "|`*_[]":
        marked = marked.replace(sign, f"&#{ord(sign)};")
    return f"<code>{marked}</code>"


if __name__ == "__main__":
    on_pre_build(None)
    print(f"{PAGE}: {len(PAGE.read_text(encoding='utf-8').splitlines())} lines")
