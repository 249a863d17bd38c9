"""What a word of YAML stands for (truth, plain decimal number, text), and the limits of rule 9."""

from __future__ import annotations

import re

LONGEST_TEXT_BYTES = 4096
LARGEST_NUMBER = 2**53
MOST_NODES = 50_000
MOST_PROBLEMS = 500

UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)
"""Control characters and those that no display shows. Tabs and line ends are not among them."""

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_NUMBER_STARTS = frozenset("+-.0123456789")
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]*)?\.[0-9]+")


def is_null(plain: str) -> bool:
    """Whether YAML takes this unquoted word for "nothing"."""
    return plain in _NULLS


def plain_value(plain: str) -> str | int | float | bool:
    """What an unquoted word stands for. Numbers may be larger than `LARGEST_NUMBER`."""
    if plain[:1] in _NUMBER_STARTS and len(plain) <= LONGEST_TEXT_BYTES:
        if _INTEGER.fullmatch(plain):
            return int(plain)
        if _DECIMAL.fullmatch(plain):
            return float(plain)
    elif plain == "true":
        return True
    elif plain == "false":
        return False
    return plain


def number_fault(value: float) -> str:
    """What is wrong with a number, with the remedy; empty where nothing is."""
    if not -LARGEST_NUMBER <= value <= LARGEST_NUMBER:
        return (
            f"a number from -2^53 to 2^53 was expected, but {str(value)[:24]} came; "
            "write a smaller one, or put it in quotes if it is a text"
        )
    return ""


def text_fault(text: str, style: str | None) -> str:
    """What is wrong with a text, with the remedy; empty where nothing is.

    `style` is the quote it stands in. The file itself holds nothing `UNWANTED` any more: only codes
    in double quotes (`"\\x07"`) can bring it back.
    """
    if len(text) > LONGEST_TEXT_BYTES // 4:
        size = len(text.encode("utf-8", "replace"))
        if size > LONGEST_TEXT_BYTES:
            return f"a text of {size} bytes, at most {LONGEST_TEXT_BYTES} are allowed; split it"
    if style == '"':
        found = UNWANTED.search(text)
        return unwanted_fault(found[0]) if found else ""
    return ""


def unwanted_fault(char: str) -> str:
    """The message for one character out of `UNWANTED`."""
    return f"the invisible character U+{ord(char):04X} is not allowed; delete it"
