"""Roman numerals as text (T4.1, S20)."""

from __future__ import annotations

import pytest

from leitmotor.music.numeral import Quality, parse_numeral


@pytest.mark.parametrize(
    ("text", "degree", "alter", "quality", "extras", "bass"),
    [
        ("I", 1, 0, Quality.MAJOR, (), 1),
        ("iv9", 4, 0, Quality.MINOR, ("7", "9"), 1),
        ("bII", 2, -1, Quality.MAJOR, (), 1),
        ("♭♭VII", 7, -2, Quality.MAJOR, (), 1),
        ("#iv", 4, 1, Quality.MINOR, (), 1),
        ("III+", 3, 0, Quality.AUGMENTED, (), 1),
        ("viio7", 7, 0, Quality.DIMINISHED, ("7",), 1),
        ("vii°7", 7, 0, Quality.DIMINISHED, ("7",), 1),
        ("viidim7", 7, 0, Quality.DIMINISHED, ("7",), 1),
        ("viiø7", 7, 0, Quality.HALF_DIMINISHED, ("7",), 1),
        ("viiø", 7, 0, Quality.HALF_DIMINISHED, ("7",), 1),
        ("Imaj7", 1, 0, Quality.MAJOR, ("maj7",), 1),
        ("i6", 1, 0, Quality.MINOR, (), 3),
        ("I64", 1, 0, Quality.MAJOR, (), 5),
        ("V42", 5, 0, Quality.MAJOR, ("7",), 7),
        ("Vsus4", 5, 0, Quality.MAJOR, ("sus4",), 1),
        ("V7sus", 5, 0, Quality.MAJOR, ("7", "sus4"), 1),
        (" ii7 ", 2, 0, Quality.MINOR, ("7",), 1),
    ],
)
def test_a_numeral_is_read(
    text: str, degree: int, alter: int, quality: Quality, extras: tuple[str, ...], bass: int
) -> None:
    numeral = parse_numeral(text)
    assert (numeral.degree, numeral.alter, numeral.quality) == (degree, alter, quality)
    assert (numeral.extras, numeral.bass, numeral.secondary) == (extras, bass, None)
    assert str(numeral) == text.strip()


def test_what_stands_after_the_stroke_is_a_numeral_of_its_own() -> None:
    numeral = parse_numeral("V7/V/ii")
    assert numeral.extras == ("7",)
    assert numeral.secondary == parse_numeral("V/ii")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "write one such as I, iv"),
        ("VIII", "I to VII"),
        ("Iv", "write iv for minor or IV for major"),
        ("iii+", "III+"),
        ("VIIo7", "viio"),
        ("Dm", "chord's name"),
        ("#viio", "write viio"),
        ("V6/5", "inversions are written V65"),
        ("V/", "V7/ii"),
        ("V77", "did you mean 7?"),
        ("V13", "7 maj7 9 maj9 6 64 65 43 42 sus4 sus2"),
    ],
)
def test_a_refusal_names_the_text_and_what_to_type(text: str, part: str) -> None:
    with pytest.raises(ValueError, match="is no numeral: ") as refusal:
        parse_numeral(text)
    assert part in str(refusal.value)
    assert repr(text) in str(refusal.value) or "/" in text
