"""How long speech is."""

import io

import pytest

from linli.kernel.files import media, seconds_of
from linli.kernel.files.tests.samples import spoken

pytestmark = pytest.mark.sqlite_only

OGG = b"OggS" + bytes(24) + b"OpusHead" + bytes(20) + b"OggS\0\4" + (48_000 * 75).to_bytes(8, "little") + bytes(12)
M4A = b"\0\0\0\x1cftypM4A " + b"mvhd" + bytes(12) + (1000).to_bytes(4, "big") + (42_500).to_bytes(4, "big") + bytes(16)


@pytest.mark.parametrize(
    ("body", "kind", "seconds"),
    [
        (spoken(60), media.WEBM, 60.0),
        (spoken(65), media.WEBM, 65.0),
        (spoken(5)[:30], media.WEBM, None),
        (OGG, media.OGG, 75.0),
        (M4A, media.M4A, 42.5),
        (b"ID3", media.MP3, None),
        (b"", media.WEBM, None),
    ],
)
def test_it_reads_how_long_speech_is(body: bytes, kind: str, seconds: float | None) -> None:
    file = io.BytesIO(body)
    assert (seconds_of(file, kind), file.tell()) == (seconds, 0)
