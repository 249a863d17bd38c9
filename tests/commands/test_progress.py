"""Long work shows how far it has come, on a terminal only."""

from __future__ import annotations

import io

from leitmotor.commands.progress import Progress, progress_text


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_once_the_end_is_known() -> None:
    assert progress_text(83, None) == "looking for the end … 1:23"
    assert progress_text(60, 120) == f"[{'#' * 15}{' ' * 15}] 1:00 of 2:00"


def test_it_is_silent_for_short_work_and_off_a_terminal() -> None:
    streams = [_Terminal(), io.StringIO()]
    for stream in streams:
        with Progress(stream) as progress:
            progress(1.0)
    assert [stream.getvalue() for stream in streams] == ["", ""]
