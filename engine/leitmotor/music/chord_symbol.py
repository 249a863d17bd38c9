"""What follows the root in a chord's name: `m7`, `dim7`, `7sus4`. Reads all that it writes."""

from __future__ import annotations

import re
from itertools import product
from typing import NamedTuple


class Shape(NamedTuple):
    """A chord's tones in semitones above its root; None where one is missing.

    A suspended chord has 5 (sus4) or 2 (sus2) in place of its third.
    """

    third: int
    fifth: int
    seventh: int | None = None
    ninth: int | None = None


_TRIADS = {(4, 7): "", (3, 7): "m", (3, 6): "dim", (4, 8): "aug", (4, 6): "(b5)", (3, 8): "m#5"}
_SUSPENSIONS = {5: "sus4", 2: "sus2"}

# Other ways of writing, brought to the one in the table; applied in order.
_REWRITES = tuple(
    (re.compile(pattern, re.IGNORECASE), written)
    for pattern, written in (
        (r"half-?dim(inished)?7?", "m7b5"),
        (r"diminished|dim|[°º]", "dim"),
        (r"dom(inant)?7", "7"),
        (r"minor|min", "m"),
        (r"major|maj", "maj"),
        (r"augmented|aug", "aug"),
    )
)
_SHORT_REWRITES = tuple(
    (re.compile(pattern), written)
    for pattern, written in (
        (r"^M(?=$|7|9)", "maj"),
        (r"^ø7?", "m7b5"),
        (r"^o(?=$|7|9)", "dim"),
        (r"^\+", "aug"),
        (r"^-(?=$|7|9)", "m"),
        (r"^maj(?=$|sus)", ""),
        (r"sus$", "sus4"),
    )
)


def symbol(shape: Shape) -> str:
    """The usual symbol of a chord: `m7`, `dim7`, "" for a major triad."""
    suspension = _SUSPENSIONS.get(shape.third, "")
    triad = (4 if suspension else shape.third, shape.fifth)
    word = _TRIADS.get(triad, f"({shape.third},{shape.fifth})")
    return _with_extensions(word, shape.seventh, shape.ninth) + suspension


def _with_extensions(triad: str, seventh: int | None, ninth: int | None) -> str:
    if seventh is None:
        return triad if ninth is None else f"{triad}add{_ninth(ninth)}"
    number = "9" if ninth == 14 else "7"
    above = "" if ninth in (None, 14) else _ninth(ninth)
    if triad == "dim" and seventh == 10:
        return f"m{number}b5{above}"
    if triad == "(b5)":
        return _seventh("", seventh, number) + triad + above
    return _seventh(triad, seventh, number) + above


def _seventh(triad: str, seventh: int, number: str) -> str:
    if seventh == 11:
        return f"m(maj{number})" if triad == "m" else f"{triad}maj{number}"
    if seventh == 9 and triad != "dim":
        return f"{triad}(bb{number})"
    return f"{triad}{number}"


def _ninth(ninth: int | None) -> str:
    return {13: "b9", 15: "#9"}.get(ninth or 14, "9")


def _every_shape() -> dict[str, Shape]:
    triads = [*_TRIADS, *product(_SUSPENSIONS, (7, 6, 8))]
    extensions = product((None, 9, 10, 11), (None, 13, 14, 15))
    shapes = [Shape(*triad, *extension) for triad, extension in product(triads, extensions)]
    # Earlier shapes win, so that a symbol two shapes could share means the plainer one.
    return {_bare(symbol(shape)): shape for shape in reversed(shapes)}


def _bare(text: str) -> str:
    return re.sub(r"[\s()]", "", text)


_SHAPES = _every_shape()


def read_symbol(text: str) -> Shape | None:
    """The chord that a symbol stands for (`m7`, ` major`, `7sus4`), or None if it is no symbol."""
    bare = _bare(text)
    for pattern, written in _REWRITES:
        bare = pattern.sub(written, bare)
    for pattern, written in _SHORT_REWRITES:
        bare = pattern.sub(written, bare)
    return _SHAPES.get(bare)
