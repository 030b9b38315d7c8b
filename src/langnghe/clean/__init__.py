"""Texts as typed → clean texts: normalised, masked, copies found."""
