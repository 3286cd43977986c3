"""Small files made on the spot."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base


def photo(kind: str = "JPEG", *, size: tuple[int, int] = (40, 20), orientation: int = 1) -> bytes:
    """A picture, red on its left half, with place, time, camera and a comment in its metadata."""
    picture = Image.new("RGB", size, "blue")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    exif[Base.Make] = "Secretcam"
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitudeRef] = "N"
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (39.0, 54.0, 27.0)
    out = io.BytesIO()
    extra: dict[str, Any] = {"comment": b"Secretcam comment"} if kind == "JPEG" else {}
    picture.save(out, kind, exif=exif, **extra)
    return out.getvalue()


def archive(**parts: bytes) -> bytes:
    """A zip; two underscores in a name stand for a slash, one for a full stop."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, body in parts.items():
            zipped.writestr(name.replace("__", "/").replace("_", "."), body)
    return out.getvalue()


def spoken(seconds: int) -> bytes:
    """A WebM recording as a browser writes it: no sizes of segment and cluster, a block every five seconds."""
    endless = b"\x01\xff\xff\xff\xff\xff\xff\xff"
    head = b"\x1aE\xdf\xa3\x87\x42\x82\x84webm"
    track = b"\x16\x54\xae\x6b\x89\x86\x86A_OPUS\xec"
    blocks = b""
    for at in range(0, seconds + 1, 5):
        blocks += b"\x1f\x43\xb6\x75" + endless + b"\xe7\x83" + (at * 1000).to_bytes(3, "big")
        blocks += b"\xa3\x86\x81\0\0\x80\1\2"
    return head + b"\x18\x53\x80\x67" + endless + track + blocks


def upload(body: bytes, name: str = "file.bin") -> ContentFile[bytes]:
    return ContentFile(body, name=name)


def everything_stored() -> list[str]:
    """The keys of all bytes in the store, with or without a row."""
    root = Path(default_storage.location)
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


class FullDisk(FileSystemStorage):
    """A disk with room for ten bytes more."""

    def _save(self, name: str, content: Any) -> str:
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.read(10))
        raise OSError(28, "No space left on device")


@contextmanager
def size_limit(limit: int) -> Iterator[None]:
    """The operating system refuses to write files beyond ``limit`` bytes."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
