"""Template tags of the feedback line."""
