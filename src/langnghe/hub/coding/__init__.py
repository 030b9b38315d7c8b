"""Hand-coding in the browser: who codes which part of a sample, one text at a time."""
