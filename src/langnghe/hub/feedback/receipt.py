"""Receipt codes: 16 letters and digits, 80 bits, with which a worker comes back. Only a slow keyed hash of one is stored."""

from __future__ import annotations

import hashlib

from django.utils.crypto import salted_hmac

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""32 signs: no 0 and O, no 1 and I."""

SIGNS, GROUP = 16, 4
_COST = {"n": 2**14, "r": 8, "p": 1, "dklen": 32}
"""scrypt: some 50 ms and 16 MiB a guess."""


def code_of(key: str) -> str:
    """The code for the key of a page, 'ABCD-EFGH-JKLM-NPQR': the same when a page is sent again, and nobody but this hub can work it out."""
    number = int.from_bytes(salted_hmac("langnghe.feedback.code", key, algorithm="sha256").digest()[:10], "big")
    signs = "".join(ALPHABET[number >> 5 * place & 31] for place in range(SIGNS))
    return "-".join(signs[start : start + GROUP] for start in range(0, SIGNS, GROUP))


def hashed(code: str) -> str | None:
    """What is stored of a code as somebody typed it (small letters, blanks and dashes do no harm); None where it can't be one."""
    signs = "".join(sign for sign in code.upper() if sign.isalnum()).replace("1", "L").replace("I", "L")
    if len(signs) != SIGNS or not set(signs) <= set(ALPHABET):
        return None
    salt = salted_hmac("langnghe.feedback.receipt", "", algorithm="sha256").digest()
    return hashlib.scrypt(signs.encode(), salt=salt, **_COST).hex()
