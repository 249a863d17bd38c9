"""The real-time shell: clocks, the live loop, rendering, the journal and the performer process.

It alone waits, and relates seconds of the performance to real time; it never makes music itself.
"""
