"""What a measurement says: figures beside their targets, as a table and as one line of JSON."""

from __future__ import annotations

import argparse
import json
import os
import platform
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value. A target is a bound from above (`at_most`) or from below (`at_least`)."""

    name: str
    value: float
    unit: str
    at_most: float | None = None
    at_least: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; None where there is none."""
        if self.at_most is not None:
            return self.value <= self.at_most
        if self.at_least is not None:
            return self.value >= self.at_least
        return None

    @property
    def target(self) -> str:
        """The target as people write it."""
        if self.at_most is not None:
            return f"≤ {_number(self.at_most)} {self.unit}"
        if self.at_least is not None:
            return f"≥ {_number(self.at_least)} {self.unit}"
        return ""


def arguments(about: str) -> argparse.ArgumentParser:
    """A command line with the one option that every measurement has."""
    parser = argparse.ArgumentParser(description=about.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a short run, for a first look")
    return parser


def report(
    bench: str, figures: Sequence[Figure], details: Mapping[str, object] | None = None
) -> None:
    """Print the figures as a table, then all of it as one line of JSON."""
    print(f"\n{bench}")
    print_table(
        ("what", "result", "target", ""),
        [
            (each.name, f"{_number(each.value)} {each.unit}", each.target, _mark(each.met))
            for each in figures
        ],
    )
    record = {
        "bench": bench,
        "machine": machine(),
        "figures": [_record(each) for each in figures],
        "details": dict(details or {}),
    }
    print(json.dumps(record, ensure_ascii=False), flush=True)


def print_table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Columns as wide as their widest cell."""
    lines = [tuple(str(cell) for cell in row) for row in (head, *rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    for line in lines:
        print("  " + "  ".join(map(str.ljust, line, widths)).rstrip())


def machine() -> dict[str, object]:
    """What the figures were measured on."""
    return {
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "month": time.strftime("%Y-%m"),
        "load before": round(os.getloadavg()[0], 2),
        "leitmotor": _version("leitmotor"),
    }


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "from the source tree"


def _record(figure: Figure) -> dict[str, object]:
    return {
        "name": figure.name,
        "value": figure.value,
        "unit": figure.unit,
        "target": figure.target,
        "met": figure.met,
    }


def _mark(met: bool | None) -> str:
    return {True: "met", False: "MISSED", None: ""}[met]


def _number(value: float) -> str:
    if value == int(value) or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}"
