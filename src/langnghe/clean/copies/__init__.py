"""Copies: texts that say the same with small changes.

Two texts are exact copies when their folded words are the same (emoji and punctuation apart). Near copies are found by MinHash
(Broder 1997) over pairs of neighbouring folded words with locality-sensitive hashing, and every one is verified: a text joins a
root only when the Jaccard similarity of their word pairs, counted and not estimated, reaches what their length asks for. Roots are
never copies themselves, so that no chain of small steps makes one giant group.

The distinct messages are visited in an order that depends on what they say and on how often it was said, not on where they
stand in the file: the groups are the same however the rows are ordered.

`signatures` reads a batch, `sketches` makes what similar messages have in common with a good chance, `pairs` finds and verifies
candidates band by band, `stars` chooses the roots, and `find` puts it together.
"""

from langnghe.clean.copies.find import COPIES, find_copies
from langnghe.clean.copies.own import with_own_words
from langnghe.clean.copies.signatures import Signatures, sign

__all__ = ["COPIES", "Signatures", "find_copies", "sign", "with_own_words"]
