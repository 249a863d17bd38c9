"""What is typed has the words of cue scripts: the longest cue name, a number, GO, or verbs."""

from __future__ import annotations

import pytest

from leitmotor.commands.typed import Prompt, keys_in_use
from leitmotor.errors import CueError
from leitmotor.messages import GO, Cue, Do, Fire, Observation
from leitmotor.score.compiled import CueRule, Scene
from leitmotor.score.matchers import AnyOf, EventNamed, Press
from leitmotor.testing.builders import motif, score

SCORE = score(
    motifs=[motif("walk", "1q 3q 5q 3q")],
    scenes=[Scene("quay", "", (), ""), Scene("quay by night", "", (), "")],
    cues=[
        CueRule("hush", (Press("h"),), (), number="12", listed=True),
        CueRule("hush now", (AnyOf((Press("space"), EventNamed("door"))),), (), listed=True),
    ],
)
PROMPT = Prompt(SCORE)


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("hush", Fire("hush")),
        (" hush   now ", Fire("hush now")),
        ("hush who=mara", Fire("hush", (("who", "mara"),))),
        ("12", Fire("12")),
        ("GO", GO),
        ("go", GO),
        ("go quay by night", Do("go quay by night")),
        ("press b", Observation("press", "b")),
        ("press page up", Observation("press", "page up")),
        (":hush", Fire("hush")),
        (" : press b", Observation("press", "b")),
        ("tempo 90 over 2 bars", Do("tempo 90 over 2 bars")),
    ],
)
def test_a_line_is_a_cue(text: str, cue: Cue) -> None:
    assert PROMPT.cue(text) == cue


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hsh", 'did you mean "hush"'),
        ("go quai", 'did you mean "quay"'),
        ("tempo", "a tempo"),
        ("", "type a cue"),
        ("13", "there is no cue"),
        ("press H", 'no cue waits for the key "H"; did you mean "h"'),
        (":", "type a cue"),
    ],
)
def test_what_is_no_cue_is_refused_with_what_is_near(text: str, said: str) -> None:
    with pytest.raises(CueError, match=said):
        PROMPT.cue(text)


def test_completion_of_cues_verbs_and_the_names_after_them() -> None:
    assert PROMPT.completions("hu") == ("hush", "hush now")
    assert PROMPT.completions("go q") == ("go quay", "go quay by night")
    assert PROMPT.completions("go quay from") == ("go quay from the top",)
    assert PROMPT.completions("mot") == ("motif",)
    assert PROMPT.completions("motif walk in ba") == ("motif walk in bass",)
    assert PROMPT.completions("xyz") == ()
    assert {"hush", "panic", "GO"} <= set(PROMPT.completions(""))


def test_the_keys_of_a_score_are_found_inside_all_of_and_any_of() -> None:
    assert keys_in_use(SCORE) == (("h", "hush"), ("space", "hush now"))
