"""Long work shows how far it has come, on a terminal only."""

from __future__ import annotations

import io

from leitmotor.commands.progress import Progress, progress_text, sound_text


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_once_the_end_is_known() -> None:
    assert progress_text(83, None) == "looking for the end … 1:23"
    assert progress_text(60, 120) == f"[{'#' * 15}{' ' * 15}] 1:00 of 2:00"


def test_sound_tells_how_long_it_will_still_take() -> None:
    assert sound_text("film.wav", 0.001, 0.1) == f"[{' ' * 30}] film.wav"
    assert sound_text("film.wav", 0.5, 61.0) == f"[{'#' * 15}{' ' * 15}] film.wav, 1:01 left"
    assert sound_text("stem 3 of 8", 0.9, 9.0).endswith("] stem 3 of 8, 0:01 left")
    assert sound_text("stem 8 of 8", 1.0, 9.0).endswith("] stem 8 of 8, 0:00 left")


def test_it_is_silent_for_short_work_and_off_a_terminal() -> None:
    streams = [_Terminal(), io.StringIO()]
    for stream in streams:
        with Progress(stream) as progress:
            progress(1.0)
            progress.sound("film.wav", 0.5)
    assert [stream.getvalue() for stream in streams] == ["", ""]
