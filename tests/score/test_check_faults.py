"""Errors that only show when the whole score is known (S13), and what makes them go away."""

from __future__ import annotations

from pathlib import Path

import pytest

from leitmotor.errors import ScoreError
from leitmotor.score.load import load_score

SCORE = """\
score: 1
palettes:
  thin: {lead: violin}
  full: {lead: violin, bed: strings}
  own: {lead: horn}
  low: {bed: strings}
motifs: {call: {notes: 1w}}
characters: {ann: {motif: call PALETTE}}
places: {shore: {palette: PLACE}}
states: {calm: {palette: STATE, layers: [lead, bed]}}
scenes: [{id: hill, place: shore, who: [ann], state: calm}]
"""


def written(folder: Path, state: str, place: str = "thin", palette: str = "") -> Path:
    file = folder / "score.yaml"
    text = SCORE.replace("STATE", state).replace("PLACE", place)
    file.write_text(text.replace(" PALETTE", f", palette: {palette}" if palette else ""))
    return file


def test_a_role_without_a_player_stops(tmp_path: Path) -> None:
    """S13."""
    file = written(tmp_path, "thin")
    with pytest.raises(ScoreError) as caught:
        load_score(file)
    assert str(caught.value) == (
        f"{file}:10:47: nobody plays bed in the state calm: thin has no bed; full and low have it; "
        "add bed to the palette, or take it out of layers"
    )


def test_every_palette_of_a_choice_needs_the_player(tmp_path: Path) -> None:
    """S13."""
    with pytest.raises(ScoreError, match="nobody plays bed in the state calm"):
        load_score(written(tmp_path, "{in turn: [full, thin]}"))


@pytest.mark.parametrize(
    ("state", "place", "palette"),
    [("full", "thin", ""), ("thin", "low", ""), ("low", "low", "own")],
)
def test_roles_that_somebody_plays(tmp_path: Path, state: str, place: str, palette: str) -> None:
    """S9: merged role by role; the lead also comes from the palette of who states a motif."""
    assert load_score(written(tmp_path, state, place, palette)).score.states["calm"].layers


def test_a_marker_that_nobody_places_stops(tmp_path: Path) -> None:
    """S6."""
    file = tmp_path / "score.yaml"
    text = "score: 1\nmotifs: {call: {notes: 1w}}\ncues: {a: {do: motif call at marker plea}}\n"
    file.write_text(text)
    with pytest.raises(ScoreError, match=r'score.yaml:3:16: there is no mark "plea"'):
        load_score(file)


@pytest.mark.parametrize(
    "text",
    [
        "transitions: {default: {at: marker plea}}",
        "transitions: {default: {enter: marker plea}}",
        "stingers: {knock: {notes: 1q, at: marker plea}}",
    ],
)
def test_a_marker_of_a_key_that_nobody_places_stops(tmp_path: Path, text: str) -> None:
    """S6."""
    file = tmp_path / "score.yaml"
    file.write_text(f"score: 1\nmotifs: {{call: {{notes: 1w}}}}\n{text}\n")
    with pytest.raises(ScoreError) as caught:
        load_score(file)
    assert str(caught.value) == (
        f'{file}:3:{text.index("marker plea") + 1}: there is no mark "plea"; the score declares no '
        "mark at all; a motif, passage or scene places it under marks:"
    )


def test_a_marker_that_somebody_places_is_waited_for(tmp_path: Path) -> None:
    """S6."""
    file = tmp_path / "score.yaml"
    file.write_text(
        "score: 1\nmotifs: {call: {notes: 1w | 1w, marks: {plea: bar 2}}}\n"
        "transitions: {default: {at: marker plea}}\n"
    )
    assert load_score(file).score.marks == {"plea"}
