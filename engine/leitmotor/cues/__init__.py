"""The only code that listens: to the keys of a terminal and to the lines of standard input.

A source never knows the score, and never decides what a cue means.
"""
