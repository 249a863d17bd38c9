"""The presets of a SoundFont, read out of files good and bad."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leitmotor.errors import DeviceError
from leitmotor.outputs.soundfont_file import Preset, nearest_presets, presets
from leitmotor.testing.small_soundfont import small_soundfont

ORCHESTRA = [(0, 48, "Strings"), (0, 40, "Violin"), (128, 0, "Standard"), (8, 40, "Violin 2")]
GOOD = small_soundfont(ORCHESTRA)

same_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def test_presets_come_by_bank_and_number(tmp_path: Path) -> None:
    path = tmp_path / "orchestra.sf2"
    path.write_bytes(GOOD)
    assert [str(each) for each in presets(path)] == [
        "0/40 Violin",
        "0/48 Strings",
        "8/40 Violin 2",
        "128/0 Standard",
    ]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "it is too short"),
        (b"RIFF", "it is too short"),
        (b"MThd\0\0\0\6 no sound at all", "it does not begin as one"),
        (GOOD[:8] + b"WAVE" + GOOD[12:], "it does not begin as one"),
        (GOOD[:-1], f"it is cut short, at {len(GOOD) - 1} of {len(GOOD)} bytes"),
        (GOOD.replace(b"phdr", b"none"), "it has no table of presets"),
        (small_soundfont([]), "it has no presets"),
        (GOOD[:16] + b"\xff\xff\xff\x7f" + GOOD[20:], "its part 'LIST' goes on beyond the end"),
    ],
)
def test_what_is_no_soundfont_says_why(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "bad.sf2"
    path.write_bytes(content)
    with pytest.raises(DeviceError, match=f"bad.sf2 is not a SoundFont that can be played: {why}"):
        presets(path)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(DeviceError, match=r"there is no SoundFont .*gone\.sf2: put it there"):
        presets(tmp_path / "gone.sf2")
    with pytest.raises(DeviceError, match="is not a SoundFont: it is no file"):
        presets(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes in folders")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.sf2")
    with pytest.raises(DeviceError, match="it is no file"):
        presets(tmp_path / "pipe.sf2")


@same_folder
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), max_size=12))
def test_damage_is_a_sentence_or_other_presets(
    tmp_path: Path, damage: list[tuple[int, int]]
) -> None:
    """Row 46: whatever the bytes, the end is presets or `DeviceError`, and names are printable."""
    content = bytearray(GOOD)
    for place, value in damage:
        content[place] = value
    path = tmp_path / "damaged.sf2"
    path.write_bytes(content)
    found, said = found_or_said(path)
    assert bool(found) != (str(path) in said)
    assert all(each.name.isprintable() and 0 <= each.number < 1 << 16 for each in found)


def found_or_said(path: Path) -> tuple[tuple[Preset, ...], str]:
    try:
        return presets(path), ""
    except DeviceError as error:
        return (), str(error)


@same_folder
@given(st.integers(0, len(GOOD) - 1))
def test_every_cut_is_noticed(tmp_path: Path, length: int) -> None:
    path = tmp_path / "cut.sf2"
    path.write_bytes(GOOD[:length])
    with pytest.raises(DeviceError, match="is not a SoundFont that can be played"):
        presets(path)


def test_the_nearest_presets_are_alike_by_name_then_by_number() -> None:
    known = tuple(Preset(*each) for each in sorted(ORCHESTRA))
    assert nearest_presets(known, 0, 47, "violin") == (known[0], known[1], known[2])
    assert nearest_presets(known, 128, 9, "drums")[0] == known[3]
    assert nearest_presets((), 0, 0, "drums") == ()
