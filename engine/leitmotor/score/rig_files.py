"""What a rig names that lies beside it, and keys of it that say nothing: looked at when loading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from leitmotor.errors import Problem
from leitmotor.score.compiled import CompiledScore, Instrument
from leitmotor.score.marks import Source
from leitmotor.score.model.base import key_of
from leitmotor.score.model.rig import Rig
from leitmotor.score.model_errors import tree_path
from leitmotor.score.parts import Path as Place
from leitmotor.score.source import file_under

OF_AUDIO = ("rate", "block", "loudness", "host", "latency")
"""Keys that are about a sound device."""

TECHNIQUES = (" pizz", " trem")


@dataclass(slots=True)
class RigFiles:
    """The SoundFonts of a rig by its instruments' names, with what is to be said of the rig."""

    soundfonts: dict[str, str] = field(default_factory=dict)
    presets: dict[str, tuple[int, int]] = field(default_factory=dict)
    errors: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def given_to(self, score: CompiledScore) -> CompiledScore:
        """The score with the path of each instrument's SoundFont."""
        if not self.soundfonts:
            return score
        return replace(score, instruments=self._told(score.instruments))

    def _told(self, instruments: Mapping[str, Instrument]) -> dict[str, Instrument]:
        told = {}
        for name, instrument in instruments.items():
            base = name
            for technique in TECHNIQUES:
                base = base.removesuffix(technique)
            where = base if base in self.soundfonts else "default"
            path, preset = self.soundfonts.get(where, ""), self.presets.get(where)
            told[name] = replace(instrument, soundfont=path, preset=preset if path else None)
        return told


def look_at(rig: Rig, source: Source, within: Place, folder: Path) -> RigFiles:
    """Look at a rig that stands at `within` in a text, with its files under `folder`.

    A file that is missing is noted only: the rest of the rig plays, and it may yet come.
    """
    found = RigFiles()
    for name, entry in rig.instruments.items():
        place: Place = (*within, "instruments", name)
        if entry.preset is not None:
            found.presets[name] = entry.preset
            if not entry.soundfont:
                said = "a preset is one of a SoundFont; add soundfont: sounds/gm.sf2"
                found.notes.append(_problem(source, (*place, "preset"), said))
        if not entry.soundfont:
            # An entry of its own takes an instrument out of what `default` says.
            found.soundfonts[name] = ""
            continue
        place = (*place, "soundfont")
        try:
            file = file_under(folder, entry.soundfont, "the rig's folder", "sounds/gm.sf2")
        except ValueError as error:
            said = f'"{entry.soundfont}" cannot be used: {error}'
            found.errors.append(_problem(source, place, said))
            continue
        found.soundfonts[name] = str(file)
        if not file.is_file():
            said = f'there is no file "{entry.soundfont}" in {folder}; put the SoundFont there'
            found.notes.append(_problem(source, place, said))
    found.notes += _of_no_device(rig, source, within)
    return found


def _of_no_device(rig: Rig, source: Source, within: Place) -> Iterator[Problem]:
    for name, output in rig.outputs.items():
        for key in OF_AUDIO if not output.audio else ():
            if key in output.model_fields_set:
                place = (*within, "outputs", name, key_of(key))
                said = f"{key} is about a sound device; add audio: default"
                yield _problem(source, place, said)


def _problem(source: Source, path: Place, text: str) -> Problem:
    return source.problem(tree_path(source.tree, path), text)
