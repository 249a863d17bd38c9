"""What will be heard is baked ahead of its time."""

from __future__ import annotations

import time
from pathlib import Path

from leitmotor.outputs.note_store import NoteStore
from leitmotor.run.baking import Baker, foreseen
from leitmotor.run.patches import patches_of
from leitmotor.run.plan import PlayPlan
from leitmotor.score.load import load_score
from leitmotor.sound.catalogue import recipe_of

SCORE = """
score: 1
palettes: {dusk: {lead: clarinet, bed: harp}}
motifs: {walk: {notes: 1q 3q 5q 3q | 1w}}
characters: {nora: {motif: walk}}
states: {calm: {palette: dusk}}
scenes: [{id: here, who: nora, state: calm}]
"""


def plan(folder: Path) -> PlayPlan:
    path = folder / "score.yaml"
    path.write_text(SCORE, encoding="utf-8")
    return PlayPlan(load_score(path).score)


def test_first_what_is_played_in_its_order_then_what_cues_could_bring(tmp_path: Path) -> None:
    wanted = plan(tmp_path)
    notes = list(foreseen(wanted))
    assert len(set(notes)) == len(notes)
    played = [pitch for name, pitch in notes if name == "clarinet"][:3]
    assert played == [60, 64, 67]
    clarinet = wanted.score.instruments["clarinet"]
    reach = range(clarinet.comfortable_low, clarinet.comfortable_high + 1)
    assert {pitch for name, pitch in notes if name == "clarinet"} == set(reach)


def test_the_baker_bakes_until_it_is_stopped_and_nothing_twice(tmp_path: Path) -> None:
    wanted, store = plan(tmp_path), NoteStore(tmp_path / "notes")
    patches = patches_of(wanted.score)
    baker = Baker(wanted, patches, 48000, store)
    baker.start()
    deadline = time.monotonic() + 30.0
    first = recipe_of(patches["clarinet"])
    while not store.has(first, 67, 48000) and time.monotonic() < deadline:
        time.sleep(0.01)
    baker.stop()
    kept = sorted((tmp_path / "notes").rglob("*.note"))
    assert any(file.parent.name.startswith("clarinet") for file in kept)
    assert store.load(first, 60, 48000) is not None
    stamps = {file: file.stat().st_mtime_ns for file in kept}
    again = Baker(wanted, patches, 48000, store)
    again.start()
    again.stop()
    assert {file: file.stat().st_mtime_ns for file in kept} == stamps
