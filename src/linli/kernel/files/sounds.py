"""How long a piece of recorded speech is, read from its container; no sound is decoded."""

from collections.abc import Iterator
from typing import IO

from linli.kernel.files import media as t

SEGMENT, CLUSTER = 0x18538067, 0x1F43B675
TIMECODE, BLOCK, GROUP, INNER = 0xE7, 0xA3, 0xA0, 0xA1
DESCEND = {SEGMENT, CLUSTER, GROUP}
MOST = 8 * 2**20
OPUS_RATE = 48_000


def seconds_of(file: IO[bytes], content_type: str) -> float | None:
    """Seconds; None where the container does not say. The file is put back to its start."""
    file.seek(0)
    body = file.read(MOST)
    file.seek(0)
    if content_type == t.WEBM:
        return _webm(body)
    return _ogg(body) if content_type == t.OGG else _mp4(body) if content_type == t.M4A else None


def _number(body: bytes, at: int, *, marked: bool) -> tuple[int, int]:
    """An EBML number at ``at`` and where it ends; ``marked`` keeps the mark of its length, as identifiers do."""
    first = body[at] if at < len(body) else 0
    width = 9 - first.bit_length()
    if not 1 <= width <= 8 or at + width > len(body):
        return 0, len(body)
    value = int.from_bytes(body[at : at + width], "big")
    return (value if marked else value & ~(1 << (7 * width))), at + width


def _elements(body: bytes) -> Iterator[tuple[int, bytes]]:
    """The parts of a WebM file that tell of time, whatever lies between; a live recording says no sizes."""
    at = 0
    while at < len(body):
        name, at = _number(body, at, marked=True)
        size, at = _number(body, at, marked=False)
        if name in DESCEND:
            continue
        yield name, body[at : at + size]
        at += size


def _webm(body: bytes) -> float | None:
    """The moment of the last block, in the millisecond that browsers record by."""
    cluster, last = 0, None
    for name, content in _elements(body):
        if name == TIMECODE:
            cluster = int.from_bytes(content, "big")
        elif name in {BLOCK, INNER} and len(content) >= 4:
            last = max(last or 0, cluster + int.from_bytes(content[1:3], "big", signed=True))
    return None if last is None else last / 1000


def _ogg(body: bytes) -> float | None:
    """The count of samples on the last page; browsers record Opus, whose count is always at 48 kHz."""
    page = body.rfind(b"OggS")
    if page < 0 or len(body) < page + 14 or b"OpusHead" not in body[:200]:
        return None
    return int.from_bytes(body[page + 6 : page + 14], "little") / OPUS_RATE


def _mp4(body: bytes) -> float | None:
    """Duration by time scale of the film's head; a recording in pieces has nought there and says nothing."""
    head = body.find(b"mvhd")
    if head < 0 or len(body) < head + 36:
        return None
    wide = body[head + 4] == 1
    start, size = (head + 24, 8) if wide else (head + 16, 4)
    scale = int.from_bytes(body[start : start + 4], "big")
    length = int.from_bytes(body[start + 4 : start + 4 + size], "big")
    return length / scale if scale and length else None
