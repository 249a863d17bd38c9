"""Files of sound: what is in them, that nothing else is, and what happens where none can be."""

from __future__ import annotations

import errno
import sys
import time
import wave
from collections import deque
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pytest
import soundfile

from leitmotor.errors import CueError, DeviceError
from leitmotor.outputs import atomic_file
from leitmotor.outputs.sound_numbers import Depth, Quantiser
from leitmotor.outputs.sound_writers import sound_writer
from leitmotor.outputs.wav_header import wav_header
from leitmotor.sound.samples import Samples

FORMS = [
    ("x.wav", Depth.BITS_16, "PCM_16", 2.1 / 2**15),
    ("x.wav", Depth.BITS_24, "PCM_24", 0.5 / 2**23),
    ("x.wav", Depth.FLOAT_32, "FLOAT", 0.0),
    ("x.flac", Depth.BITS_16, "PCM_16", 2.1 / 2**15),
    ("x.flac", Depth.BITS_24, "PCM_24", 0.5 / 2**23),
]
every_form = pytest.mark.parametrize(("name", "depth", "subtype", "error"), FORMS)


def tone(frames: int = 9000) -> Samples:
    """Two channels that differ."""
    places = np.arange(frames)
    return np.stack([np.sin(places * 0.05), np.cos(places * 0.031)]).astype(np.float32) * 0.7


def written(
    path: Path, depth: Depth, samples: Samples, rate: int = 48000, block: int = 1024
) -> Path:
    writer = sound_writer(path, rate, depth)
    writer.open()
    for begin in range(0, samples.shape[1], block):
        writer.write(samples[:, begin : begin + block])
    writer.commit()
    return path


@every_form
@pytest.mark.parametrize("rate", [44100, 48000, 96000])
def test_what_is_read_is_what_was_written(
    tmp_path: Path, name: str, depth: Depth, subtype: str, error: float, rate: int
) -> None:
    path = written(tmp_path / name, depth, tone(), rate)
    info = soundfile.info(str(path))
    assert (info.samplerate, info.channels, info.frames, info.subtype) == (rate, 2, 9000, subtype)
    read, _ = soundfile.read(str(path), dtype="float64")
    assert np.abs(read.T - tone()).max() <= error + 1e-12
    assert [each.name for each in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("depth", [Depth.BITS_16, Depth.BITS_24])
def test_the_standard_library_reads_whole_numbers(tmp_path: Path, depth: Depth) -> None:
    with wave.open(str(written(tmp_path / "x.wav", depth, tone()))) as file:
        width = depth.bytes_per_sample
        assert file.getparams()[:4] == (2, width, 48000, 9000)
        assert len(file.readframes(10000)) == 9000 * 2 * width


def test_the_same_samples_give_the_same_bytes_at_any_time_and_in_any_blocks(tmp_path: Path) -> None:
    def all_forms(block: int) -> list[bytes]:
        files = [written(tmp_path / name, depth, tone(), block=block) for name, depth, *_ in FORMS]
        return [file.read_bytes() for file in files]

    first = all_forms(1024)
    begun = int(time.time())
    while int(time.time()) == begun:  # headers may tell the second, and C cannot be patched
        pass
    assert all_forms(700) == first


def test_16_bits_have_triangular_dither_whose_error_knows_nothing_of_the_signal() -> None:
    level = 0.3 / 2**15
    steps = Quantiser(16).numbers(np.full((2, 200_000), level, np.float32))
    assert set(np.unique(steps)) == {-1, 0, 1}
    assert steps.mean() == pytest.approx(0.3, abs=0.01)
    assert np.var(steps - 0.3) == pytest.approx(0.25, abs=0.01)  # whatever the level (TPDF)
    other = Quantiser(16, stream=1).numbers(np.full((2, 200_000), level, np.float32))
    assert abs(np.corrcoef(steps.ravel(), other.ravel())[0, 1]) < 0.01


@pytest.mark.parametrize("bits", [16, 24])
def test_what_is_too_loud_is_cut_off(bits: int) -> None:
    loud = np.array([[2.0, -2.0], [1.0, -1.0]], np.float32)
    numbers = Quantiser(bits).numbers(loud)
    assert numbers[:, 0].tolist() == [2 ** (bits - 1) - 1, -(2 ** (bits - 1))]


def test_beyond_4_gib_a_wav_file_becomes_rf64(tmp_path: Path) -> None:
    frames = 2**32 // 6 + 1000
    header = wav_header(48000, Depth.BITS_24, frames)
    assert len(header) == len(wav_header(48000, Depth.BITS_24, 0))
    path = tmp_path / "day.wav"
    with path.open("wb") as file:
        file.write(header)
        file.truncate(len(header) + frames * 6)  # a hole: it takes no room
    info = soundfile.info(str(path))
    assert (info.format, info.frames, info.subtype) == ("RF64", frames, "PCM_24")


def test_flac_holds_no_floating_point() -> None:
    with pytest.raises(CueError, match=r"FLAC holds whole numbers of 16 or 24 bits; choose --bits"):
        sound_writer(Path("x.flac"), 48000, Depth.FLOAT_32)
    with pytest.raises(CueError, match=r"FILE\.wav or FILE\.flac"):
        sound_writer(Path("x.ogg"), 48000, Depth.BITS_24)


@pytest.mark.parametrize("name", ["x.wav", "x.flac"])
@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("missing", "there is no folder .*missing; make it first"),
        ("file", "there is no folder .*file"),
    ],
)
def test_places_where_no_file_can_be(tmp_path: Path, name: str, place: str, said: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DeviceError, match=said):
        sound_writer(tmp_path / place / name, 48000, Depth.BITS_24).open()


@pytest.mark.parametrize("name", ["x.wav", "x.flac"])
def test_a_folder_of_that_name_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    with pytest.raises(DeviceError, match="it is a folder; give the name of a file"):
        sound_writer(tmp_path / name, 48000, Depth.BITS_24).open()


@pytest.mark.parametrize("name", ["x.wav", "x.flac"])
def test_a_full_disk_leaves_nothing_and_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / name).write_bytes(b"older")
    writer = sound_writer(tmp_path / name, 48000, Depth.BITS_24)
    writer.open()
    noise = np.random.default_rng(1).standard_normal((2, 1024)).astype(np.float32) * 0.1
    stream = writer._file._stream  # type: ignore[attr-defined]
    monkeypatch.setattr(writer._file, "_stream", _Full(stream))  # type: ignore[attr-defined]
    with pytest.raises(DeviceError, match=f"cannot write .*{name}: No space left on device; free"):
        deque(map(writer.write, [noise] * 100))
    writer.discard()
    assert {each.name for each in tmp_path.iterdir()} == {name}
    assert (tmp_path / name).read_bytes() == b"older"


class _Full:
    """A stream on a disk that is full."""

    def __init__(self, stream: BinaryIO) -> None:
        self.close = stream.close

    def write(self, _data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    def seek(self, _offset: int, _whence: int = 0) -> int:
        return 0


def test_without_libsndfile_flac_says_so_and_wav_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "soundfile", None)
    with pytest.raises(DeviceError, match=r"no libsndfile for FLAC .*; x\.wav needs none"):
        sound_writer(tmp_path / "x.flac", 48000, Depth.BITS_24).open()
    assert list(tmp_path.iterdir()) == []
    assert written(tmp_path / "x.wav", Depth.BITS_24, tone()).stat().st_size > 50_000


def test_what_a_process_leaves_that_was_ended_by_force_is_swept_up(tmp_path: Path) -> None:
    for name in (".a.wav.1f.part", ".b.wav.2f.part", "a.wav"):
        (tmp_path / name).write_bytes(b"")
    atomic_file.sweep_parts(tmp_path / "a.wav")
    assert sorted(each.name for each in tmp_path.iterdir()) == [".b.wav.2f.part", "a.wav"]
