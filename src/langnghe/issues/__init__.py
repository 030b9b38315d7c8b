"""Words → which issues a text speaks of, guided by a code-book and beyond it."""
