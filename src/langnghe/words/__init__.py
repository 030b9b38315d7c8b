"""Clean texts → syllables and phrases under folded keys."""
