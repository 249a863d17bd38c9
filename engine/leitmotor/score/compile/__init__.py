"""From the typed score to the compiled one: names resolved, texts read, times in ticks."""
