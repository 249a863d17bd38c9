"""Notes and keys by name, as people write them: `d minor`, `Dm`, `F# dorian`, `B flat`."""

from __future__ import annotations

import re
from difflib import get_close_matches
from types import MappingProxyType

from leitmotor.music.scale import LETTERS, MODES, Mode

MODE_SYNONYMS = MappingProxyType(
    {
        "ionian": "major",
        "aeolian": "minor",
        "natural minor": "minor",
        "harmonic minor": "harmonic",
        "melodic minor": "melodic",
        "major pentatonic": "pentatonic",
    }
)
"""Other names that people use for the modes."""

_ALIASES = MappingProxyType(
    {"m": "minor", "min": "minor", "maj": "major", **MODE_SYNONYMS, "half-whole": "octatonic"}
)
_NOTE = re.compile(r"([A-Ga-g])([ -]?(?:flat|sharp)\b|[b♭]{1,2}|[#♯]{1,2})?")


def read_note_name(text: str) -> tuple[int, int, str] | None:
    """(letter C=0…B=6, alter, what follows) of a text that begins with a note name, else None."""
    found = _NOTE.match(text)
    if found is None:
        return None
    letter, sign = found[1].upper(), found[2] or ""
    if sign.endswith(("flat", "sharp")):
        alter = -1 if sign.endswith("flat") else 1
    else:
        alter = len(sign) * (-1 if sign[:1] in ("b", "♭") else 1)
    return LETTERS.index(letter), alter, text[found.end() :]


def parse_key_name(text: str) -> tuple[int, int, Mode | None]:
    """(letter, alter, mode) of a key's name; the mode is None where the text names none.

    `d minor` and `D minor` are the same key, and `d` alone says nothing about the mode.
    ValueError names the nearest mode and all known ones.
    """
    note = read_note_name(text.strip())
    if note is None:
        raise ValueError(
            f"{text.strip()!r} is no key: write a tonic and a mode, as in d minor, Eb, F# dorian"
        )
    letter, alter, rest = note
    if not rest:
        return letter, alter, None
    name = "major" if rest.strip() == "M" else " ".join(rest.lower().split())
    # Only the short forms may touch the letter.
    if not rest[0].isspace() and rest not in ("m", "M", "min", "maj"):
        tonic = text.strip()[: -len(rest)]
        raise ValueError(
            f"{text.strip()!r} is no key: write a tonic, a space and a mode; "
            f"after {tonic} came {rest!r}; modes are {', '.join(MODES)}"
        )
    mode = MODES.get(_ALIASES.get(name, name))
    if mode is None:
        raise ValueError(_unknown(text.strip(), name))
    return letter, alter, mode


def _unknown(text: str, name: str) -> str:
    near = get_close_matches(name.lower(), [*MODES, *_ALIASES], n=1)
    meant = f"did you mean {near[0]}? " if near else ""
    return f"{text!r} is no key: no mode is called {name!r}; {meant}modes are {', '.join(MODES)}"
