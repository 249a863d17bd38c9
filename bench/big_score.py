"""A long, plausible score for measuring `check`: the same text for the same number of lines.

python -m bench.big_score --lines 5000 > big.yaml
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterator
from itertools import islice

LEADS = ("violin", "flute", "oboe", "clarinet", "horn")
BEDS = ("string ensemble", "choir")
BASSES = ("cello", "double bass", "bassoon")
PULSES = ("harp", "marimba")
KEYS = ("C major", "d minor", "Eb major", "f minor", "G major", "a minor")
CHORDS = ("i", "iv", "v", "VI", "III", "VII")
BEATS = ("{}q", "{}q", "{}e {}", "{}e {}", "{}e. {}s", "{}s {} {} {}", "t3({}e {} {})", "rq")
VARIATIONS = (
    "[fragment 1..6, augment 2]",
    "[ornament neighbours]",
    "[sequence 2 up 1 step]",
    "[thicken octaves]",
    "[displace 1/2]",
    "[transpose +2 steps]",
)
MOODS = ("calm", "uneasy", "dark", "bright", "tender", "grim")
DYNAMICS = ("pp", "p", "mp", "mf", "f", "ff")

_SEED = 20
_BARS_IN_MOTIF = 24
_PALETTES_SHARE, _STATES_SHARE, _SCENES_SHARE, _CUES_SHARE = 0.06, 0.12, 0.03, 0.12
_FIGURES_SHARE, _HARMONY_SHARE = 0.016, 0.015

Entry = list[str]


class Author:
    """Writes the parts of a score that name each other. `scale` is roughly the number of lines."""

    def __init__(self, scale: int) -> None:
        self._dice = random.Random(_SEED)
        self.palettes = self._names("palette", scale * _PALETTES_SHARE / 6)
        self.figures = self._names("waves", scale * _FIGURES_SHARE)
        self.harmonies = self._names("turn", scale * _HARMONY_SHARE)
        self.states = self._names("mood", scale * _STATES_SHARE / 7)
        self.scenes = self._names("scene", scale * _SCENES_SHARE)
        self.cues = self._names("cue", scale * _CUES_SHARE / 4)
        left = (
            scale
            - 12
            - sum(
                (
                    len(self.palettes) * 6,
                    len(self.figures),
                    len(self.harmonies),
                    len(self.states) * 7,
                    len(self.scenes),
                    len(self.cues) * 4,
                )
            )
        )
        # A motif has its bars, seven more lines, and a character who owns it.
        self.people = self._names("person", left / (_BARS_IN_MOTIF + 8))

    @staticmethod
    def _names(stem: str, count: float) -> list[str]:
        return [f"{stem} {number}" for number in range(1, max(int(count), 2) + 1)]

    def text(self) -> str:
        """The whole score."""
        lines = ["score: 1", "meta: {title: The long one}"]
        lines += ["time: {tempo: 96, metre: 4/4, key: d minor}"]
        kinds: tuple[tuple[str, Callable[[], Iterator[Entry]]], ...] = (
            ("palettes", self._palettes),
            ("characters", self._characters),
            ("motifs", self._motifs),
            ("figures", self._figures),
            ("harmony", self._harmony),
            ("states", self._states),
            ("scenes", self._scenes),
            ("cues", self._cues),
        )
        for kind, written in kinds:
            lines.append(f"{kind}:")
            for entry in written():
                lines += [f"  {line}" for line in entry]
        lines.append("transitions: {default: {at: next bar, fade: 1 beat, held: release}}")
        return "\n".join(lines) + "\n"

    def _one(self, of: list[str] | tuple[str, ...]) -> str:
        return self._dice.choice(of)

    def _bar(self) -> str:
        """Four beats; nearly every bar is another one, as in music that nobody copied."""
        beats = (self._one(BEATS) for _ in range(4))
        return " ".join(
            beat.format(*(self._dice.randint(1, 8) for _ in range(4))) for beat in beats
        )

    def _palettes(self) -> Iterator[Entry]:
        for name in self.palettes:
            low, high = sorted(self._dice.sample(range(len(DYNAMICS)), 2))
            yield [
                f"{name}:",
                f"  lead: {self._one(LEADS)}",
                f"  bed: {self._one(BEDS)}",
                f"  bass: {self._one(BASSES)}",
                f"  pulse: {self._one(PULSES)}",
                f"  dynamic: {DYNAMICS[low]}..{DYNAMICS[high]}",
            ]

    def _characters(self) -> Iterator[Entry]:
        for name in self.people:
            yield [f"{name}: {{motif: theme of {name}, arc: [{', '.join(MOODS[:3])}]}}"]

    def _motifs(self) -> Iterator[Entry]:
        for name in self.people:
            bars = [f"    - {self._bar()}" for _ in range(_BARS_IN_MOTIF)]
            states = [
                f"    {mood}: {{vary: {self._one(VARIATIONS)}, dynamic: {self._one(DYNAMICS)}}}"
                for mood in MOODS[:3]
            ]
            yield [f"theme of {name}:", "  octave: 4", "  notes:", *bars, "  states:", *states]

    def _figures(self) -> Iterator[Entry]:
        for name in self.figures:
            tones = " ".join(self._one(("k1", "k3", "k5", "k1+")) for _ in range(7))
            yield [f"{name}: {{role: pulse, notes: k1e {tones}}}"]

    def _harmony(self) -> Iterator[Entry]:
        for name in self.harmonies:
            yield [f"{name}: {' | '.join(self._one(CHORDS) for _ in range(4))}"]

    def _states(self) -> Iterator[Entry]:
        for number, name in enumerate(self.states):
            yield [
                f"{name}:",
                f"  tempo: {60 + number * 7 % 90}",
                f"  key: {self._one(KEYS)}",
                f"  palette: {self.palettes[number % len(self.palettes)]}",
                f"  harmony: {self.harmonies[number % len(self.harmonies)]}",
                "  layers: [lead, bed, bass, pulse]",
                f"  figures: {{pulse: {self.figures[number % len(self.figures)]}}}",
            ]

    def _scenes(self) -> Iterator[Entry]:
        people = len(self.people)
        for number, name in enumerate(self.scenes):
            who = sorted({self.people[number % people], self.people[number * 3 % people]})
            state = self.states[number % len(self.states)]
            yield [f"- {{id: {name}, who: [{', '.join(who)}], state: {state}}}"]

    def _cues(self) -> Iterator[Entry]:
        for number, name in enumerate(self.cues, 1):
            person = self._one(self.people)
            scene = self.scenes[(number - 1) % len(self.scenes)]
            yield [
                f"{name}:",
                f"  number: {number}",
                f"  when: {{event: moment {number}}}",
                f"  do: [arc {person} = {self._one(MOODS[:3])}, go {scene}]",
            ]


def written(lines: int) -> str:
    """A score of exactly so many lines: the shortfall of whole entries is made up by comments."""
    text = Author(lines).text()
    missing = lines - text.count("\n")
    if missing < 0:
        raise ValueError(f"cannot write a score of {lines} lines: {-missing} too many")
    return text + "".join(islice(_comments(), missing))


def _comments() -> Iterator[str]:
    while True:
        yield "# the end\n"


def main() -> None:
    """Print a score."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--lines", type=int, default=5000)
    print(written(parser.parse_args().lines), end="")


if __name__ == "__main__":
    main()
