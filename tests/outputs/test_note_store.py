"""Notes on disk: whatever is wrong with a file, the note is baked once more."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.sound.toy import RATE, SINE

from leitmotor.outputs.note_store import NoteStore, usual_folder
from leitmotor.sound.bank import Bank
from leitmotor.sound.tables import baked_table


def test_a_note_comes_back_as_it_was(tmp_path: Path) -> None:
    table = baked_table(SINE, 60, RATE)
    store = NoteStore(tmp_path)
    store.save(SINE, 60, RATE, table)
    again = store.load(SINE, 60, RATE)
    assert again is not None
    assert again.shape == table.shape
    assert again.soft.tobytes() == table.soft.tobytes()
    assert again.bright.tobytes() == table.bright.tobytes()
    assert store.load(SINE, 61, RATE) is None
    assert not [file for file in tmp_path.rglob("*") if file.name.endswith(".part")]


def test_a_bank_bakes_what_it_does_not_find_and_keeps_it(tmp_path: Path) -> None:
    for baked in (1, 0):
        bank = Bank(RATE, NoteStore(tmp_path), samples=1_000_000)
        assert bank.note(SINE, 60) is not None
        assert bank.note(SINE, 60) is not None
        assert bank.baked == baked


@pytest.mark.parametrize("size", [0, 10, 63, 64, 100, 5000, -1])
def test_a_damaged_file_is_no_note(tmp_path: Path, size: int) -> None:
    store = NoteStore(tmp_path)
    store.save(SINE, 60, RATE, baked_table(SINE, 60, RATE))
    (file,) = tmp_path.rglob("*.note")
    content = file.read_bytes()
    file.write_bytes(content[:size] if size >= 0 else content[:9000] + b"!" + content[9001:])
    assert store.load(SINE, 60, RATE) is None


def test_without_a_folder_or_in_a_bad_one_nothing_is_kept_and_nothing_fails(tmp_path: Path) -> None:
    table = baked_table(SINE, 60, RATE)
    blocked = tmp_path / "file"
    blocked.write_text("")
    for folder in (None, blocked / "under"):
        store = NoteStore(folder)
        store.save(SINE, 60, RATE, table)
        assert store.load(SINE, 60, RATE) is None
        store.prune()


def test_the_oldest_notes_are_thrown_away(tmp_path: Path) -> None:
    store = NoteStore(tmp_path)
    table = baked_table(SINE, 60, RATE)
    for pitch in (60, 61, 62):
        store.save(SINE, pitch, RATE, table)
    store.prune(most_bytes=table.soft.nbytes * 2 + 200)
    assert len(list(tmp_path.rglob("*.note"))) == 1


def test_the_environment_names_the_folder_or_none() -> None:
    assert usual_folder({"LEITMOTOR_CACHE": "/somewhere", "HOME": "/home/x"}) == Path("/somewhere")
    assert usual_folder({"LEITMOTOR_CACHE": "", "HOME": "/home/x"}) is None
    assert usual_folder({}) is None
