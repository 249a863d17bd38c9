"""Puts the results in bench/results/ into docs/performance.md, between its two markers.

python -m bench.page
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from bench.report import ROOT
from bench.run_all import BENCHES, RESULTS

PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- results -->", "<!-- /results -->"

_PEERS_HEAD = (
    "program",
    "late p50",
    "p99",
    "max",
    "interval error p50",
    "p99",
    "chord spread p50",
    "p99",
    "drift",
    "key call to first note",
    "CPU %",
)


def lines_of(bench: str) -> Iterator[str]:
    """The section of one measurement; nothing where it has no result."""
    file = RESULTS / f"{bench}.json"
    if not file.exists():
        return
    found = json.loads(file.read_text(encoding="utf-8"))
    machine = found["machine"]
    yield f"### {bench.replace('_', ' ')}"
    yield ""
    load = machine["load before"]
    command = " ".join([f"python -m bench.{bench}", *found.get("options", ())])
    yield f"`{command}`, {machine['month']}; load of the machine before: {load}"
    yield ""
    yield from _verdicts(found["details"]["verdicts"]) if bench == "peers" else _figures(found)
    yield ""


def _figures(found: dict[str, Any]) -> Iterator[str]:
    yield "| what | result | target | |"
    yield "|---|---:|---:|---|"
    for each in found["figures"]:
        result = f"{_number(each['value'])} {each['unit']}".strip()
        met = {True: "met", False: "**missed**", None: ""}[each["met"]]
        yield f"| {each['name']} | {result} | {each['target'].strip()} | {met} |"


def _verdicts(verdicts: list[dict[str, Any]]) -> Iterator[str]:
    yield f"| {' | '.join(_PEERS_HEAD)} |"
    yield f"|---|{'---:|' * (len(_PEERS_HEAD) - 1)}"
    keys = ("late_p50", "late_p99", "late_max", "interval_p50", "interval_p99")
    keys += ("spread_p50", "spread_p99", "drift")
    for each in verdicts:
        cells = [each["program"], *(f"{each[key]:.3f}" for key in keys)]
        cells.append(", ".join(f"{wait:.1f}" for wait in each["key_calls"]) or "not possible")
        yield f"| {' | '.join(cells)} | {each['cpu_percent']:.1f} |"


def _number(value: float) -> str:
    if value == int(value) or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def written(page: str, results: str) -> str:
    """The page with these results. ValueError where it has lost its markers."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{PAGE.name} needs the lines {BEGIN} and {END}")
    return f"{before}{BEGIN}\n\n{results}\n{END}{after}"


def main() -> None:
    """Write the page."""
    results = "\n".join(line for bench in BENCHES for line in lines_of(bench))
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(written(page, results), encoding="utf-8")


if __name__ == "__main__":
    main()
