"""The performer: told the time and the cues, it answers what sounds, when, and why.

It never asks what time it is, and never touches a clock, thread, file, wire or log.
"""
