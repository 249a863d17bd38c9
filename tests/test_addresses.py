"""Addresses: names in them, wildcards, and what lets go of a button."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitmotor.addresses import FORBIDDEN, captured, is_release, segment_of


@pytest.mark.parametrize(
    ("pattern", "address", "found"),
    [
        ("/scene/quay", "/scene/quay", ()),
        ("/scene/*", "/scene/quay", ("quay",)),
        ("/*/mara/*", "/arc/mara/lost", ("arc", "lost")),
        ("/scene/*", "/scene/quay/go", None),
        ("/scene/*", "/scene/", None),
        ("/scene/*", "/scene", None),
        ("/scene/quay", "/scene/Quay", None),
    ],
)
def test_a_star_stands_for_one_whole_segment(
    pattern: str, address: str, found: tuple[str, ...] | None
) -> None:
    assert captured(pattern, address) == found


class _Counted(str):
    """A text that counts how often it is compared."""

    compared = 0

    def __eq__(self, other: object) -> bool:
        _Counted.compared += 1
        return str.__eq__(self, str(other))

    __hash__ = str.__hash__

    def split(self, *_: object) -> list[str]:  # type: ignore[override]
        return [_Counted(part) for part in str.split(self, "/")]


@pytest.mark.parametrize("stars", [1, 12, 60, 120])
def test_the_cost_of_wildcards_is_linear(stars: int) -> None:
    """A.3: what makes a regular expression try for years is compared segment by segment."""
    pattern = _Counted("/*" * stars + "/X")
    address = _Counted("/aaaaaaaa" * stars + "/Y")
    _Counted.compared = 0
    assert captured(pattern, address) is None
    assert _Counted.compared <= 4 * (stars + 2)


@given(st.lists(st.text(min_size=1).map(segment_of), min_size=1))
def test_what_a_pattern_captures_is_what_stood_there(segments: list[str]) -> None:
    address = "/" + "/".join(segments)
    assert captured("/*" * len(segments), address) == tuple(segments)
    assert captured(address, address) is not None


@given(st.text())
def test_a_name_is_one_segment_without_signs_of_patterns(name: str) -> None:
    assert not set(segment_of(name)) & {*FORBIDDEN, "/"}
    assert segment_of(segment_of(name)) == segment_of(name)


@pytest.mark.parametrize(
    ("values", "released"),
    [
        ((0.0,), True), ((-0.0,), True), ((1.0,), False), ((), False), ((0.5,), False),
        ((0.0, 0.0), False), (("0",), False), (("",), False),
    ],
)  # fmt: skip
def test_0_alone_lets_go(values: tuple[float | str, ...], released: bool) -> None:
    assert is_release(values) is released
