"""Vietnamese data without logic: code-book, teencode, function words, places."""
