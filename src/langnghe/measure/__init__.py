"""Placed texts → figures that may leave."""
