"""§9: what a rig names that lies beside it, and what of it says nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from leitmotor.errors import ScoreError
from leitmotor.run.patches import patches_of
from leitmotor.score.load import LoadedScore, load_score
from leitmotor.sound.patch import Patch

SCORE = """\
score: 1
motifs: {tune: {notes: 1h(pizz) 8}}
characters: {ann: {motif: tune}}
states: {calm: {palette: warm}}
scenes: [{id: hill, who: ann, state: calm}]
palettes: {warm: {lead: violin, bed: glass, bass: cello, pulse: drums}}
instruments: {glass: {is: pad, tone: bright}}
"""


def loaded(folder: Path, rig: str, *, as_file: bool = False) -> LoadedScore:
    (folder / "sounds").mkdir(exist_ok=True)
    (folder / "sounds" / "gm.sf2").write_bytes(b"RIFF")
    path, room = folder / "score.yaml", folder / "room.yaml"
    room.write_text(f"rig: 1\n{rig}\n")
    inline = "" if as_file else f"rig:\n  {rig}\n"
    path.write_text(SCORE + inline)
    return load_score(path, room if as_file else None)


def said(notes: LoadedScore) -> list[str]:
    return [f"{n.line}:{n.column}: {n.text}" for n in notes.notes if "SoundFont" in n.text]


def test_a_soundfont_is_found_beside_the_rig_and_reaches_the_patch(tmp_path: Path) -> None:
    rig = "instruments: {violin: {soundfont: sounds/gm.sf2, preset: 3/48}, cello: {channel: 2}}"
    for as_file in (False, True):
        score = loaded(tmp_path, rig, as_file=as_file)
        assert said(score) == []
        patches = patches_of(score.score)
        font = str(tmp_path / "sounds" / "gm.sf2")
        assert patches["violin"] == Patch("violin", 40, soundfont=font, bank=3, preset=48)
        assert patches["cello"] == Patch("cello", 42, preset=42)
        assert patches["glass"] == Patch("pad", 88, preset=88)
        assert patches["drums"] == Patch("drums", 0, is_kit=True, bank=128)


def test_the_default_is_for_all_that_the_rig_does_not_name(tmp_path: Path) -> None:
    rig = "instruments: {default: {soundfont: sounds/gm.sf2}, cello: {channel: 2}}"
    patches = patches_of(loaded(tmp_path, rig).score)
    by_font = {name for name, patch in patches.items() if patch.soundfont}
    assert by_font == {"violin", "violin pizz", "glass", "drums"}
    assert patches["violin pizz"].preset == 45


def test_a_missing_file_is_noted_at_its_place_and_stops_nothing(tmp_path: Path) -> None:
    rig = "instruments: {violin: {soundfont: sounds/mg.sf2}}"
    score = loaded(tmp_path, rig)
    (note,) = said(score)
    assert note.startswith('9:37: there is no file "sounds/mg.sf2" in ')
    assert note.endswith("; put the SoundFont there")
    (note,) = said(loaded(tmp_path, rig, as_file=True))
    assert note.startswith('2:35: there is no file "sounds/mg.sf2" in ')
    assert patches_of(score.score)["violin"].soundfont.endswith("mg.sf2")


@pytest.mark.parametrize("path", ["../gm.sf2", "/usr/share/gm.sf2"])
def test_a_soundfont_lies_under_the_rigs_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(ScoreError) as wrong:
        loaded(tmp_path, f"instruments: {{violin: {{soundfont: {path}}}}}")
    (problem,) = wrong.value.problems
    assert problem.text == (
        f'"{path}" cannot be used: it must lie under the rig\'s folder and be named from there,'
        " as sounds/gm.sf2"
    )


def test_keys_that_say_nothing_are_noted(tmp_path: Path) -> None:
    rig = "{outputs: {desk: {midi: mixer, block: 64}}, instruments: {violin: {preset: 0/1}}}"
    found = {n.text for n in loaded(tmp_path, rig).notes}
    assert "block is about a sound device; add audio: default" in found
    assert "a preset is one of a SoundFont; add soundfont: sounds/gm.sf2" in found
