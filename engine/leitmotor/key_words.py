"""The names of the operator's keys, as scores write them and as keyboards report them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

DESK_KEYS: Mapping[str, str] = MappingProxyType(
    {
        ":": "opens the line for verbs",
        "?": "shows the keys",
        "enter": "fires the next cue",
        "tab": "completes a line",
        "ctrl-c": "ends the performance",
    }
)
"""The keys that the desk itself uses, and what for: no cue can have them."""

NAMED_KEYS: tuple[str, ...] = (
    "space",
    "enter",
    "tab",
    "shift-tab",
    "escape",
    "backspace",
    "insert",
    "delete",
    "home",
    "end",
    "page up",
    "page down",
    "up",
    "down",
    "left",
    "right",
    *(f"f{number}" for number in range(1, 13)),
    # A terminal sends the same for ctrl-h, -i, -j and -m as for backspace, tab and enter.
    *(f"ctrl-{letter}" for letter in "abcdefgklnopqrstuvwxyz"),
)
"""Every key that has a name. All others are one printable character and are called by it."""


def is_key(name: str) -> bool:
    """Whether a keyboard can report a key of this name."""
    return name in NAMED_KEYS or (len(name) == 1 and name.isprintable() and name != " ")
