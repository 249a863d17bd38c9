"""SoundFonts for the mixing desk: FluidSynth plays what a rig gives a `soundfont:` to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from ctypes import CDLL
from functools import partial
from math import hypot, log10
from statistics import median

import numpy as np

from leitmotor.errors import DeviceError
from leitmotor.music.instruments import KnownInstrument, find
from leitmotor.outputs.fluidsynth import Synth, load_library
from leitmotor.outputs.soundfont_bank import FontBank, SoundFontSource
from leitmotor.outputs.soundfont_check import SoundFontChecks
from leitmotor.outputs.soundfont_file import nearest_presets, presets
from leitmotor.sound.loudness import k_weighted_rms
from leitmotor.sound.patch import Patch
from leitmotor.sound.samples import QUANTUM, Samples, gain_of
from leitmotor.sound.tables import MOST_LIFT_DB, REFERENCE_LUFS, WEIGHED_SECONDS

INSTEAD = "; the built-in sound plays instead"
"""The end of every sentence about a SoundFont that cannot be played."""

MOST_CORRECTION_DB = 30.0
"""A preset is made so much louder or softer at most, to be as loud as the built-in sound."""

WEIGHED_VELOCITY = 80
"""How hard what sustains always begins, and what is struck at mf (theory T9)."""

_KIT_KEYS = (36, 38, 42, 45, 49)
_MIDDLE_KEYS = (48, 60, 72)
_ALL_OVER = tuple(range(24, 109, 12))
_FULL_VELOCITY = 127
_SILENCE = 1e-4


class SoundFonts:
    """Makes the sources of all instruments that a rig has a SoundFont for (`Sources`).

    A SoundFont is read once, however many instruments play it, and of its samples only what they
    play. What cannot be played is told once to `report`, in a sentence, and has no source.

    Thread: one. `patches` are read, tried out (`SoundFontChecks`) and weighed here, before the
    music begins; a patch that comes later is as it is asked for, and lets the music wait.
    """

    def __init__(
        self,
        patches: Iterable[Patch],
        rate: int,
        report: Callable[[str], None],
        checks: SoundFontChecks | None = None,
        library: Callable[[], CDLL] = load_library,
    ) -> None:
        self._rate = rate
        self._report = report
        self._checks = checks or SoundFontChecks()
        self._library = library
        self._told: set[str] = set()
        self._gains: dict[Patch, float | None] = {}  # None: it cannot be played
        self._banks: dict[str, list[FontBank]] = {}
        by_file: dict[str, list[Patch]] = {}
        for patch in dict.fromkeys(patches):
            if patch.soundfont:
                by_file.setdefault(patch.soundfont, []).append(patch)
        for file, group in by_file.items():
            self._meet(file, group)

    def __call__(self, patch: Patch) -> SoundFontSource | None:
        """A new source, or None where the built-in sound plays: by the rig's will, or a fault's."""
        if not patch.soundfont:
            return None
        if patch not in self._gains:
            self._meet(patch.soundfont, [patch])
        gain = self._gains[patch]
        if gain is None:
            return None
        try:
            bank, channel = self._channel(patch)
        except DeviceError as error:
            self._tell(f"{error}{INSTEAD}")
            return None
        broken = partial(self._tell, f"{_asked(patch)} gives no sound but nonsense: it is silent")
        return SoundFontSource(bank, channel, gain, broken)

    def close(self) -> None:
        """Give the SoundFonts' memory back; the sources are of no use afterwards."""
        for banks in self._banks.values():
            for bank in banks:
                bank.synth.close()
        self._banks.clear()
        self._gains.clear()

    # -- before the music --------------------------------------------------------------------------

    def _meet(self, file: str, group: list[Patch]) -> None:
        self._gains.update(dict.fromkeys(group))
        faults = self._faults(file, group)
        for fault in filter(None, faults.values()):
            self._tell(f"{fault}{INSTEAD}")
        playable = [patch for patch, fault in faults.items() if not fault]
        if playable:
            try:
                self._gains.update(self._weighed(file, playable))
            except DeviceError as error:
                self._tell(f"{error}{INSTEAD}")

    def _faults(self, file: str, group: list[Patch]) -> dict[Patch, str]:
        """Why each cannot be played; empty where it can."""
        try:
            Synth(self._library(), self._rate).close()  # whatever is wrong with it, it is no file
            known = presets(file)
        except DeviceError as error:
            return dict.fromkeys(group, str(error))
        there = {(preset.bank, preset.number) for preset in known}
        asked = sorted({(each.bank, each.preset) for each in group} & there)
        tried = self._checks.faults(file, self._rate, asked)
        faults: dict[Patch, str] = {}
        for patch in group:
            address = (patch.bank, patch.preset)
            near = nearest_presets(known, *address, patch.sound)
            absent = f"there is no {_asked(patch)}; nearest: {', '.join(map(str, near))}"
            faults[patch] = tried.get(address, absent)
        return faults

    def _tell(self, sentence: str) -> None:
        if sentence not in self._told:
            self._told.add(sentence)
            self._report(sentence)

    # -- banks -------------------------------------------------------------------------------------

    def _channel(self, patch: Patch) -> tuple[FontBank, int]:
        """A free channel that has the patch's preset."""
        banks = self._banks.setdefault(patch.soundfont, [])
        if not any(bank.has_room for bank in banks):
            banks.append(_opened(self._library(), patch.soundfont, self._rate))
        bank = next(bank for bank in banks if bank.has_room)
        return bank, bank.take(patch.bank, patch.preset)

    def _weighed(self, file: str, patches: Iterable[Patch]) -> dict[Patch, float]:
        """The factor that makes each preset as loud as the built-in sound."""
        # In a bank of its own, for the others must not move while they play.
        bank = _opened(self._library(), file, self._rate)
        try:
            return {patch: _gain(bank, patch, self._rate) for patch in patches}
        finally:
            bank.synth.close()


def _opened(library: CDLL, file: str, rate: int) -> FontBank:
    synth = Synth(library, rate)
    if not synth.load(file):
        synth.close()
        raise DeviceError(f"the SoundFont {file} is not taken by FluidSynth")
    return FontBank(synth)


def _asked(patch: Patch) -> str:
    return f"preset {patch.bank}/{patch.preset} in {patch.soundfont}"


# --------------------------------------------------------------------------------------------------
# Loudness


def _gain(bank: FontBank, patch: Patch, rate: int) -> float:
    """What brings a preset to the reference, weighed as baked notes are.

    The median over its register counts, so that a preset keeps its own balance.
    """
    channel = bank.take(patch.bank, patch.preset)
    known = _instrument(patch)
    notes = _notes(bank, channel, _keys(patch, known), rate)
    notes = notes or _notes(bank, channel, _ALL_OVER, rate)
    bank.give_back(channel)
    if not notes:
        return 1.0
    level, peak = median(rms for rms, _ in notes), max(peak for _, peak in notes)
    struck_db = 40.0 * log10(WEIGHED_VELOCITY / _FULL_VELOCITY)
    wanted_db = REFERENCE_LUFS + 0.691 + (0.0 if _sustains(patch, known) else struck_db)
    most = min(gain_of(MOST_CORRECTION_DB), gain_of(wanted_db + MOST_LIFT_DB) / peak)
    return min(max(gain_of(wanted_db) / level, gain_of(-MOST_CORRECTION_DB)), most)


def _notes(
    bank: FontBank, channel: int, keys: Iterable[int], rate: int
) -> list[tuple[float, float]]:
    """K-weighted mean level, and peak, of those keys that have a sound."""
    quanta = round(WEIGHED_SECONDS * rate / QUANTUM)
    found: list[tuple[float, float]] = []
    for key in keys:
        bank.synth.note_on(channel, key, WEIGHED_VELOCITY)
        heard = np.hstack([_next(bank, channel) for _ in range(quanta)])
        bank.synth.sounds_off(channel)
        peak = float(np.max(np.abs(heard)))
        if peak > _SILENCE:
            found.append((hypot(*(k_weighted_rms(side, rate) for side in heard)), peak))
    return found


def _next(bank: FontBank, channel: int) -> Samples:
    bank.advance(bank.frame + QUANTUM)
    return bank.block[channel, :, :QUANTUM].copy()


def _instrument(patch: Patch) -> KnownInstrument | None:
    """The instrument of the table that is to be played, its technique aside."""
    return find(patch.sound) or find(patch.sound.rpartition(" ")[0])


def _sustains(patch: Patch, known: KnownInstrument | None) -> bool:
    """Whether its level comes by CC11 and not by velocity (S23)."""
    plucked = patch.is_kit or patch.sound.endswith(" pizz")
    return known is not None and known.sustaining and not plucked


def _keys(patch: Patch, known: KnownInstrument | None) -> tuple[int, ...]:
    """Where a preset is weighed: about the middle of what will be played on it."""
    if patch.is_kit:
        return _KIT_KEYS
    if known is None:
        return _MIDDLE_KEYS
    low, high = known.comfortable_low, known.comfortable_high
    return tuple(round(low + (high - low) * share) for share in (0.25, 0.5, 0.75))
