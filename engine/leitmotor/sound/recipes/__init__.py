"""The instruments of the built-in sound, by family."""
