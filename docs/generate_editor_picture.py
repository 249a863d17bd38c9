"""Draws `guide/editor.svg`: what an editor shows, with the texts of the schema as it is.

Run `python docs/generate_editor_picture.py` after the descriptions have changed.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from leitmotor.score.schema import score_schema

PICTURE = Path(__file__).with_name("guide") / "editor.svg"

LINES = (
    "score: 1",
    "scenes:",
    "  - {id: quay, state: calm}",
    "cues:",
    "  the storm:",
    "    when: {press: s}",
    "    ",
)
"""What was typed so far; the list opens at the end of the last line."""

CHOSEN = "while"
WIDTH, ROW, LEFT, TOP, CHARACTER = 720, 22, 46, 40, 8.4
KEY, TEXT, GREY, INK, PAPER = "#0550ae", "#1f2328", "#59636e", "#1f2328", "#ffffff"


def picture() -> str:
    """The picture, as SVG."""
    keys = _keys_of_a_cue()
    offered = [key for key in keys if key != "when"]
    height = TOP + ROW * (len(LINES) + len(offered)) + 30
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}"'
        ' font-family="ui-monospace, Menlo, Consolas, monospace" font-size="14">',
        "<title>An editor offers the keys of a cue</title>",
        f'<rect width="{WIDTH}" height="{height}" rx="8" fill="{PAPER}" stroke="#d1d9e0"/>',
        _text(16, 24, "score.yaml", GREY),
    ]
    for number, line in enumerate(LINES):
        parts += _line(number, line)
    parts += _list(offered, keys)
    return "\n".join([*parts, "</svg>", ""])


def _keys_of_a_cue() -> dict[str, str]:
    properties: dict[str, dict[str, Any]] = score_schema()["$defs"]["CueEntry"]["properties"]
    return {key: str(value["description"]) for key, value in properties.items()}


def _line(number: int, line: str) -> list[str]:
    y = TOP + ROW * (number + 1)
    parts = [_text(16, y, str(number + 1), GREY)]
    key, colon, rest = line.partition(":")
    indent = len(key) - len(key.lstrip(" "))
    x = LEFT + CHARACTER * indent
    if colon:
        parts.append(_text(x, y, key.lstrip(" ") + colon, KEY))
        parts.append(_text(x + CHARACTER * (len(key.lstrip(" ")) + 2), y, rest.strip(), TEXT))
    else:
        parts.append(f'<rect x="{x}" y="{y - 14}" width="2" height="18" fill="{INK}"/>')
    return parts


def _list(offered: list[str], keys: dict[str, str]) -> list[str]:
    """The keys that are offered, and what the chosen one means."""
    x, y = LEFT + CHARACTER * 4, TOP + ROW * len(LINES) + 8
    wide, high = 150, ROW * len(offered) + 8
    parts = [
        f'<rect x="{x}" y="{y}" width="{wide}" height="{high}" fill="#f6f8fa" stroke="#d1d9e0"/>'
    ]
    for number, key in enumerate(offered):
        top = y + 4 + ROW * number
        if key == CHOSEN:
            parts.append(f'<rect x="{x}" y="{top}" width="{wide}" height="{ROW}" fill="#ddf4ff"/>')
            parts += _meaning(x + wide, top, keys[key])
        parts.append(_text(x + 12, top + 16, key, KEY))
    return parts


def _meaning(x: float, y: float, text: str) -> list[str]:
    wide = WIDTH - x - 24
    box = (
        f'<rect x="{x}" y="{y}" width="{wide}" height="{ROW * 2}" fill="#ffffff" stroke="#d1d9e0"/>'
    )
    head, _, tail = text.partition(": ")
    return [box, _text(x + 12, y + 16, f"{head}:", TEXT), _text(x + 12, y + 36, tail, TEXT)]


def _text(x: float, y: float, text: str, colour: str) -> str:
    return f'<text x="{x:g}" y="{y:g}" fill="{colour}" xml:space="preserve">{escape(text)}</text>'


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
