"""Checks: what the check desk published, for everybody to read."""
