"""Files → texts: one reader a format; authors stop here and become voice."""

from __future__ import annotations

from langnghe.collect.describe import describe
from langnghe.collect.reading import read

__all__ = ["describe", "read"]
