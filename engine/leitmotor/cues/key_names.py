"""What a terminal sends when a key is pressed, and the name of the key."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from types import MappingProxyType

_PLAIN: Mapping[str, str] = MappingProxyType(
    {
        " ": "space",
        "\r": "enter",
        "\n": "enter",
        "\t": "tab",
        "\x7f": "backspace",
        "\b": "backspace",
    }
)
_SEQUENCES: Mapping[str, str] = MappingProxyType(
    {
        "A": "up",
        "B": "down",
        "C": "right",
        "D": "left",
        "H": "home",
        "F": "end",
        "Z": "shift-tab",
        "P": "f1",
        "Q": "f2",
        "R": "f3",
        "S": "f4",
        "1~": "home",
        "2~": "insert",
        "3~": "delete",
        "4~": "end",
        "5~": "page up",
        "6~": "page down",
        "11~": "f1",
        "12~": "f2",
        "13~": "f3",
        "14~": "f4",
        "15~": "f5",
        "17~": "f6",
        "18~": "f7",
        "19~": "f8",
        "20~": "f9",
        "21~": "f10",
        "23~": "f11",
        "24~": "f12",
    }
)
_WINDOWS: Mapping[str, str] = MappingProxyType(
    {
        "H": "up",
        "P": "down",
        "M": "right",
        "K": "left",
        "G": "home",
        "O": "end",
        "R": "insert",
        "S": "delete",
        "I": "page up",
        "Q": "page down",
        **{chr(ord(";") + n): f"f{n + 1}" for n in range(10)},
    }
)
_LONGEST_SEQUENCE = 16


class KeyReader:
    """Turns the bytes of a terminal into names of keys, however they are cut into pieces.

    A printing character is its own name; the others are `space`, `enter`, `tab`, `escape`,
    `backspace`, `up`, `page down`, `f1`, `ctrl-a` and so on.

    Thread: one; never blocks.
    """

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._waiting = ""

    @property
    def waiting(self) -> bool:
        """Whether bytes wait that may be the beginning of a key, or all of Escape."""
        return bool(self._waiting)

    def feed(self, data: bytes) -> tuple[str, ...]:
        """The keys that are complete with these bytes."""
        self._waiting += self._decoder.decode(data)
        keys: list[str] = []
        while self._waiting:
            key, used = _first_key(self._waiting)
            if not used:
                break
            self._waiting = self._waiting[used:]
            if key:
                keys.append(key)
        return tuple(keys)

    def pause(self) -> tuple[str, ...]:
        """What the bytes that wait mean now that no more follow: a lone Escape is a key."""
        waiting, self._waiting = self._waiting, ""
        keys = ["escape"] if waiting.startswith("\x1b") else []
        return (*keys, *(named(c) for c in waiting[len(keys) :] if c.isprintable()))


def named(character: str) -> str:
    """The name of the key that sends one character."""
    if character in _PLAIN:
        return _PLAIN[character]
    if character == "\x1b":
        return "escape"
    if character < " ":
        return f"ctrl-{chr(ord(character) + 96)}"
    return character


def windows_named(character: str) -> str:
    """The name of the key that Windows announces with a prefix before this character."""
    return _WINDOWS.get(character, "")


def _first_key(text: str) -> tuple[str, int]:
    """The first key and its length; ("", n) for an unknown sequence, ("", 0) while incomplete."""
    if text[0] != "\x1b":
        return named(text[0]), 1
    if len(text) == 1:
        return "", 0
    if text[1] not in "[O":
        return "escape", 1
    for place in range(2, min(len(text), _LONGEST_SEQUENCE)):
        # A sequence ends with its first letter or tilde.
        if text[place] >= "@":
            return _SEQUENCES.get(text[2 : place + 1], ""), place + 1
    return ("", 0) if len(text) < _LONGEST_SEQUENCE else ("", len(text))
