"""Several mistakes in one value, each with its place inside the value."""

from __future__ import annotations

from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]


class PartsError(ValueError):
    """Mistakes in the parts of a value: (path inside the value, what is wrong)."""

    def __init__(self, parts: tuple[tuple[Path, str], ...]) -> None:
        super().__init__("\n".join(text for _, text in parts))
        self.parts = parts


def counted(count: int, thing: str) -> str:
    """ "1 bar", "2 bars"."""
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def came(value: object) -> str:
    """What came instead of what was expected, in a composer's words."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"the switch {'true' if value else 'false'}"
    if isinstance(value, (int, float)):
        return f"the number {value}"
    if isinstance(value, str):
        short = value if len(value) <= 40 else value[:37] + "…"
        return f'the text "{short}"'
    if isinstance(value, (list, tuple)):
        return "a list"
    if isinstance(value, dict):
        return "a mapping"
    return str(value)
