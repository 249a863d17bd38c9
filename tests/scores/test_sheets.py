"""The shipped scores play what their sheets say, and `check` has no remark about them."""

from __future__ import annotations

import pytest
from tests.regenerate import FOLDER, ROOT, SHEETS, sheet_of
from tests.scores.sheet import sheet
from tests.scores.stage import excerpts, is_shown_as_written, performed

from leitmotor.messages import Attack, Control, Release
from leitmotor.score.load import load_score

LEVEL = 7
QUIETEST = 20
"""CC7 at -28 dB: what a stinger's duck and a low level make together."""

every_score = pytest.mark.parametrize("name", SHEETS)


@every_score
def test_it_plays_its_sheet(name: str) -> None:
    """A difference that is meant: `python -m tests.regenerate`, and review what changed."""
    written = (FOLDER / f"{name}.sheet").read_text(encoding="utf-8")
    assert sheet_of(name).splitlines() == written.splitlines()


@every_score
def test_check_has_no_remark(name: str) -> None:
    loaded = load_score(ROOT / "scores" / name)
    assert [*loaded.notes, *loaded.not_yet] == []


@every_score
def test_nothing_is_out_of_range_and_nothing_is_left_sounding(name: str) -> None:
    heard, _ = performed(name)
    instruments = load_score(ROOT / "scores" / name).score.instruments
    outside = [
        each
        for each in heard.attacks()
        if not instruments[each.voice.instrument].kit
        and not instruments[each.voice.instrument].low
        <= each.pitch
        <= instruments[each.voice.instrument].high
    ]
    assert outside == []
    begun = sorted(each.note for each in heard.of(Attack))
    assert begun == sorted(each.note for each in heard.of(Release))


@every_score
def test_levels_are_where_a_mixer_would_have_them(name: str) -> None:
    """But for the first notes of fade-ins every note finds its channel open, and can be heard."""
    heard, _ = performed(name)
    levels: dict[int, int] = {}
    faint = 0
    for event in heard.events:
        if isinstance(event, Control) and event.controller == LEVEL:
            levels[event.voice.channel] = event.value
        elif isinstance(event, Attack) and event.voice.channel in levels:
            faint += levels[event.voice.channel] < QUIETEST
    assert faint <= max(5, 0.015 * len(heard.attacks()))
    assert all(15 <= each.velocity <= 127 for each in heard.attacks())


@every_score
def test_every_excerpt_of_its_page_stands_in_the_score(name: str) -> None:
    shown = excerpts(f"making-{name}")
    assert len(shown) >= 8
    assert [each for each in shown if not is_shown_as_written(each, name)] == []


def test_a_sheet_gives_beat_pitch_velocity_and_length() -> None:
    lines = list(sheet(performed("harbour")[0].events))
    assert lines[0] == "bar 1  4/4  0:00.000  | scene quay; state calm; passage low tide"
    assert "  lead     guitar            1 A4 33 4.03" in lines
