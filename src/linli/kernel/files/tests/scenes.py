"""Pictures with something on them, as cameras and scanners make them, drawn on the spot."""

import io
from typing import Any

import numpy as np
from PIL import Image, ImageDraw
from PIL.ExifTags import GPS, IFD, Base


def scene(seed: int, size: tuple[int, int] = (320, 240)) -> Image.Image:
    """A picture of large coloured shapes, another one for every seed."""
    random = np.random.default_rng(seed)
    picture = Image.new("RGB", size, tuple(int(part) for part in random.integers(40, 216, 3)))
    pen = ImageDraw.Draw(picture)
    for _shape in range(14):
        left, top = random.uniform(-0.1, 0.9, 2) * size
        right, bottom = (left, top) + random.uniform(0.1, 0.5, 2) * size
        colour = tuple(int(part) for part in random.integers(0, 256, 3))
        draw = pen.ellipse if random.random() < 0.5 else pen.rectangle
        draw((left, top, right, bottom), fill=colour)
    return picture


def jpeg(picture: Image.Image, *, quality: int = 90, exif: Image.Exif | None = None) -> bytes:
    """The picture as a camera saves it."""
    out = io.BytesIO()
    extra: dict[str, Any] = {"exif": exif} if exif is not None else {}
    picture.save(out, "JPEG", quality=quality, **extra)
    return out.getvalue()


def camera_words(
    *,
    taken: str = "2026:05:01 09:30:00",
    offset: str = "+08:00",
    latitude: Any = (39.0, 54.0, 27.0),
    longitude: Any = (116.0, 23.0, 50.0),
    letters: tuple[str, str] = ("N", "E"),
) -> Image.Exif:
    """What a phone writes into a picture beside its dots."""
    exif = Image.Exif()
    exif[Base.Make] = "Secretcam"
    own = exif.get_ifd(IFD.Exif)
    own[Base.DateTimeOriginal], own[Base.OffsetTimeOriginal] = taken, offset
    gps = exif.get_ifd(IFD.GPSInfo)
    gps[GPS.GPSLatitudeRef], gps[GPS.GPSLongitudeRef] = letters
    gps[GPS.GPSLatitude], gps[GPS.GPSLongitude] = latitude, longitude
    return exif


PAGE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
"""A PDF of one empty page."""
