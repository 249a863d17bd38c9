"""What all units share: the words of a value, plain numbers, and how a refusal is worded."""

from __future__ import annotations

import re
from fractions import Fraction

from leitmotor.score.parts import came

NUMBER = r"[-+]?(?:[0-9]{1,9}(?:\.[0-9]{1,9})?|\.[0-9]{1,9})"
"""A plain decimal number of a size that no arithmetic minds."""

_MINUS = str.maketrans({"−": "-", "–": "-"})
_NUMBER_OR_FRACTION = re.compile(rf"({NUMBER})(?:/([1-9][0-9]{{0,5}}))?")
_LONGEST = 200


def refusal(wanted: str, value: object, remedy: str) -> ValueError:
    """The error for a value that is not `wanted`; `remedy` says what to write."""
    return ValueError(f"{wanted} must stand here, not {came(value)}; {remedy}")


def words_of(value: object, wanted: str, remedy: str) -> str:
    """A value as text with single blanks; what is no text and no number is refused."""
    if isinstance(value, str) and len(value) <= _LONGEST and not value.isspace():
        return " ".join(value.translate(_MINUS).split())
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return (
            format(value, "f").rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
        )
    raise refusal(wanted, value, remedy)


def amount_of(text: str) -> Fraction | None:
    """`2`, `-1.5` or `3/4` exactly; None for anything else."""
    found = _NUMBER_OR_FRACTION.fullmatch(text)
    if found is None:
        return None
    return Fraction(found[1]) / int(found[2] or 1)


def pair_of(text: str) -> tuple[str, str] | None:
    """Both ends of `a..b`; None where there are not two."""
    low, dots, high = text.partition("..")
    if not dots or not low.strip() or not high.strip(". "):
        return None
    return low.strip(), high.strip()
