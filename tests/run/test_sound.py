"""A performance made into sound: mix and stems, alone and in several processes."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from leitmotor.errors import DeviceError, InternalError
from leitmotor.messages import Attack, Event
from leitmotor.music.time import Seconds
from leitmotor.outputs.base import opened
from leitmotor.outputs.memory import MemoryOutput
from leitmotor.outputs.sound_file import Span
from leitmotor.outputs.sound_numbers import Depth
from leitmotor.outputs.sound_settings import SoundSettings
from leitmotor.run.journal import JournalWriter, read_journal
from leitmotor.run.plan import PlayPlan
from leitmotor.run.render import render, render_plan
from leitmotor.run.sound import SoundReport, SoundWish, make_sound
from leitmotor.run.sound_workers import worked
from leitmotor.run.spool import EventSpool, Part, play_spool
from leitmotor.run.stem_names import file_names, stems_of
from leitmotor.run.stems import check_folder
from leitmotor.score.compiled import CompiledScore
from leitmotor.testing.contract import CELLO, HARP, attack, example_events, example_setups, release
from leitmotor.testing.fake_sound import DyingJob, fake_settings

VIOLA = CELLO._replace(instrument="viola", channel=2)
SILENT = HARP._replace(instrument="triangle", role="colour", channel=3)


def piece() -> list[Event]:
    """Two instruments in one role, one in two roles, and one that nobody hears."""
    events = [
        attack(0.0, 1, CELLO, 50, "D3"),
        attack(0.25, 2, VIOLA, 57, "A3"),
        attack(0.5, 3, HARP, 62, "D4"),
        attack(0.5, 4, SILENT, 90, "Gb6")._replace(velocity=0),
        attack(1.0, 5, CELLO._replace(role="bass"), 38, "D2"),
    ]
    return [*events, *(release(2.0, n, CELLO, 60, "C4", 1.0) for n in range(1, 6))]


@pytest.fixture
def spool() -> Iterator[EventSpool]:
    with EventSpool() as kept:
        kept.open()
        kept.prepare(example_setups())
        for event in piece():
            kept.send(event)
        kept.close()
        yield kept


def wish(folder: Path, depth: Depth = Depth.FLOAT_32, suffix: str = ".wav") -> SoundWish:
    settings = replace(fake_settings(), depth=depth)
    return SoundWish((folder / f"film{suffix}",), settings, folder / "out", suffix)


def bytes_in(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def made(folder: Path, spool: EventSpool, workers: int = 1) -> SoundReport:
    return make_sound(spool, Span(), wish(folder), workers=workers)


# --------------------------------------------------------------------------------------------------
# Stems


def test_stems_add_up_to_the_mix_under_its_gain(tmp_path: Path, spool: EventSpool) -> None:
    report = made(tmp_path, spool)
    mix = soundfile.read(str(tmp_path / "film.wav"))[0]
    names = {
        "roles": ["bass", "lead", "pulse"],
        "instruments": ["cello", "harp", "viola"],
    }
    for kind, files in names.items():
        folder = tmp_path / "out" / kind
        assert sorted(path.stem for path in folder.iterdir()) == files
        stems = [soundfile.read(str(path))[0] for path in folder.iterdir()]
        assert {stem.shape for stem in stems} == {mix.shape}
        assert np.abs(sum(stems) - mix).max() < 1e-3 * np.abs(mix).max()
    assert [stem.path.stem for stem in report.stems if stem.is_silent] == ["colour", "triangle"]
    assert report.mix.seconds == pytest.approx(len(mix) / 48000)


def test_the_bytes_do_not_depend_on_how_many_work(tmp_path: Path, spool: EventSpool) -> None:
    results = []
    for number, workers in enumerate((1, 1, 3)):
        folder = tmp_path / str(number)
        folder.mkdir()
        made(folder, spool, workers)
        results.append(bytes_in(folder))
    assert len(results[0]) == 7
    assert results[0] == results[1] == results[2]


@pytest.mark.parametrize(("suffix", "depth"), [(".wav", Depth.BITS_16), (".flac", Depth.BITS_24)])
def test_stems_of_whole_numbers_add_up_as_well(
    tmp_path: Path, spool: EventSpool, suffix: str, depth: Depth
) -> None:
    make_sound(spool, Span(), wish(tmp_path, depth, suffix), workers=1)
    mix = soundfile.read(str(tmp_path / f"film{suffix}"))[0]
    total = sum(soundfile.read(str(path))[0] for path in (tmp_path / "out/roles").iterdir())
    error = 20 * np.log10(np.std(total - mix) / np.std(mix))
    assert error < -60


def test_stems_add_up_under_the_gain_of_the_real_master(tmp_path: Path, spool: EventSpool) -> None:
    settings = replace(wish(tmp_path).settings, masters=SoundSettings().masters)
    make_sound(spool, Span(), replace(wish(tmp_path), settings=settings), workers=1)
    mix = soundfile.read(str(tmp_path / "film.wav"))[0]
    total = sum(soundfile.read(str(path))[0] for path in (tmp_path / "out/roles").iterdir())
    assert np.abs(total - mix).max() < 1e-3 * np.abs(mix).max()


def test_progress_goes_from_nothing_to_everything(tmp_path: Path, spool: EventSpool) -> None:
    told: list[tuple[str, float]] = []
    make_sound(spool, Span(ends=2.0), wish(tmp_path), lambda what, at: told.append((what, at)), 1)
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert shares[0] < 0.02
    assert shares[-1] == pytest.approx(1.0)
    assert told[0][0] == "film.wav"
    assert told[-1][0] == "stem 8 of 8"


def test_stems_alone_need_no_mix_to_be_written(tmp_path: Path, spool: EventSpool) -> None:
    make_sound(spool, Span(), replace(wish(tmp_path), files=()), workers=1)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


# --------------------------------------------------------------------------------------------------
# What goes wrong


class _Stopped(BaseException):
    """Stands for Ctrl-C."""


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("at", ["film.wav", "stem 1 of 8", "stem 2 of 8"])
def test_nothing_half_stays_where_it_is_stopped(
    tmp_path: Path, spool: EventSpool, workers: int, at: str
) -> None:
    def stop(what: str, _share: float) -> None:
        if what == at:
            raise _Stopped

    with pytest.raises(_Stopped):
        make_sound(spool, Span(), wish(tmp_path), stop, workers)
    whole = tmp_path / "whole"
    whole.mkdir()
    made(whole, spool)
    expected = bytes_in(whole)
    left = {name: each for name, each in bytes_in(tmp_path).items() if not name.startswith("whole")}
    assert ("film.wav" in left) == (at != "film.wav")
    assert left.items() <= expected.items()
    assert (tmp_path / "out").exists() == (len(left) > 1)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_stem_that_fails_says_what_is_whole(
    tmp_path: Path, spool: EventSpool, workers: int
) -> None:
    blocked = tmp_path / "out/instruments/cello.wav"
    blocked.mkdir(parents=True)
    with pytest.raises(
        DeviceError, match=r"cello\.wav: it is a folder; .*; whole and kept: "
    ) as info:
        made(tmp_path, spool, workers)
    kept = str(info.value).split("whole and kept: ")[1].split(", ")
    files = {str(path) for path in tmp_path.rglob("*") if path.is_file()}
    assert set(kept) == files
    assert str(tmp_path / "film.wav") in kept


def test_folders_of_stems_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DeviceError, match="it is a file; give a folder's name"):
        check_folder(tmp_path / "file")
    with pytest.raises(DeviceError, match=r"there is no folder .*; make it first"):
        check_folder(tmp_path / "no/stems")
    check_folder(tmp_path / "new")
    assert not (tmp_path / "new").exists()


class Listening:
    """Hears of nothing but what is done."""

    def __init__(self) -> None:
        self.results: list[object] = []

    def at(self, number: int, seconds: Seconds) -> None:
        pass

    def done(self, number: int, result: object) -> None:
        self.results.append((number, result))


def test_a_process_that_dies_and_one_that_fails_are_told() -> None:
    with pytest.raises(DeviceError, match=r"ended all of a sudden \(exit code 3\)"):
        worked([DyingJob(3), DyingJob(3)], 2, Listening())
    with pytest.raises(InternalError, match=r"the sound failed: ZeroDivisionError: "):
        worked([DyingJob(0), DyingJob(0)], 2, Listening())


def test_a_full_folder_for_temporary_files_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.BytesIO):
        def write(self, _data: object) -> int:
            raise OSError(28, "No space left on device")

    with EventSpool() as kept:
        kept.open()
        path = kept.path
        monkeypatch.setattr(kept, "_stream", Full())
        kept.send(attack(0.0, 1, CELLO, 50, "D3"))
        with pytest.raises(DeviceError, match="No space left on device; free the place, or name"):
            kept.close()
    assert not path.exists()


# --------------------------------------------------------------------------------------------------
# The spool, names


def test_a_spool_gives_back_what_it_was_given() -> None:
    heard = MemoryOutput()
    with EventSpool() as kept, opened(heard):
        kept.open()
        kept.prepare(example_setups())
        many = [*example_events()] * 300
        for event in many:
            kept.send(event)
        kept.close()
        play_spool(kept.path, heard)
        path = kept.path
    assert heard.events == many
    assert heard.setups == list(example_setups())
    assert kept.parts == (Part("lead", "cello"), Part("pulse", "harp"))
    assert not path.exists()


@pytest.mark.parametrize(
    ("names", "files"),
    [
        (["violin", "Violin", "VIOLIN 2"], ["violin", "Violin 2", "VIOLIN 2 2"]),
        (["a/b", "a:b", '"?*"'], ["a_b", "a_b 2", "____"]),
        (["con", "Aux.x", "LPT1", "cone"], ["con_", "Aux.x_", "LPT1_", "cone"]),
        (["", ". .", " oud. ", "x" * 300], ["unnamed", "unnamed 2", "oud", "x" * 100]),
        (["Klavi\u0065\u0301", "弦"], ["Klavi\u00e9", "弦"]),
        (["..", "../../etc"], ["unnamed", ".._.._etc"]),
    ],
)
def test_names_are_files_everywhere(names: Sequence[str], files: list[str]) -> None:
    assert file_names(names) == files


def test_each_role_and_each_instrument_is_a_stem() -> None:
    parts = [Part("lead", "violin"), Part("bed", "violin"), Part("lead", "oboe")]
    stems = stems_of(parts)
    assert [str(stem.file) for stem in stems] == [
        "roles/lead",
        "roles/bed",
        "instruments/violin",
        "instruments/oboe",
    ]
    for part in parts:
        assert sum(stem.holds(part.role, part.instrument) for stem in stems) == 2


# --------------------------------------------------------------------------------------------------
# From scores and journals


def test_a_journal_becomes_the_sound_that_was_played(score: CompiledScore, tmp_path: Path) -> None:
    journal = tmp_path / "night.journal"
    writer = JournalWriter(journal, PlayPlan(score, until=6.0))
    writer.open()
    writer.close()
    replayed = read_journal(journal)
    sounds = []
    for number in range(2):
        with EventSpool() as spool:
            if number:
                report = render(score, replayed, [spool], until=6.0)
            else:
                report = render_plan(PlayPlan(score, until=6.0), [spool])
            target = SoundWish((tmp_path / f"{number}.wav",), fake_settings())
            make_sound(spool, Span(report.begins, report.seconds), target)
        sounds.append((tmp_path / f"{number}.wav").read_bytes())
    assert sounds[0] == sounds[1]
    assert len(sounds[0]) > 6 * 48000 * 6


def test_where_it_begins_in_the_middle_so_does_the_sound(
    score: CompiledScore, tmp_path: Path
) -> None:
    heard = MemoryOutput()
    with EventSpool() as spool:
        report = render_plan(PlayPlan(score, begin=4.0, until=6.0), [spool, heard])
        target = SoundWish((tmp_path / "x.wav",), fake_settings())
        made = make_sound(spool, Span(report.begins, report.seconds), target)
    assert report.begins == 4.0
    assert min(event.seconds for event in heard.events if isinstance(event, Attack)) == 4.0
    assert 2.0 < made.mix.seconds < 3.5
