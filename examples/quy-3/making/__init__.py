"""How the example study is put together from its hand-written texts: who says what, when, and what is planted."""
