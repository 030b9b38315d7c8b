"""How the example study is put together from its texts: who says what, when, and what is planted."""
