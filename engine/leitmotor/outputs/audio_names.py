"""How `--out` and the rig name audio devices."""

from __future__ import annotations

from collections.abc import Iterable

AUDIO = "audio"
"""The built-in sound, as a selector: `audio`, `audio:NAME`."""

DEFAULT = "default"
"""The device that the system plays to."""


def is_audio(text: str) -> bool:
    """Whether a text after `--out` means an audio device."""
    return text == AUDIO or text.startswith(f"{AUDIO}:")


def may_sound(outs: Iterable[str]) -> bool:
    """Whether there may be sound, by what stands after `--out`: it is asked for, or nothing is."""
    texts = [text.strip() for text in outs]
    others = any(text in ("null", "virtual") or text.startswith("midi:") for text in texts)
    return not others or any(is_audio(text) for text in texts)


def device_of(text: str) -> str:
    """The device that `audio`, `audio:` or `audio:NAME` names."""
    return text.removeprefix(AUDIO).removeprefix(":").strip() or DEFAULT
