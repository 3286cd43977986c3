"""Taking an upload in: what is too large is refused by what it says of itself, else at the byte too many."""

from collections.abc import Mapping
from typing import IO, Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from linli.kernel.files.accepting import LARGEST, MEGABYTE

AROUND = MEGABYTE
"""Bytes of a request beside its file: the other fields of the form and the lines between the parts."""


class Bounded(TemporaryFileUploadHandler):
    """Writes uploads to the temporary folder, never into memory, and never more than the largest file taken.

    Raises RequestDataTooBig, which is answered with 413: before one byte of the body is read where its length
    is told beforehand, and while a file comes in as soon as it is too long. What was written until then is gone.
    """

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: Mapping[str, Any],  # noqa: N803  # Django's name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Look at the length of the whole request."""
        if content_length > LARGEST + AROUND:
            raise RequestDataTooBig("the request says that it is too large")

    def new_file(self, *words: Any, **named: Any) -> None:
        """Open the temporary file and begin to count."""
        super().new_file(*words, **named)
        self.taken = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Write a piece, unless the file becomes too large by it."""
        self.taken += len(raw_data)
        if self.taken > LARGEST:
            self.file.close()
            raise RequestDataTooBig("the file is too large")
        return super().receive_data_chunk(raw_data, start)
