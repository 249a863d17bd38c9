"""T3: `each time` is tried with every state when the score is read, so that nobody hears of it."""

from __future__ import annotations

import pytest

from leitmotor.errors import ScoreError
from leitmotor.music.length import LengthRange, bars
from leitmotor.score.compile.compiler import compile_score
from leitmotor.score.compiled import CompiledScore
from leitmotor.score.read import understand
from leitmotor.score.source import parse_source


def compiled(text: str) -> CompiledScore:
    return compile_score(understand(parse_source(f"score: 1\n{text}\n".encode(), "a.yaml"))).score


def told(text: str) -> list[str]:
    with pytest.raises(ScoreError) as caught:
        compiled(text)
    return [line.removeprefix("a.yaml:") for line in str(caught.value).splitlines()]


def test_every_entry_is_kept_and_as_written_adds_nothing() -> None:
    """One that is not performed yet keeps its place: the count of the others stays."""
    score = compiled("motifs: {a: {notes: 1q 2, each time: [as written, retrograde, chorale 4]}}")
    as_written, retrograde, later = score.motifs["a"].each_time
    assert as_written == later == ()
    assert [str(operation) for operation in retrograde] == ["retrograde"]


def test_every_state_is_tried_with_every_entry() -> None:
    assert told(
        "motifs:\n"
        "  a:\n"
        "    notes: 1q 2 3 4\n"
        "    each time: [tail 2, fragment 1..3, fragment 1..9]\n"
        "    states: {lost: {vary: [fragment 1..2]}}"
    ) == [
        "5:25: in state lost, fragment 1..3: there are 2 notes here; count them from 1 to 2",
        "5:40: fragment 1..9: there are 4 notes here; count them from 1 to 4",
    ]


def test_what_must_be_kept_is_kept_each_time() -> None:
    (said,) = told("motifs: {a: {notes: 1q 2 3 4, must keep: 1..3, each time: fragment 1..2}}")
    assert said.startswith("2:59: fragment 1..2: it would cut note 3, which `must keep` protects")


def test_a_state_that_cannot_be_formed_is_told_once() -> None:
    said = told(
        "motifs: {a: {notes: 1q 2, each time: [retrograde], states: {b: {vary: [fragment 1..9]}}}}"
    )
    assert len(said) == 1


def test_a_figure_takes_what_changes_its_notes_alone() -> None:
    text = "figures: {{a: {{role: bed, notes: 1q 2 3 4, each time: [{}]}}}}"
    (said,) = told(text.format("retrograde, tempo x1.1"))
    assert said == ("2:67: tempo x1.1: only a motif sets a tempo or its players; leave it out")
    figure = compiled(text.format("as written, augment 2")).figures["a"]
    assert [len(bars_) for bars_ in figure.each_time] == [1, 2]
    assert figure.each_time[0] == figure.bars


def test_an_instrument_that_only_each_time_names_is_known() -> None:
    score = compiled("motifs: {a: {notes: 1q 2, each time: [as written, on oboe]}}")
    assert ("oboe", "") in score.voices


def test_rests_to_draw_swing_humanise_and_density_are_compiled() -> None:
    score = compiled(
        "time: {swing: 66%, humanise: light, rest: 2..6 bars}\n"
        "states: {calm: {density: 0.5, rest: 3 bars}}\n"
        "motifs: {a: {notes: 1w, rest: 1 bar..2 bars}}\n"
        "scenes: [{id: one, rest: 4 bars..4 bars, state: calm}]"
    )
    assert (score.defaults.swing, score.defaults.humanise) == (0.66, "light")
    assert score.defaults.rest == LengthRange(bars(2), bars(6))
    assert score.motifs["a"].rest == LengthRange(bars(1), bars(2))
    assert (score.states["calm"].density, score.states["calm"].rest) == (0.5, bars(3))
    assert score.scenes[0].rest == bars(4)
