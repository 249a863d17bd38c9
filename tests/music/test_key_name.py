"""Keys by name."""

from __future__ import annotations

import pytest

from leitmotor.music.key_name import parse_key_name
from leitmotor.music.scale import MODES, Key, Mode


@pytest.mark.parametrize(
    ("text", "letter", "alter", "mode"),
    [
        ("d minor", 1, 0, "minor"),
        ("D minor", 1, 0, "minor"),
        ("Dm", 1, 0, "minor"),
        ("dmin", 1, 0, "minor"),
        ("C M", 0, 0, "major"),
        ("F# dorian", 3, 1, "dorian"),
        ("bb minor", 6, -1, "minor"),
        ("B flat harmonic minor", 6, -1, "harmonic"),
        ("e minor pentatonic", 2, 0, "minor pentatonic"),
        ("G whole-tone", 4, 0, "whole-tone"),
    ],
)
def test_a_key_with_its_mode(text: str, letter: int, alter: int, mode: str) -> None:
    assert parse_key_name(text) == (letter, alter, MODES[mode])


@pytest.mark.parametrize(("text", "letter", "alter"), [("Eb", 2, -1), ("d", 1, 0), (" C# ", 0, 1)])
def test_a_tonic_alone_says_nothing_about_the_mode(text: str, letter: int, alter: int) -> None:
    assert parse_key_name(text) == (letter, alter, None)


@pytest.mark.parametrize("mode", MODES.values(), ids=MODES)
def test_every_key_reads_back_its_own_name(mode: Mode) -> None:
    for letter in range(7):
        for alter in (-1, 0, 1):
            key = Key(letter, alter, mode)
            assert parse_key_name(str(key)) == (letter, alter, key.mode)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("D dorain", "did you mean dorian?"),
        ("Ddorian", "a space"),
        ("X major", "write a tonic and a mode"),
        ("H major", "write B major"),
        ("D moll", "write D minor"),
        ("b-moll", "write bb minor (the German B), or b minor (the German H)"),
        ("fis moll", "write f# minor"),
        ("Es", "write Eb"),
        ("hes sad", "write a tonic and a mode"),
        ("", "write a tonic and a mode"),
        ("D sad", "modes are major, minor, harmonic"),
    ],
)
def test_a_refusal_names_the_nearest_mode(text: str, part: str) -> None:
    with pytest.raises(ValueError, match="is no key") as refusal:
        parse_key_name(text)
    assert part in str(refusal.value)
