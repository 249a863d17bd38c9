"""Strict loading: rule 9 of the language, faults 35-38 and the poison corpus of the YAML part."""

from __future__ import annotations

import hashlib
from pathlib import Path
from textwrap import dedent

import pytest
import yaml

from leitmotor.errors import ScoreError
from leitmotor.score import tree
from leitmotor.score.marks import Mark, Value
from leitmotor.score.source import (
    LARGEST_FILE_BYTES,
    inspect_source,
    parse_source,
    read_source,
)

LOADERS = ["CSafeLoader", "SafeLoader"]


@pytest.fixture(params=LOADERS)
def _loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML with its parser in C, and without, as it installs where there is no compiler."""
    if not hasattr(yaml, request.param):
        pytest.skip("PyYAML was built without libyaml")
    monkeypatch.setattr(tree, "LOADER", getattr(yaml, request.param))


def errors_of(text: str | bytes) -> list[str]:
    """The problems of a text, without the file's name."""
    data = text if isinstance(text, bytes) else dedent(text).encode()
    with pytest.raises(ScoreError) as caught:
        parse_source(data, "s.yaml")
    assert caught.value.problems == tuple(sorted(caught.value.problems))
    return [str(problem).removeprefix("s.yaml:") for problem in caught.value.problems]


CORE_TYPES: list[tuple[str, Value]] = [
    ("true", True),
    ("false", False),
    ("True", "True"),
    ("TRUE", "TRUE"),
    ("yes", "yes"),
    ("no", "no"),
    ("on", "on"),
    ("off", "off"),
    ("y", "y"),
    ("n", "n"),
    ("0", 0),
    ("7", 7),
    ("-4", -4),
    ("+12", 12),
    ("010", "010"),
    ("-010", "-010"),
    ("0x1F", "0x1F"),
    ("0o17", "0o17"),
    ("0b11", "0b11"),
    ("1_000", "1_000"),
    ("1,000", "1,000"),
    ("4:30", "4:30"),
    ("18:00", "18:00"),
    ("190:20:30", "190:20:30"),
    ("10:02:03:04", "10:02:03:04"),
    ("1.5", 1.5),
    ("-0.5", -0.5),
    (".5", 0.5),
    ("1.", "1."),
    ("00.5", "00.5"),
    ("1e3", "1e3"),
    ("1.5e3", "1.5e3"),
    ("1.5e+3", "1.5e+3"),
    (".inf", ".inf"),
    ("-.inf", "-.inf"),
    (".nan", ".nan"),
    ("2026-10-24", "2026-10-24"),
    ("2026-10-24T18:00:00Z", "2026-10-24T18:00:00Z"),
    ("=", "="),
    ("nullify", "nullify"),
    ("4/4", "4/4"),
    ("7/8 (2+2+3)", "7/8 (2+2+3)"),
    ("-4 dB", "-4 dB"),
    ("+8%", "+8%"),
    ("p..f", "p..f"),
    ("<1 5>w~ | <1 5>w", "<1 5>w~ | <1 5>w"),
    ("F# dorian", "F# dorian"),
    ("'7'", "7"),
    ('"true"', "true"),
    ('"null"', "null"),
    ('""', ""),
    ("'~'", "~"),
    ("9007199254740992", 2**53),
    ("-9007199254740992", -(2**53)),
]


@pytest.mark.usefixtures("_loader")
@pytest.mark.parametrize(("written", "meant"), CORE_TYPES)
def test_only_core_types_of_yaml_1_2(written: str, meant: Value) -> None:
    """Fault 37: every place where YAML 1.1 and 1.2 differ, in block and in flow style."""
    block = parse_source(f"k: {written}\n".encode(), "s").tree["k"]
    assert (block, type(block)) == (meant, type(meant))
    if "," not in written:
        assert parse_source(f"a: {{k: {written}}}".encode(), "s").tree == {"a": {"k": meant}}
        assert parse_source(f"- {written}".join(["k:\n", "\n"]).encode(), "s").tree == {
            "k": [meant]
        }


@pytest.mark.parametrize("key", ["on", "yes", "010", "4:30", "1.5", "true", "2026-10-24", "1e3"])
def test_keys_are_always_text(key: str) -> None:
    assert parse_source(f"{key}: x".encode(), "s").tree == {key: "x"}


def test_numbers_are_remembered_as_written() -> None:
    source = parse_source(b"{number: 1.10, level: +12, plain: 1.5}", "s")
    assert source.as_written(("number",), 1.1) == "1.10"
    assert source.as_written(("level",), 12) == "+12"
    assert source.as_written(("plain",), 1.5) == "1.5"


def test_marks_of_values_and_keys_count_from_one() -> None:
    text = dedent(
        """\
        # a comment
        meta: {title: The Härbour, season: 1}
        scenes:
          - id: quay
            who: [mara, "ilan"]
        """
    ).encode()
    source = parse_source(text, "h.yaml")
    assert source.tree["scenes"] == [{"id": "quay", "who": ["mara", "ilan"]}]
    assert source.marks[()] == Mark("h.yaml", 2, 1)
    assert source.marks["meta", "season"] == Mark("h.yaml", 2, 36)
    assert source.keys["meta", "season"] == Mark("h.yaml", 2, 28)
    assert source.marks["scenes", 0] == Mark("h.yaml", 4, 5)
    assert source.marks["scenes", 0, "who", 1] == Mark("h.yaml", 5, 17)
    assert source.hash == hashlib.sha256(text).hexdigest()


def test_a_problem_falls_back_to_the_nearest_place_that_is_known() -> None:
    source = parse_source(b"a:\n  b: [x]\n", "s")
    assert str(source.problem(("a", "b", 0), "!")) == "s:2:7: !"
    assert str(source.problem(("a", "b", 7, "q"), "!")) == "s:2:6: !"
    assert str(source.key_problem(("a", "b"), "!")) == "s:2:3: !"
    assert str(source.key_problem(("a", "c"), "!")) == "s:2:3: !"
    assert str(source.problem(("z",), "!")) == "s:1:1: !"


def test_windows_line_ends_and_a_byte_order_mark_are_read() -> None:
    source = parse_source(b"\xef\xbb\xbfa: 1\r\nb:\r\n  c: 2\r\n", "s")
    assert source.tree == {"a": 1, "b": {"c": 2}}
    assert source.marks["b", "c"] == Mark("s", 3, 6)


@pytest.mark.usefixtures("_loader")
def test_private_notes_are_kept_out_at_every_level() -> None:
    text = "x-todo:\na: {x-why: {b: , b: 2}, c: 1}\nd:\n  - x-e: [~]\n    f: 1\n"
    source = parse_source(text.encode(), "s")
    assert source.tree == {"a": {"c": 1}, "d": [{"f": 1}]}
    assert not any("x-" in str(place) for place in (*source.marks, *source.keys))


REFUSED = [
    ("", "1:1: the file is empty; a score begins with `score: 1`"),
    ("# only a comment\n", "1:1: the file is empty; a score begins with `score: 1`"),
    ("---\n...\n", "1:1: the file is empty; a score begins with `score: 1`"),
    (
        "\n- a\n- b\n",
        "1:1: lines of the form `key: value` must stand here, not a list; "
        "a score begins with `score: 1`",
    ),
    (
        "mara",
        '1:1: lines of the form `key: value` must stand here, not the text "mara"; '
        "a score begins with `score: 1`",
    ),
    (
        "a: 1\nb: 2\na: 3\n",
        '3:1: "a" is already given in line 1; give each name once '
        "(blank, _ and - are the same in keys): delete one or rename it",
    ),
    (
        "t: {count-in: 1 bar, count_in: 2}",
        '1:22: "count_in" is already given in line 1; give each name once '
        "(blank, _ and - are the same in keys): delete one or rename it",
    ),
    (
        "motifs:\nwalk: 1q\n",
        '1:1: "motifs" has no value; write one after the colon, or indent what belongs to it below',
    ),
    (
        "a: ~\n",
        '1:1: "a" is given "~", which means nothing; leave the key out, or put the value in quotes',
    ),
    (
        "a: null\n",
        '1:1: "a" is given "null", which means nothing; leave the key out, '
        "or put the value in quotes",
    ),
    ("a:\n  - b\n  -\n", "3:4: this entry is empty; write a value or delete the entry"),
    ("a: [null]", '1:5: "null" means nothing here; write a value or delete the entry'),
    (
        "a: {lead: 7, q}",
        '1:14: a comma ends the entry here, so "q" has no value; '
        'write lead: [7, q] for a list or lead: "7, q" for one text',
    ),
    (
        "a: {b: [1], q}",
        '1:13: a comma ends the entry here, so "q" has no value; write q: VALUE',
    ),
    (
        "a: {b: 1, c: }",
        '1:11: "c" has no value; write one after the colon, or indent what belongs to it below',
    ),
    ("a: {tempo:88}", "1:5: a blank is missing after the colon; write `tempo: 88`"),
    ("?\n: x", "1:2: a key was expected before the colon, but nothing came; write one"),
    ("~: x", '1:1: a key was expected, but "~" came, which means nothing; put it in quotes'),
    ('"": x', "1:1: a key was expected, but an empty text came; write a name"),
    (
        "[a]: x\nb: 1",
        "1:1: a key was expected, but a bracket came; put the text in quotes",
    ),
    (
        "a: &b {c: 1}\n",
        '1:4: an anchor, "&b", is not used in scores; write the value out, use `like:`, '
        "or put a text that begins with & in quotes",
    ),
    (
        "a: *b\n",
        '1:4: an alias, "*b", is not used in scores; write the value out, use `like:`, '
        "or put a text that begins with * in quotes",
    ),
    (
        "*b : 1\n",
        '1:1: an alias, "*b", is not used in scores; write the value out, use `like:`, '
        "or put a text that begins with * in quotes",
    ),
    (
        "a: !b c\n",
        '1:4: a tag, "!b", is not used in scores; write the value out, use `like:`, '
        "or put a text that begins with ! in quotes",
    ),
    (
        "a:\n  <<: x\n",
        "2:3: merging (<<) is not used in scores; write `like: NAME` to copy an entry",
    ),
    (
        "a: 1\n---\nb: 2\n",
        "2:1: a second document begins here, and a file holds one; delete the line `---`",
    ),
    (
        "%YAML 1.1\n---\na: 1\n",
        "1:1: a line that begins with % is an instruction to YAML, not a score's; delete it",
    ),
    ("a: b\x07\n", "1:5: the invisible character U+0007 is not allowed; delete it"),
    ("a: b\u2028c\n", "1:5: the invisible character U+2028 is not allowed; delete it"),
    ('a: "\\x07"\n', "1:4: the invisible character U+0007 is not allowed; delete it"),
    ('"a\\tb": 1\n', "1:1: a key must stand on one line and hold no tab; shorten it"),
    (
        "a: 9007199254740993\n",
        "1:4: a number from -2^53 to 2^53 was expected, but 9007199254740993 came; "
        "write a smaller one, or put it in quotes if it is a text",
    ),
]


@pytest.mark.usefixtures("_loader")
@pytest.mark.parametrize(("text", "error"), REFUSED)
def test_what_yaml_accepts_and_a_score_does_not(text: str, error: str) -> None:
    assert errors_of(text) == [error]


def test_all_problems_come_at_once_also_before_the_place_where_yaml_stops() -> None:
    text = "a: 1\na: 2\nb:\nc: &d x\ne: {f, g: ~}\nh: [\n"
    assert [error.split(":")[:2] for error in errors_of(text)] == [
        ["2", "1"],
        ["3", "1"],
        ["4", "4"],
        ["5", "5"],
        ["5", "8"],
        ["6", "4"],
    ]


def test_what_was_understood_is_there_beside_the_problems() -> None:
    source, problems = inspect_source(b"a: 1\na: 2\nb: [x, ~]\n", "s")
    assert source.tree == {"a": 1, "b": ["x"]}
    assert [problem.line for problem in problems] == [2, 3]


def nested(depth: int) -> str:
    """Lists in lists below a key; the top level counts as one."""
    return "a: " + "[" * (depth - 1) + "]" * (depth - 1)


DEEP = [
    (nested(33), "1:35: "),
    ("[" * 100_000 + "]" * 100_000, "1:33: "),
    ("{a: " * 40_000, "1:129: "),
    ("- " * 60_000, "1:65: "),
    ("? " * 60_000, "1:65: "),
    ("a: 'it''s [' # [\nb: " + "[" * 99, "2:35: "),
    ("a: it's [[\nb: " + "[" * 99, "2:35: "),
    ("a: |\n  ' [\nb: " + "[" * 99, "3:35: "),
    ("a: x\n  'y\nb: " + "[" * 99, "3:35: "),
    ("\n".join("  " * i + f"k{i}:" for i in range(40)), "33:65: "),
    ("a:\n- b:\n  - c:\n    - d: " + "[" * 99, "4:35: "),
]


@pytest.mark.usefixtures("_loader")
@pytest.mark.parametrize(("text", "place"), DEEP)
def test_deep_nesting_is_refused(text: str, place: str) -> None:
    """Fault 36 and yaml-depth of the poison corpus."""
    error = next(error for error in errors_of(text) if "nesting" in error)
    assert error.startswith(f"{place}nesting deeper than 32; close a bracket")


SHALLOW = [
    nested(32),
    "a: '" + "[" * 99 + "'",
    'a: "\\"' + "[" * 99 + '"',
    "a: {b: '" + "[" * 99 + '\', "c":"' + "[" * 99 + '"}',
    "a: 1 # " + "[" * 99,
    "a: x" + "[" * 99,
    "a: |\n  " + "[" * 99 + "\n\n  [[[\nb: 1",
    "a: x\n  " + "[" * 99 + "\nb: 1",
    "a: [x, # " + "[" * 99 + "\n y]",
    "- " * 31 + "x: y",
]


@pytest.mark.parametrize("text", SHALLOW)
def test_brackets_in_quotes_comments_and_texts_do_not_nest(text: str) -> None:
    _, problems = inspect_source(text.encode(), "s")
    assert not [problem for problem in problems if "nesting" in problem.text]


MERGE_BOMB = "a0: &a0 {k: v}\n" + "".join(
    f"a{i}: &a{i}\n  <<: [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 9)
)
LAUGHS = "a0: &a0 [x]\n" + "".join(
    f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 11)
)


@pytest.mark.usefixtures("_loader")
@pytest.mark.parametrize(
    ("text", "first"),
    [
        (MERGE_BOMB, '1:5: an anchor, "&a0", '),
        (LAUGHS, '1:5: an anchor, "&a0", '),
        ("a: &a [*a]", '1:4: an anchor, "&a", '),
        ('a: "\\ud800"', "1:"),
        ('a: "\\U00110000"', "1:"),
        ("a: " + "9" * 20_000, "1:4: a text of 20000 bytes, at most 4096 are allowed; split it"),
        ("a: " + "9" * 4000, "1:4: a number from -2^53 to 2^53 was expected, but 99999"),
        ("a: " + "9" * 400 + ".5", "1:4: a number from -2^53 to 2^53 was expected, but inf came"),
        ("a: " + "é" * 2049, "1:4: a text of 4098 bytes, at most 4096 are allowed; split it"),
        ("a: [" + "x," * 50_000 + "]", "1:99999: more than 50000 keys and values; split the file"),
        ("a: \x00", "1:4: the invisible character U+0000 is not allowed; delete it"),
        ("a: 1\n" + "#\x00\n" * 80_000, "2:2: the invisible character U+0000"),
        ("a: " + "*a," * 80_000, '1:4: an alias, "*a'),
        ('"' * 200_001, "1:"),
        ("a: |\n" * 50_000, '1:1: "a" has no value'),
    ],
    ids=lambda value: value[:12],
)
def test_poison_is_refused_at_its_place(text: str, first: str) -> None:
    """Fault 35 and the YAML part of the poison corpus."""
    errors = errors_of(text)
    assert len(errors) <= 1100
    if text.startswith("a: |"):
        assert errors[0].startswith('2:1: "a" is already given in line 1')
    else:
        assert errors[0].startswith(first)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"a: 1\nb: \xff\n", "1:1: the file is not UTF-8 text (see line 2); save it again with"),
        ("a: 1".encode("utf-16"), "1:1: the file is not UTF-8 text (see line 1)"),
        (b"a: \xed\xa0\x80", "1:1: the file is not UTF-8 text (see line 1)"),
        (b"#" * (LARGEST_FILE_BYTES + 1), "1:1: the file is larger than 256 KiB; split it"),
    ],
)
def test_files_that_cannot_be_a_score(data: bytes, error: str) -> None:
    assert errors_of(data)[0].startswith(error)


def test_a_file_is_read_under_the_name_it_is_shown_by(tmp_path: Path) -> None:
    (tmp_path / "score.yaml").write_text("a: ~", encoding="utf-8")
    with pytest.raises(ScoreError, match=r"^harbour/score\.yaml:1:1: "):
        read_source(tmp_path / "score.yaml", "harbour/score.yaml")
    with pytest.raises(ScoreError, match=r'no such file; did you mean "score\.yaml"\?$'):
        read_source(tmp_path / "scores.yaml")
    with pytest.raises(ScoreError, match=r":1:1: this is a folder; name the file in it$"):
        read_source(tmp_path)
    with pytest.raises(ScoreError, match=r"cannot be read \("):
        read_source(tmp_path / "a\0b")
