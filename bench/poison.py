"""Bad scores: bytes that hang or crash other readers, bombs, and what beginners type.

Each is made by a recipe, so that nothing of megabytes has to be kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from bench.big_score import written
from bench.report import ROOT

_LIMIT = 256 * 1024
_HEAD = "score: 1\n"
_MOTIF = _HEAD + "motifs:\n  m: {notes: 1q 2 3 4}\n"
_STATED = _HEAD + "motifs:\n  m:\n    notes: 1q 2 3 4\n    states:\n      s: {vary: %s}\n"

_BEGINNERS = {
    "blank before the value": "1 q 2 q",
    "commas": "'1q, 2e'",
    "capital pitch": "C4q",
    "decimal value": "1.5q",
    "octave after the value": "1q'",
    "unclosed chord": "<1 3 5q",
    "no value at all": "1 2 3",
    "a note that is none": "Hq 1q",
}

_ODD_VALUES = (
    "no",
    "on: x",
    "4:30",
    "190:20:30",
    "010",
    "1e3",
    "1_000",
    "2026-10-24",
    "9" * 4000,
    '"\\ud800"',
    ".inf",
    ".nan",
    "0x1F",
    "~",
    "1e308",
    "-0",
)


def poisons() -> Iterator[tuple[str, bytes]]:
    """Every bad score with its name."""
    yield from _bytes()
    yield from _yaml()
    yield from _full()
    yield from _bombs()
    yield from _beginners()
    yield from _shipped_and_broken()


def _bytes() -> Iterator[tuple[str, bytes]]:
    yield "empty", b""
    yield "only blanks", b" \n\t\n" * 50
    yield "not UTF-8", b"score: 1\nmeta: {title: \xff\xfe\xc3\x28}\n"
    yield "UTF-16", _MOTIF.encode("utf-16")
    yield "zeros", b"\0" * _LIMIT
    yield "every byte", bytes(range(256)) * 900
    yield "too long", (_MOTIF + "# " + "x" * 20_000_000).encode()
    yield "one long line", (_HEAD + "meta: {title: " + "x" * (_LIMIT - 60) + "}\n").encode()
    yield "carriage returns", _MOTIF.replace("\n", "\r").encode()


def _yaml() -> Iterator[tuple[str, bytes]]:
    merged = "a0: &a0 {k: 1}\n"
    laughs = "a0: &a0 [x, x]\n"
    for n in range(1, 11):
        merged += f"a{n}: &a{n}\n  <<: [{', '.join([f'*a{n - 1}'] * 9)}]\n"
        laughs += f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n"
    yield "merge keys upon merge keys", (_HEAD + merged).encode()
    yield "aliases of aliases", (_HEAD + laughs).encode()
    yield "an alias of itself", b"score: 1\nmeta: &a [*a]\n"
    yield "deep, in brackets", b"[" * 100_000 + b"]" * 100_000
    yield "deep, in braces", b"score: " + b"{a: " * 50_000
    yield "deep, by dashes", b"- " * 100_000
    indented = "".join(f"{' ' * n}a:\n" for n in range(600))
    yield "deep, indented", indented.encode()
    yield "deep, questions", b"? " * 100_000
    yield "a tag", b"score: 1\nmeta: !!python/object/apply:os.system [echo]\n"
    yield "many documents", b"---\n" * 60_000
    yield "unclosed quote", (_HEAD + 'meta: {title: "' + "x\n" * 100_000).encode()
    for value in _ODD_VALUES:
        text = f"{_HEAD}time: {{tempo: {value}}}\nmotifs:\n  m: {{notes: {value}}}\n"
        yield f"odd value {value[:12]}", text.encode()


def _full() -> Iterator[tuple[str, bytes]]:
    """As many faults as fit into a file."""
    yield "a list of letters", _filled("motifs: [", "a,", "]")
    yield "unknown keys", _filled("", "k{n}: 1\n")
    yield "the same key again", _filled("", "meta: {title: x}\n")
    yield "unknown names", _filled("scenes:\n", "  - {id: s{n}, state: t{n}}\n")
    yield "misspelt verbs", _filled("cues:\n", "  c{n}: {do: goo s{n}}\n")
    yield "broken notes", _filled("motifs:\n  m:\n    notes: ", "1x 9q' ")
    yield "one long verb", _filled("cues:\n  c:\n    do: go a", " at next bar")
    yield "verbs without end", _filled("cues:\n  c:\n    do: [", "tempo 1 over, ", "x]\n")
    yield "numerals", _filled("motifs: {m: {notes: 1q}}\nharmony:\n  h: ", "viiø9/IVq | ")
    yield "rows of drums", _filled("figures:\n  f: {role: pulse, drums: {lo: ", "X.q", "}}\n")
    yield "brackets in notes", _filled("motifs:\n  m:\n    notes: ", "t3(")
    yield "chords in notes", _filled("motifs:\n  m:\n    notes: ", "<1 ")
    yield "like in a circle", _filled("palettes:\n", "  p{n}: {like: p{m}}\n")
    yield "like upon like", _filled("palettes:\n  p-1: {lead: piano}\n", "  p{n}: {like: p{b}}\n")
    yield "include itself", b"score: 1\ninclude: [score.yaml, ../../etc/passwd, /dev/zero]\n"
    yield "matchers", _filled("cues:\n", "  c{n}: {when: {osc: /a/*{n}, midi: x}, do: go $9}\n")
    yield "units", _filled("states:\n", "  s{n}: {tempo: 1 bars, rest: 3 feet, dynamic: loud}\n")


def _bombs() -> Iterator[tuple[str, bytes]]:
    """Few bytes that ask for much."""
    yield (
        "sequences of sequences",
        (_STATED % f"[{', '.join(['sequence 99 up 1 step'] * 6)}]").encode(),
    )
    yield "augmented without end", (_STATED % f"[{', '.join(['augment 99'] * 20)}]").encode()
    yield "ornaments", (_STATED % f"[{', '.join(['ornament turn'] * 12)}]").encode()
    yield "thick", (_STATED % f"[{', '.join(['thicken octaves'] * 30)}]").encode()
    yield "transposed far", (_STATED % "[transpose +99999999999 semitones]").encode()
    yield "many times", f"{_HEAD}motifs:\n  m: {{notes: 1q, loop: 999999999 times}}\n".encode()
    yield "a tuplet of thousands", f"{_HEAD}motifs:\n  m: {{notes: t99999(1q)}}\n".encode()
    yield "a metre of millions", (_MOTIF + "time: {metre: 999999999/64}\n").encode()
    yield "long phrase", (_MOTIF + "time: {phrase: 99999999999999 bars}\n").encode()
    yield "far octave", f"{_HEAD}motifs:\n  m: {{notes: 1q{'+' * 5000}}}\n".encode()


def _beginners() -> Iterator[tuple[str, bytes]]:
    for name, notes in _BEGINNERS.items():
        yield f"beginner: {name}", f"{_HEAD}motifs:\n  m: {{notes: {notes}}}\n".encode()
    yield "beginner: a tab", b"score: 1\nmotifs:\n\tm: {notes: 1q}\n"
    yield "beginner: no colon", b"score 1\nmotifs\n"
    yield "beginner: bpm", (_MOTIF + "time: {bpm: 90}\n").encode()
    yield "beginner: on", (_MOTIF + "cues: {c: {on: {press: a}, action: go x}}\n").encode()
    yield "beginner: comma in do", (_MOTIF + "cues: {c: {do: go x, tempo 90}}\n").encode()


def _shipped_and_broken() -> Iterator[tuple[str, bytes]]:
    film = ROOT / "scores" / "elephants-dream" / "score.yaml"
    for path in (film,) if film.exists() else ():
        yield from _broken(path)
    long_one = written(5000)
    yield "5,000 lines, keys misspelt", _misspelt(long_one).encode()
    yield "5,000 lines, cut off", long_one.encode()[:-3777]
    yield "5,000 lines, values gone", re.sub(r": [^{\[\n][^\n]*", ": 7", long_one).encode()


def _broken(path: Path) -> Iterator[tuple[str, bytes]]:
    text = path.read_text(encoding="utf-8")
    name = path.parent.name
    yield f"{name}, keys misspelt", _misspelt(text).encode()
    yield f"{name}, numbers gone wrong", re.sub(r"\d+", "999999", text).encode()
    yield f"{name}, commas gone", text.replace(",", "").encode()
    yield f"{name}, backwards", "\n".join(reversed(text.splitlines())).encode()


def _misspelt(text: str) -> str:
    """Two letters of each key change places."""
    body = re.sub(r"(\w)(\w)(\w*):(?= |\n)", r"\2\1\3:", text.partition("\n")[2])
    return _HEAD + body


def _filled(start: str, each: str, end: str = "") -> bytes:
    """The unit again and again, numbered, as long as the file stays just within the limit."""
    parts = [_HEAD, start]
    size, n = len(_HEAD) + len(start) + len(end), 0
    while True:
        unit = each.replace("{n}", str(n)).replace("{m}", str(n + 1)).replace("{b}", str(n - 1))
        if size + len(unit) > _LIMIT - 64:
            break
        parts.append(unit)
        size += len(unit)
        n += 1
    return "".join([*parts, end]).encode()
