"""The cue sheet says of every cue what the author wrote."""

from __future__ import annotations

from pathlib import Path

from leitmotor.score.cue_sheet import cue_sheet, does_text, fired_text
from leitmotor.score.load import load_score

EXAMPLE = Path(__file__).with_name("worked_example.yaml")


def test_every_cue_stands_in_the_order_of_the_file() -> None:
    score = load_score(EXAMPLE).score
    lines = cue_sheet(score)
    assert [line.name for line in lines] == [rule.name for rule in score.cues]
    assert [line.go for line in lines if line.go] == list(range(1, 9))


def test_a_line_in_the_words_of_the_language() -> None:
    lines = {line.name: line for line in cue_sheet(load_score(EXAMPLE).score)}
    knock = lines["knock"]
    assert (knock.go, knock.number) == (2, "2")
    assert fired_text(knock) == "midi note 36 channel 10 or press k"
    assert does_text(knock) == "stinger knock"
    assert lines["escape"].only == ("while scene files",)
    assert lines["letter opened"].note == "she breaks the seal"
    assert does_text(lines["tension"]) == "set tension"
    assert does_text(lines["revelation"]).startswith(
        "swell 2 bars to ff, then silence breath, then"
    )
    assert fired_text(lines["curtain"]) == "GO"


def test_hours_turns_and_limits(tmp_path: Path) -> None:
    file = tmp_path / "room.yaml"
    file.write_text(
        "score: 1\nmotifs: {a: {notes: 1w}}\ncues:\n"
        "  bell: {when: [{clock: 18:00}, {every: 20 min}], while: clock 22:00..02:30,"
        " once: true, cooldown: 30 s, do: {shuffled: [stop, [panic, log x]]}, list: false}\n"
    )
    (line,) = cue_sheet(load_score(file).score)
    assert line.fired_by == ("clock 18:00", "every 20 min")
    assert line.only == ("while clock 22:00..02:30", "once", "not again for 30 s")
    assert does_text(line) == "shuffled: stop / panic, log x"
    assert line.go == 0
