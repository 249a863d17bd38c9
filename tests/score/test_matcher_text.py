"""`when:` and `while:` of language §6."""

from __future__ import annotations

from typing import Any

import pytest

from leitmotor.score import matchers as m
from leitmotor.score.matcher_text import parse_when, parse_while
from leitmotor.score.names import Names
from leitmotor.score.parts import PartsError

MATCHERS: list[tuple[Any, m.Matcher]] = [
    ({"osc": "/scene/*"}, m.Osc("/scene/*")),
    ({"osc": "/menu", "off": True}, m.Osc("/menu", off=True)),
    ({"midi": "note 36", "channel": 10}, m.Midi("note", 36, 10)),
    ({"midi": "cc 1"}, m.Midi("cc", 1)),
    ({"midi": "program 128"}, m.Midi("program", 128)),
    ({"midi": "mmc play"}, m.Mmc("play")),
    ({"midi": "MMC  record exit"}, m.Mmc("record exit")),
    ({"press": "b"}, m.Press("b")),
    ({"key": 7}, m.Press("7")),
    ({"timecode": "01:01:35:12"}, m.Timecode("01:01:35:12")),
    ({"clock": "18:00"}, m.Clock(64_800)),
    ({"every": "20 min"}, m.Every(1200.0)),
    (
        {"event": "dawn", "where": {"who": "mara", "n": 3}},
        m.EventNamed("dawn", (("who", "mara"), ("n", "3"))),
    ),
    ({"marker": "plea"}, m.MarkerPassed("plea")),
    ({"scene": "quay at night"}, m.SceneEntered("quay at night")),
    ({"tension above": 0.75, "for": "2 s"}, m.Threshold("tension", True, 0.75, 2.0)),
    ({"city_noise below": 1}, m.Threshold("city noise", False, 1.0)),
    ({"dialogue": "ends"}, m.DialogueTurn(starts=False)),
    ({"all_of": [{"press": "a"}, {"press": "b"}]}, m.AllOf((m.Press("a"), m.Press("b")))),
    ({"any of": [{"press": "a"}]}, m.AnyOf((m.Press("a"),))),
]


@pytest.mark.parametrize(("written", "meant"), MATCHERS, ids=[str(w) for w, _ in MATCHERS])
def test_a_matcher_is_read_into_its_value(names: Names, written: Any, meant: m.Matcher) -> None:
    assert parse_when(written, names) == (meant,)
    assert parse_when([written, {"press": "z"}], names) == (meant, m.Press("z"))


@pytest.mark.parametrize(
    ("written", "path", "said"),
    [
        ({"osc": "scene"}, ("osc",), "begins with /"),
        ({"osc": "/fader*"}, ("osc",), "* stands for one whole segment"),
        ({"osc": "/a/{b,c}"}, ("osc",), "an OSC address holds no ,"),
        ({"midi": "note 200"}, ("midi",), "0 to 127, not 200"),
        ({"midi": "note 36", "channel": 17}, ("midi",), "a channel is 1 to 16"),
        ({"midi": "mmc plya"}, ("midi",), 'no command "plya"; did you mean "play"?'),
        ({"midi": "mmc play", "channel": 1}, ("midi",), "machine control has no channel"),
        ({"midi": "bend"}, ("midi",), "midi is note 36, cc 1, program 5 or mmc play"),
        ({"timecode": 2167384}, ("timecode",), 'is written "hh:mm:ss:ff", in quotes'),
        ({"clock": "25:00"}, ("clock",), "a time of day such as 18:00"),
        ({"every": 20}, ("every",), "20"),
        ({"scene": "quai"}, ("scene",), 'did you mean "quay"?'),
        ({"tensoin above": 1}, ("tensoin above",), 'did you mean "tension"?'),
        ({"prss": "a"}, (), 'there is no matcher "prss"; did you mean "press"?'),
        ({"note": 36}, (), 'write "midi: note 36"'),
        ({"press": "a", "osc": "/b"}, (), "are two matchers"),
        ({"press": "a", "off": True}, ("off",), '"off" belongs to "osc"'),
        ([{"press": "a"}, "b"], (1,), "a matcher such as {press: b}"),
        ({"all of": [{"clock": "9"}]}, ("all of", 0, "clock"), "18:00"),
        ({}, (), "a matcher is empty"),
    ],
)
def test_a_mistake_has_its_place(
    names: Names, written: Any, path: tuple[Any, ...], said: str
) -> None:
    with pytest.raises(PartsError) as caught:
        parse_when(written, names)
    [(place, text)] = caught.value.parts
    assert place == path
    assert said in text


def test_conditions(names: Names) -> None:
    assert parse_while("scene quay at night", names) == (m.InScene("quay at night"),)
    assert parse_while(["state calm", "clock 10:00..18:00"], names) == (
        m.InState("calm"),
        m.InHours(36_000, 64_800),
    )
    with pytest.raises(PartsError, match="a while is scene X, state S or clock"):
        parse_while("weather rain", names)
