"""The second factor: its seeds stand in the database encrypted, by a key made of the secret of the hub, which no backup holds."""

from __future__ import annotations

import base64

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.utils.crypto import salted_hmac


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Encrypts seeds of TOTP and of recovery codes."""

    def encrypt(self, text: str) -> str:
        """Encrypt a seed (AES-128-CBC with HMAC-SHA256)."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt it."""
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> Fernet:
    key = salted_hmac("langnghe.people.second", "", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))
