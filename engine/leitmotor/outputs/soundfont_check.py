"""Whether presets of a SoundFont can be played: tried out in a process that may die of them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import leitmotor
from leitmotor.music.time import Seconds
from leitmotor.outputs.soundfont_trial import ABSENT, MUTE, REFUSED, SOUNDS

Address: TypeAlias = tuple[int, int]
"""Bank and number of a preset."""

TIME_LIMIT: Seconds = 5.0
"""For a file, and as much again for each ten presets that are asked of it."""

MOST_DEATHS = 3
"""After so many presets that the process did not survive, the rest of a file is not tried."""

_Key: TypeAlias = tuple[str, int, int, int, Address]  # path, size, time of change, rate, preset


@dataclass(frozen=True, slots=True)
class _Trial:
    """How far a child process came."""

    words: tuple[str, ...]  # one for each preset that was played to the end
    ended: str = ""  # why it went no further; empty where it came to the end
    refused: bool = False  # the file as a whole


class SoundFontChecks:
    """Remembers what was tried for as long as the file stays as it is.

    Thread: one at a time; `faults` blocks for some 0.1 s a file and 0.03 s a preset, or until
    TIME_LIMIT.
    """

    def __init__(self, python: str = sys.executable) -> None:
        self._python = python
        self._known: dict[_Key, str] = {}

    def faults(self, path: str, rate: int, wanted: Sequence[Address]) -> dict[Address, str]:
        """What is wrong with each preset that is asked for, empty where it can be played.

        Where it is the file that is at fault, all have the same sentence.
        """
        try:
            state = os.stat(path)
        except OSError as error:
            return dict.fromkeys(wanted, f"the SoundFont {path} cannot be read: {error.strerror}")
        keys = {each: (path, state.st_size, state.st_mtime_ns, rate, each) for each in wanted}
        unknown = [each for each, key in keys.items() if key not in self._known]
        for each, fault in self._tried(path, rate, unknown).items():
            self._known[keys[each]] = fault
        return {each: self._known[key] for each, key in keys.items()}

    def _tried(self, path: str, rate: int, wanted: Sequence[Address]) -> dict[Address, str]:
        found: dict[Address, str] = {}
        left, deaths = list(wanted), 0
        while left:
            trial = self._trial(path, rate, left)
            played, left = left[: len(trial.words)], left[len(trial.words) :]
            for each, word in zip(played, trial.words, strict=True):
                found[each] = f"{_named(path, each)} {_FAULTS[word]}" if _FAULTS[word] else ""
            deaths += 1
            if left and (trial.refused or deaths >= MOST_DEATHS):
                found |= dict.fromkeys(left, f"the SoundFont {path} {trial.ended}")
                break
            if left:
                culprit = left.pop(0)
                found[culprit] = f"{_named(path, culprit)} {trial.ended}"
        return found

    def _trial(self, path: str, rate: int, wanted: Sequence[Address]) -> _Trial:
        limit = TIME_LIMIT * (1 + len(wanted) // 10)
        command = [self._python, "-m", "leitmotor.outputs.soundfont_trial", path, str(rate)]
        try:
            done = subprocess.run(
                [*command, *(f"{bank}/{number}" for bank, number in wanted)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                timeout=limit,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            ended = f"does not answer within {limit:g} s when it is tried out"
            return _Trial(_words(error.stdout), ended)
        except OSError as error:
            return _Trial((), f"cannot be tried out: {error}", refused=True)
        if done.returncode == REFUSED:
            return _Trial((), "is damaged: FluidSynth does not take it", refused=True)
        return _Trial(_words(done.stdout), f"crashed the synthesizer ({_death(done.returncode)})")


_FAULTS = {SOUNDS: "", MUTE: "has no sound on any key", ABSENT: "is not taken by FluidSynth"}


def _named(path: str, address: Address) -> str:
    return f"preset {address[0]}/{address[1]} of {path}"


def _words(output: bytes | str | None) -> tuple[str, ...]:
    text = output.decode("ascii", "replace") if isinstance(output, bytes) else output or ""
    return tuple(word for word in text.split() if word in _FAULTS)


def _death(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"


def _environment() -> dict[str, str]:
    """Ours, with the package that runs here where the child looks first."""
    home = str(Path(leitmotor.__file__).parent.parent)
    paths = [home, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
