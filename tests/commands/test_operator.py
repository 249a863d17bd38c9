"""Keys and lines of the operator become cues at once."""

from __future__ import annotations

from leitmotor.commands.operator import Operator, first_cue_text
from leitmotor.commands.typed import Prompt
from leitmotor.messages import GO, Cue, Fire, Observation
from leitmotor.score.compiled import CueRule
from leitmotor.score.matchers import Press
from leitmotor.testing.builders import score

SCORE = score(
    cues=[
        CueRule("betrayal", (Press("b"),), (), listed=True),
        CueRule("hush", (), (), number="2", note="the match", listed=True),
    ]
)


class _Stage:
    def __init__(self) -> None:
        self.fired: list[Cue] = []
        self.stopped = 0

    def stop(self) -> None:
        self.stopped += 1


def _operator() -> tuple[Operator, _Stage]:
    stage = _Stage()
    return Operator(Prompt(SCORE), stage.fired.append, stage.stop), stage


def test_keys_fire_enter_is_go_and_lines_are_cues() -> None:
    operator, stage = _operator()
    for key in ("b", "space", "up", "enter", ":", "h", "u", "tab", "enter"):
        operator.key(key)
    presses = [Observation("press", key) for key in ("b", "space", "up")]
    assert stage.fired == [*presses, GO, Fire("hush")]
    assert operator.entry is None


def test_a_line_that_is_no_cue_is_said_and_not_fired() -> None:
    operator, stage = _operator()
    operator.line("hsh")
    assert stage.fired == []
    assert operator.notice.startswith("not fired: hsh: ")
    assert '"hush"' in operator.notice
    operator.line("hush")
    assert (operator.notice, stage.fired) == ("", [Fire("hush")])


def test_help_names_the_scores_own_keys_and_the_next_cue() -> None:
    operator, _ = _operator()
    operator.key("?")
    assert operator.wants_help
    own, terminal = operator.help_texts("betrayal")
    assert own == "keys: b betrayal"
    assert terminal.startswith("Enter GO (betrayal), ")
    operator.key("?")
    assert not operator.wants_help


def test_the_next_cue_is_shown_with_its_number_and_the_note_for_the_operator() -> None:
    operator, _ = _operator()
    assert [operator.cue_text(name) for name in ("betrayal", "hush", "")] == [
        "betrayal",
        "2 hush (the match)",
        "",
    ]


def test_tab_shows_what_it_found() -> None:
    operator, _ = _operator()
    for key in (":", "m", "tab"):
        operator.key(key)
    assert operator.notice == "metre, mode, motif, mute"


def test_ctrl_c_as_a_key_stops() -> None:
    operator, stage = _operator()
    operator.key("ctrl-c")
    assert stage.stopped == 1


def test_the_first_cue_is_named_with_its_key_s33() -> None:
    assert first_cue_text(SCORE) == ("waiting for the first cue: betrayal (Enter, key b)")
    assert "this score has none" in first_cue_text(score())
