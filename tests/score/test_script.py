"""Cue scripts, language §10."""

from __future__ import annotations

from fractions import Fraction

import pytest

from leitmotor.errors import ScoreError
from leitmotor.messages import GO, AfterPrevious, AtBar, AtSceneBar, Do, Fire, Set
from leitmotor.score.names import Names
from leitmotor.score.script import ScriptLine, parse_script

HOUR = 24 * 3600


def parse(names: Names, text: str, rate: Fraction = Fraction(24)) -> tuple[ScriptLine, ...]:
    return parse_script(text, "show.cues", names, rate, HOUR)


def test_every_form_of_a_line(names: Names) -> None:
    lines = parse(
        names,
        "# a comment\n"
        "0                go quay\n"
        "\n"
        "27.5             letter opened\n"
        "00:01:10.000     letter who=mara n=3   # she waits\n"
        "1:05             GO\n"
        "01:00:02:12      go files\n"
        "bar 33           tension = 0.8\n"
        "bar 40 beat 3.5  city noise = 1\n"
        "+4 bars          key F# minor\n"
        "+10 s            tension\n"
        "quay at night bar 5   log #9 is ready\n",
    )
    assert [(line.at, line.cue) for line in lines] == [
        (0.0, Do("go quay")),
        (27.5, Fire("letter opened")),
        (70.0, Fire("letter", (("who", "mara"), ("n", "3")))),
        (65.0, GO),
        (2.5, Do("go files")),
        (AtBar(33), Set("tension", 0.8)),
        (AtBar(40, Fraction(7, 2)), Set("city noise", 1.0)),
        (AfterPrevious(Fraction(4), "bars"), Do("key F# minor")),
        (AfterPrevious(Fraction(10), "seconds"), Fire("tension")),
        (AtSceneBar("quay at night", 5), Do("log #9 is ready")),
    ]
    assert [line.line for line in lines] == [2, 4, 5, 6, 7, 8, 9, 10, 11, 12]
    assert lines[2].text == "00:01:10.000     letter who=mara n=3"


def test_drop_frame_timecode(names: Names) -> None:
    """T6: 01:01:35;27 drop-frame is 2875 frames after one hour, 95.929 s."""
    starts = 107_892
    [line] = parse_script("01:01:35;27 stop", "a", names, Fraction(30_000, 1001), starts)
    assert line.at == pytest.approx(95.929, abs=0.001)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("0:5 stop", '"0:5" is no time; seconds are written with two digits: write 0:05'),
        ("0, stop", '"0," is no time; no comma after the time: write 0'),
        ("1:10, stop", "no comma after the time: write 1:10"),
        ("5: stop", '"5:" is no time; write 5 for seconds, 5:00 for minutes'),
        ("5m stop", '"5m" is no time; a time is seconds, mm:ss, hh:mm:ss:ff, bar B'),
        ("1:75 stop", "go to 59"),
        ("0 letter opened # here", 'begin a comment; write "letter opened  # here"'),
        ("0 go quay # here", 'begin a comment; write "go quay  # here"'),
        ("0 go quai # here", 'there is no scene "quai"'),
        ("bar 3 beat 33 stop", "no bar has a beat 33"),
    ],
)
def test_what_is_wrong_with_a_time_or_a_comment(names: Names, line: str, said: str) -> None:
    with pytest.raises(ScoreError) as caught:
        parse(names, line)
    (problem,) = caught.value.problems
    assert said in problem.text
    assert "length" not in problem.text


def test_all_mistakes_come_at_once_with_their_places(names: Names) -> None:
    text = (
        "soon        go quay\n"
        "5\n"
        "10          letter opend\n"
        "15          go quai\n"
        "bar 0       stop\n"
        "+4 apples   stop\n"
        "00:59:00:00 stop\n"
        "20          tension = loud\n"
        "quai bar 5  stop\n"
    )
    with pytest.raises(ScoreError) as caught:
        parse(names, text)
    assert [(p.line, p.column) for p in caught.value.problems] == [
        (1, 1),
        (2, 2),
        (3, 13),
        (4, 13),
        (5, 1),
        (6, 1),
        (7, 1),
        (8, 13),
        (9, 1),
    ]
    said = str(caught.value)
    assert 'show.cues:3:13: there is no cue "letter opend"' in said
    assert 'did you mean "letter opened"?' in said
    assert 'there is no scene "quai"; did you mean "quay"?' in said
