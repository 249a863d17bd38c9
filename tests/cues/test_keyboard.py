"""The terminal hands over each key at once, and is put back as it was."""

from __future__ import annotations

import os
import sys

import pytest

if sys.platform == "win32":
    pytest.skip("POSIX terminals", allow_module_level=True)

import pty
import termios

from leitmotor.cues.posix_keyboard import PosixKeyboard


def test_keys_arrive_at_once_and_the_terminal_is_restored() -> None:
    ours, theirs = pty.openpty()
    before = termios.tcgetattr(theirs)
    keyboard = PosixKeyboard(theirs)
    try:
        with keyboard:
            assert termios.tcgetattr(theirs) != before
            os.write(ours, b"b\x1b[A\r\x1a")
            keys: tuple[str, ...] = ()
            while len(keys) < 4:
                keys += keyboard.read(1.0)
            assert keys == ("b", "up", "enter", "ctrl-z")
        assert termios.tcgetattr(theirs) == before
        with pytest.raises(ZeroDivisionError), keyboard:
            raise ZeroDivisionError
        assert termios.tcgetattr(theirs) == before
    finally:
        os.close(ours)
        os.close(theirs)


def test_nothing_pressed_is_nothing_and_escape_alone_is_a_key() -> None:
    ours, theirs = pty.openpty()
    try:
        with PosixKeyboard(theirs) as keyboard:
            assert keyboard.read(0.0) == ()
            os.write(ours, b"\x1b")
            assert keyboard.read(1.0) == ()
            assert keyboard.read(1.0) == ("escape",)
    finally:
        os.close(ours)
        os.close(theirs)


def test_a_terminal_that_is_gone_is_the_end() -> None:
    ours, theirs = pty.openpty()
    try:
        with PosixKeyboard(theirs) as keyboard:
            os.close(ours)
            with pytest.raises(EOFError):
                keyboard.read(1.0)
    finally:
        os.close(theirs)
