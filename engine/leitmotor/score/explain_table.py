"""One table of `explain`."""

from __future__ import annotations

from leitmotor.records import record


@record
class Table:
    """A title, the heads of the columns, and the rows: all in words."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
