"""Issues: what people decide on the code-book of a study."""
