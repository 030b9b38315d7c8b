"""The room `check`: from a rumour to an open, sourced answer that people gave."""
