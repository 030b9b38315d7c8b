"""Hand-coding: a random sample of texts, sheets that people fill in, what they wrote in them, and how far they agree."""
