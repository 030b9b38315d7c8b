"""Uploaded files go to a file on the instance's own disk, and no more of them than the largest that is taken."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler

MOST_BYTES = 210_000_000
"""Bytes of a form with a file, at most."""


class Limited(TemporaryFileUploadHandler):
    """Stops a form that is larger than any that is taken."""

    received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> Any:
        """Count what came."""
        self.received += len(raw_data)
        if self.received > MOST_BYTES:
            raise StopUpload(connection_reset=True)
        return super().receive_data_chunk(raw_data, start)
