"""Audio devices by name: never by number, never by guess, and each failure a sentence (§9)."""

from __future__ import annotations

import random
from itertools import permutations

import pytest

from leitmotor.errors import DeviceError
from leitmotor.outputs import audio_system
from leitmotor.outputs.audio_names import device_of, is_audio
from leitmotor.outputs.audio_system import (
    AudioInfo,
    NoAudioLibrary,
    SoundDevice,
    StreamWish,
    chosen_device,
    known_devices,
    list_devices,
    opened_stream,
    python_sounddevice,
)
from leitmotor.testing.fake_audio import (
    DeviceTime,
    FakeDevice,
    FakeSoundDevice,
    PortAudioError,
)

MACHINE = (
    FakeDevice("Speakers (Scarlett 2i2)", "MME", rate=44100),
    FakeDevice("Speakers (Scarlett 2i2)", "Windows WASAPI"),
    FakeDevice("Speakers (Realtek)", "MME", rate=44100),
    FakeDevice("Scarlett", "ASIO"),
    FakeDevice("Microphone", "MME", channels=0),
    FakeDevice("Telephone", "MME", channels=1),
)


def known(*found: FakeDevice, default: int = 0) -> tuple[AudioInfo, ...]:
    return known_devices(FakeSoundDevice(DeviceTime(), found, default))


def chosen(selector: str) -> tuple[str, str]:
    """Name and host of the device chosen, whatever order the devices are in."""
    found = set()
    for order in random.Random(selector).sample(list(permutations(MACHINE)), 20):
        device = chosen_device(selector, known(*order, default=order.index(MACHINE[0])))
        found.add((device.name, device.host))
    [only] = found
    return only


def test_only_what_plays_in_stereo_is_listed() -> None:
    assert [device.name for device in known(*MACHINE)] == [device.name for device in MACHINE[:4]]


def test_default_is_the_first_host_api_that_has_one() -> None:
    """The first host API may have no device at all, as ALSA where only JACK plays."""
    assert chosen("default") == ("Speakers (Scarlett 2i2)", "MME")
    assert chosen("") == chosen("Default")
    assert [device.is_default for device in known(*MACHINE, default=3)] == [False] * 3 + [True]


def test_without_a_default_the_devices_are_named() -> None:
    with pytest.raises(DeviceError, match=r"is the default one.*`Scarlett` \(ASIO"):
        chosen_device("default", known(*MACHINE, default=-1))


@pytest.mark.parametrize(
    ("selector", "name", "host"),
    [
        ("realtek", "Speakers (Realtek)", "MME"),
        ("scarlett", "Scarlett", "ASIO"),  # a whole name goes first
        ("scarlett 2i2", "Speakers (Scarlett 2i2)", "MME"),  # the default device's host API
        ("2i2 wasapi", "Speakers (Scarlett 2i2)", "Windows WASAPI"),
    ],
)
def test_a_device_is_chosen_by_words_of_its_name_and_host(
    selector: str, name: str, host: str
) -> None:
    assert chosen(selector) == (name, host)


def test_what_fits_several_or_none_is_told_with_the_candidates() -> None:
    with pytest.raises(DeviceError, match=r"fits 3 devices: .*2i2.*Realtek.*give more of the name"):
        chosen_device("speakers", known(*MACHINE))
    with pytest.raises(DeviceError, match="no audio device fits `audio:phones`; there are: `Speak"):
        chosen_device("phones", known(*MACHINE))
    with pytest.raises(DeviceError, match="there is no audio device: connect one, or start"):
        chosen_device("default", ())


def test_a_listing_says_why_it_is_empty() -> None:
    def no_library() -> SoundDevice:
        raise NoAudioLibrary("no library")

    assert list_devices(no_library).reason == "no library"
    assert "connect one, or start" in list_devices(FakeSoundDevice(DeviceTime(), ())).reason
    assert list_devices(FakeSoundDevice(DeviceTime(), MACHINE)).reason == ""


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (ImportError("no module"), "pip install sounddevice"),
        (OSError("PortAudio library not found"), "apt-get install libportaudio2"),
        (PortAudioError("Error initializing PortAudio", -9999), "does not start"),
    ],
)
def test_a_library_that_is_missing_is_one_sentence_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch, error: Exception, sentence: str
) -> None:
    def fails(_: str) -> None:
        raise error

    monkeypatch.setattr(audio_system, "import_module", fails)
    with pytest.raises(DeviceError, match=sentence) as caught:
        python_sounddevice()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (("Device unavailable", -9985), "`Speakers` (Core) is busy: end the program that has it"),
        (("Invalid number of channels", -9998), "does not play in stereo"),
        (("Unanticipated host error", -9999), "does not open (Unanticipated host error): see"),
        (("",), "does not open (PortAudioError)"),
    ],
)
def test_a_device_that_does_not_open_is_told(error: tuple[object, ...], sentence: str) -> None:
    device = FakeDevice(error=PortAudioError(*error))
    with pytest.raises(DeviceError) as caught:
        opened(device, 48000)
    assert sentence in str(caught.value)


def test_a_rate_that_it_does_not_play_is_told_with_the_one_that_it_does() -> None:
    with pytest.raises(DeviceError, match=r"at 44100 samples a second: give .*`rate: 48000`"):
        opened(FakeDevice(rate=48000), 44100)


def opened(device: FakeDevice, rate: int) -> None:
    library = FakeSoundDevice(DeviceTime(), [device])
    opened_stream(known(device)[0], StreamWish(rate), lambda *_: None, lambda: None, library)


@pytest.mark.parametrize(
    ("text", "device"), [("audio", "default"), ("audio:", "default"), ("audio: Desk ", "Desk")]
)
def test_the_texts_after_out_that_mean_a_device(text: str, device: str) -> None:
    assert is_audio(text)
    assert device_of(text) == device
    assert not is_audio("audio.wav")
