"""Scores in several files (rule 8)."""

from __future__ import annotations

from pathlib import Path

import pytest

from leitmotor.errors import ScoreError
from leitmotor.score.includes import LARGEST_SCORE_BYTES, load_with_includes
from leitmotor.score.marks import Mark
from leitmotor.score.source import read_source


def written(folder: Path, **files: str) -> Path:
    """Writes files (`a__b` is a/b.yaml) and gives the path of `score`."""
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "score.yaml"


def errors_of(path: Path) -> list[str]:
    with pytest.raises(ScoreError) as caught:
        load_with_includes(path, "score.yaml")
    return [str(problem) for problem in caught.value.problems]


def test_files_are_merged_key_by_key_and_marks_know_their_file(tmp_path: Path) -> None:
    score = written(
        tmp_path,
        score=("score: 1\ninclude: [more/m.yaml, cues.yaml]\nmotifs: {a: 1q}\nscenes:\n- id: x\n"),
        more__m="score: 1\nmotifs:\n  b: {notes: 2q}\nscenes: [{id: y}]\n",
        cues="cues: {go: {number: 1.10}}\n",
    )
    source = load_with_includes(score, "show/score.yaml")
    assert source.tree == {
        "score": 1,
        "motifs": {"a": "1q", "b": {"notes": "2q"}},
        "scenes": [{"id": "x"}, {"id": "y"}],
        "cues": {"go": {"number": 1.1}},
    }
    assert source.marks["motifs", "b", "notes"] == Mark("show/more/m.yaml", 3, 14)
    assert source.keys["motifs", "b"] == Mark("show/more/m.yaml", 3, 3)
    assert source.marks["scenes", 1, "id"] == Mark("show/more/m.yaml", 4, 15)
    assert source.as_written(("cues", "go", "number"), 1.1) == "1.10"
    assert str(source.problem(("cues", "go", "do"), "!")) == "show/cues.yaml:1:12: !"


def test_a_single_file_needs_no_list_and_no_includes_change_nothing(tmp_path: Path) -> None:
    score = written(tmp_path, score="score: 1\ninclude: m.yaml\n", m="motifs: {a: 1q}")
    assert load_with_includes(score).tree == {"score": 1, "motifs": {"a": "1q"}}
    alone = written(tmp_path, score="score: 1\n")
    assert load_with_includes(alone) == read_source(alone)


def test_the_hash_covers_every_file(tmp_path: Path) -> None:
    score = written(tmp_path, score="include: m.yaml\n", m="motifs: {a: 1q}")
    before = load_with_includes(score).hash
    written(tmp_path, m="motifs: {a: 2q}")
    assert load_with_includes(score).hash != before


def test_each_name_once_over_all_files(tmp_path: Path) -> None:
    score = written(
        tmp_path,
        score="score: 1\ninclude: [m.yaml]\nmotifs:\n  the-walk: 1q\nmeta: {title: A}\n",
        m="score: 2\nmotifs: {the walk: 2q}\nmeta: text\n",
    )
    assert errors_of(score) == [
        'm.yaml:1:1: "score" is already given in score.yaml:1; delete one or rename it',
        'm.yaml:2:10: "the walk" is already given in score.yaml:4; delete one or rename it',
        'm.yaml:3:1: "meta" is already given in score.yaml:5; delete one or rename it',
    ]


def test_problems_of_all_files_come_together(tmp_path: Path) -> None:
    score = written(
        tmp_path,
        score="include: [m.yaml, nn.yaml, 7, m.yaml, score.yaml]\na: ~\n",
        m="include: [n.yaml]\nb:\n",
        n="c: 1",
    )
    errors = errors_of(score)
    assert [error.split(";")[0] for error in errors] == [
        "m.yaml:1:1: an included file cannot include others",
        'm.yaml:2:1: "b" has no value',
        'score.yaml:1:19: "nn.yaml" cannot be included: there is no such file',
        "score.yaml:1:28: the name of a file must stand here",
        'score.yaml:1:31: "m.yaml" cannot be included: it is read already',
        'score.yaml:1:39: "score.yaml" cannot be included: it is read already',
        'score.yaml:2:1: "a" is given "~", which means nothing',
    ]


@pytest.mark.parametrize(
    "name",
    [
        "../m.yaml",
        "/etc/passwd",
        "a/../../m.yaml",
        "C:/m.yaml",
        r"a\m.yaml",
        "..",
        "link/m.yaml",
        "l.yaml",
        ".",
    ],
)
def test_nothing_outside_of_the_folder_is_read(tmp_path: Path, name: str) -> None:
    outside = tmp_path / "outside"
    written(outside.parent, m="a: secret")
    outside.mkdir()
    written(outside, m="a: secret")
    show = tmp_path / "show"
    score = written(show, score=f"include: ['{name}']\n")
    (show / "link").symlink_to(outside, target_is_directory=True)
    (show / "l.yaml").symlink_to(outside / "m.yaml")
    (error,) = errors_of(score)
    assert error.startswith(f'score.yaml:1:11: "{name}" cannot be included: ')


def test_a_score_larger_than_two_mebibytes_is_refused(tmp_path: Path) -> None:
    count = LARGEST_SCORE_BYTES // 250_000 + 1
    parts = {f"m{i}": f"k{i}: 1\n#{'x' * 250_000}" for i in range(count)}
    names = ", ".join(f"{name}.yaml" for name in parts)
    score = written(tmp_path, score=f"include: [{names}]\n", **parts)
    (error,) = errors_of(score)
    assert (
        f'"m{count - 1}.yaml" cannot be included: all files together are larger than 2048 KiB'
        in error
    )
