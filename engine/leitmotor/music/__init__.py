"""The vocabulary of music as pure values: time, tempo, pitch, harmony, motif operations, dynamics.

It never reads a clock, a file or a score, and never draws a random number that has no position.
"""
