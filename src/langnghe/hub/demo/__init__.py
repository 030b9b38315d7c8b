"""A hub to click through: the example study, surveys, letters and people. Everything in it is invented, and every page says so."""
