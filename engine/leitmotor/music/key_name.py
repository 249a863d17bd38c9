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
FOREIGN_MODES = MappingProxyType(
    {
        "moll": "minor",
        "dur": "major",
        "mineur": "minor",
        "majeur": "major",
        "minore": "minor",
        "maggiore": "major",
        "menor": "minor",
        "mayor": "major",
    }
)
"""The two modes in other languages, for hints alone."""

_ABROAD = re.compile(r"([a-h])(is|es|(?<=[ae])s)?(?:[ -]+([a-z -]+))?", re.IGNORECASE)
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
    meant = _meant_abroad(text.strip())
    if meant:
        raise ValueError(f"{text.strip()!r} is no key: {meant}")
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


def _meant_abroad(text: str) -> str:
    """What to write for a key in another language (`D moll`, `H minor`, `fis`), or nothing."""
    found = _ABROAD.fullmatch(text)
    if found is None:
        return ""
    letter, ending = found[1], found[2]
    word = " ".join((found[3] or "").lower().split())
    german = word in ("moll", "dur")
    mode = FOREIGN_MODES.get(word, word)
    if not (letter in "hH" or ending or word in FOREIGN_MODES):
        return ""
    if mode and _ALIASES.get(mode, mode) not in MODES:
        return ""
    after = f" {mode}" if mode else ""
    sign = {"is": "#", None: ""}.get(ending, "b")
    if letter in "bB" and german and not ending:
        return f"write {letter}b{after} (the German B), or {letter}{after} (the German H)"
    return f"write {'B' if letter == 'H' else 'b' if letter == 'h' else letter}{sign}{after}"


def _unknown(text: str, name: str) -> str:
    near = get_close_matches(name.lower(), [*MODES, *_ALIASES], n=1)
    meant = f"did you mean {near[0]}? " if near else ""
    return f"{text!r} is no key: no mode is called {name!r}; {meant}modes are {', '.join(MODES)}"
