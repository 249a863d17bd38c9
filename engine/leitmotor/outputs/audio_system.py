"""The machine's audio devices by name, and how to open one; all that is known of sounddevice.

sounddevice, and with it PortAudio, is loaded only when devices are asked for. Every function takes
it as an `AudioBackend`, so that tests can put another library in its place.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any, Protocol, TypeAlias, cast

from leitmotor.errors import DeviceError
from leitmotor.music.time import Seconds
from leitmotor.outputs.audio_names import DEFAULT
from leitmotor.quiet import quiet_libraries
from leitmotor.records import record

CHANNELS = 2


class StreamTime(Protocol):
    """When a block is asked for and when it is heard, on PortAudio's own clock."""

    @property
    def currentTime(self) -> Seconds: ...
    @property
    def outputBufferDacTime(self) -> Seconds: ...


FillBlock: TypeAlias = Callable[[Any, int, StreamTime, object], None]
"""Fills a buffer of bytes with so many frames; called from a thread of PortAudio's."""


class Stream(Protocol):
    """What is used of `sounddevice.RawOutputStream`.

    Thread: one at a time; every call may block for ever where a sound server has died.
    """

    @property
    def latency(self) -> Seconds: ...
    def start(self) -> None: ...
    def stop(self) -> None: ...
    def abort(self) -> None: ...
    def close(self) -> None: ...


class SoundDevice(Protocol):
    """What is used of the module `sounddevice`."""

    def query_devices(self) -> Sequence[Mapping[str, Any]]: ...
    def query_hostapis(self) -> Sequence[Mapping[str, Any]]: ...
    def _initialize(self) -> None: ...
    def _terminate(self) -> None: ...

    @property
    def RawOutputStream(self) -> Callable[..., Stream]: ...


AudioBackend: TypeAlias = Callable[[], SoundDevice]
"""Gives the audio library, or raises `DeviceError` where there is none."""


class NoAudioLibrary(DeviceError):
    """There is nothing to play sound with, and waiting does not change that."""


class DeviceRefused(DeviceError):
    """The device is there, and does not play as it was asked to."""


@record
class AudioInfo:
    """A device that sound can be sent to, and the host API that knows it.

    `rate` is the one it likes best; `is_default` marks the one that is used where none is named.
    """

    name: str
    host: str
    channels: int
    rate: int
    is_default: bool
    is_hosts_default: bool  # the one that its host API uses where none is named
    index: int  # PortAudio's number: good only until it looks again

    def __str__(self) -> str:
        return f"`{self.name}` ({self.host})"


@record
class AudioListing:
    """The devices of this machine. Where there are none, `reason` says in one sentence why."""

    devices: tuple[AudioInfo, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class StreamWish:
    """How to open a stream, of which host API; empty is any.

    `rate` and `block` 0: as the device likes; `latency` None: as low as can be.
    """

    rate: int = 0
    block: int = 0
    latency: Seconds | None = None
    host: str = ""


def python_sounddevice() -> SoundDevice:
    """The library sounddevice. `NoAudioLibrary` where it, or the PortAudio below it, is missing."""
    # libjack would start a server of its own where none runs, and it would outlive us.
    os.environ.setdefault("JACK_NO_START_SERVER", "1")
    try:
        with quiet_libraries():
            return cast(SoundDevice, import_module("sounddevice"))
    except ImportError as error:
        raise NoAudioLibrary(
            "sound needs the Python package sounddevice, which is not installed here: install it"
            " with `pip install sounddevice`"
        ) from error
    except OSError as error:
        raise NoAudioLibrary(
            "sound needs PortAudio, which is not installed here: on Debian and Ubuntu `apt-get"
            " install libportaudio2`, elsewhere `pip install --force-reinstall sounddevice` brings"
            " it"
        ) from error
    except Exception as error:  # PortAudio answers in an exception that is unknown until import
        raise DeviceError(
            f"PortAudio does not start ({_words(error)}): see whether the sound server runs"
        ) from error


def list_devices(backend: AudioBackend = python_sounddevice) -> AudioListing:
    """The devices that play in stereo. Never raises.

    Thread: any, one at a time; may block for a second. What the system's libraries print meanwhile
    on the error stream is dropped.
    """
    try:
        devices = known_devices(backend())
    except DeviceError as error:
        return AudioListing((), str(error))
    return AudioListing(devices, "" if devices else _none())


def known_devices(library: SoundDevice) -> tuple[AudioInfo, ...]:
    """The devices that play in stereo, in PortAudio's order. `DeviceError` where it fails."""
    try:
        with quiet_libraries():
            devices, hosts = list(library.query_devices()), list(library.query_hostapis())
    except Exception as error:  # PortAudio answers in an exception that is unknown until import
        raise DeviceError(f"PortAudio does not list devices ({_words(error)})") from error
    default = _default_index(hosts)
    return tuple(
        AudioInfo(
            str(device["name"]),
            str(hosts[device["hostapi"]]["name"]),
            int(device["max_output_channels"]),
            round(device["default_samplerate"]),
            index == default,
            index == hosts[device["hostapi"]]["default_output_device"],
            index,
        )
        for index, device in enumerate(devices)
        if device["max_output_channels"] >= CHANNELS
    )


def chosen_device(selector: str, devices: Sequence[AudioInfo], host: str = "") -> AudioInfo:
    """The device that is meant: `default`, or one whose name and host API hold every word.

    Of those that the host API has whose name holds `host`. A whole name goes before its parts.
    Where several host APIs offer the same device, that of the default device has it. `DeviceError`
    where no device or more than one is meant.
    """
    if not devices:
        raise DeviceError(_none())
    devices = _of_host(host, devices)
    if selector.strip().casefold() in ("", DEFAULT):
        return _default_of(devices)
    hits = _fitting(selector, devices)
    if len(hits) > 1 and len({_same_device(hit) for hit in hits}) == 1:
        default_host = next((device.host for device in devices if device.is_default), "")
        hits = [hit for hit in hits if hit.host == default_host] or hits
    if len(hits) == 1:
        return hits[0]
    if hits:
        raise DeviceError(
            f"`audio:{selector}` fits {len(hits)} devices: {_listed(hits)}; give more of the name,"
            " or words of the name in brackets as well"
        )
    raise DeviceError(f"no audio device fits `audio:{selector}`; there are: {_listed(devices)}")


def opened_stream(
    device: AudioInfo,
    wish: StreamWish,
    fill: FillBlock,
    finished: Callable[[], None],
    library: SoundDevice,
) -> Stream:
    """Open and start a stereo stream of 32-bit floats. `DeviceError` says why not and what to do.

    `finished` is called, from any thread, when it ends, whatever ended it. May block for seconds.
    """
    make = partial(
        library.RawOutputStream,
        device=device.index,
        samplerate=wish.rate,
        blocksize=wish.block,
        channels=CHANNELS,
        dtype="float32",
        latency="low" if wish.latency is None else wish.latency,
        callback=fill,
        finished_callback=finished,
    )
    try:
        with quiet_libraries():
            stream = make()
            try:
                stream.start()
            except BaseException:
                stream.close()
                raise
    except Exception as error:  # PortAudio answers in an exception that is unknown until import
        raise DeviceRefused(_why_closed(device, wish, error)) from error
    return stream


def looked_again(library: SoundDevice) -> None:
    """Let PortAudio find the devices that are there now; every open stream ends. May block."""
    try:
        with quiet_libraries():
            library._terminate()
            library._initialize()
    except Exception as error:  # PortAudio answers in an exception that is unknown until import
        raise DeviceError(f"PortAudio does not look for devices ({_words(error)})") from error


# --------------------------------------------------------------------------------------------------
# Choosing


def _default_index(hosts: Sequence[Mapping[str, Any]]) -> int:
    """PortAudio's own default is that of its first host API, also where that one has no device."""
    outputs = (int(host["default_output_device"]) for host in hosts)
    return next((index for index in outputs if index >= 0), -1)


def _of_host(host: str, devices: Sequence[AudioInfo]) -> Sequence[AudioInfo]:
    found = [device for device in devices if host.casefold() in device.host.casefold()]
    if not found:
        known = ", ".join(dict.fromkeys(device.host for device in devices))
        raise DeviceError(f"no audio device is reached through `{host}`; there are: {known}")
    return found


def _default_of(devices: Sequence[AudioInfo]) -> AudioInfo:
    hosts = {device.host for device in devices}
    found = next((device for device in devices if device.is_default), None)
    if found is None and len(hosts) == 1:
        found = next((device for device in devices if device.is_hosts_default), None)
    if found is None:
        raise DeviceError(
            "no audio device is the default one: choose one with `--out audio:NAME`; there are:"
            f" {_listed(devices)}"
        )
    return found


def _fitting(selector: str, devices: Sequence[AudioInfo]) -> list[AudioInfo]:
    wanted = selector.strip().casefold()
    equal = [device for device in devices if device.name.casefold() == wanted]
    if equal:
        return equal
    within = [device for device in devices if wanted in device.name.casefold()]
    if within:
        return within
    words = wanted.split()
    texts = [(f"{device.name} {device.host}".casefold(), device) for device in devices]
    return [device for text, device in texts if all(word in text for word in words)]


def _same_device(device: AudioInfo) -> str:
    """Windows' oldest host API cuts names off after 31 characters."""
    return device.name[:31].rstrip().casefold()


# --------------------------------------------------------------------------------------------------
# Sentences

_BAD_CHANNELS, _BAD_RATE, _UNAVAILABLE = -9998, -9997, -9985


def _none() -> str:
    return (
        "there is no audio device: connect one, or start the sound server (JACK, PipeWire,"
        " PulseAudio)"
    )


def _why_closed(device: AudioInfo, wish: StreamWish, error: Exception) -> str:
    code = error.args[1] if len(error.args) > 1 else 0
    if code == _BAD_RATE:
        return (
            f"{device} does not play at {wish.rate} samples a second: give the rig's output"
            f" `rate: {device.rate}`, or set the device to {wish.rate}"
        )
    if code == _UNAVAILABLE:
        return f"{device} is busy: end the program that has it, or choose another device"
    if code == _BAD_CHANNELS:
        return f"{device} does not play in stereo: choose another device"
    return (
        f"{device} does not open ({_words(error)}): see whether another program has it, or choose"
        " another device (`leitmotor ports` lists them)"
    )


def _words(error: Exception) -> str:
    text = str(error.args[0]) if error.args else str(error)
    return text.removeprefix("Error opening RawOutputStream: ").strip() or type(error).__name__


def _listed(devices: Sequence[AudioInfo]) -> str:
    return ", ".join(map(str, devices))
