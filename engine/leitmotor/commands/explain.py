"""`leitmotor explain`: the compiled score with every default, as tables."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from leitmotor.score.explain import Table as Words
from leitmotor.score.explain import explain as tables_of
from leitmotor.score.load import load_score


def explain(path: Path, rig: Path | None) -> None:
    """Print the tables, as wide as they need to be where nobody looks at a terminal."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=200, color_system=None)
    for table in tables_of(load_score(path, rig)):
        shown = Table(title=Text(table.title), title_justify="left")
        for column in table.columns:
            shown.add_column(Text(column), overflow="fold")
        for row in table.rows:
            shown.add_row(*(Text(cell) for cell in row))
        console.print(shown)
        console.print()


def explain_for_programs(path: Path, rig: Path | None) -> None:
    """Print the same tables as JSON: each row an object whose keys are the columns."""
    report = {table.title.partition(":")[0]: _rows(table) for table in _tables(path, rig)}
    print(json.dumps(report, ensure_ascii=False, indent=2))


def _tables(path: Path, rig: Path | None) -> Iterable[Words]:
    return tables_of(load_score(path, rig))


def _rows(table: Words) -> list[dict[str, str]]:
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]
