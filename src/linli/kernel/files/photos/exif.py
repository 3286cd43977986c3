"""When and where a picture was taken, as its camera wrote it; whatever cannot be read is left out."""

import io
import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
SIX = Decimal("0.000001")


@dataclass(frozen=True)
class Taken:
    """``at`` is aware (in our own zone where the camera names none); degrees by WGS 84, south and west negative."""

    at: datetime | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None


def taken(raw: bytes, *, now: datetime) -> Taken:
    """Read before anything is stripped. A time before 1990 or after tomorrow, and the place 0, 0, are none."""
    try:
        exif = Image.open(io.BytesIO(raw)).getexif()
        own, gps = exif.get_ifd(IFD.Exif), exif.get_ifd(IFD.GPSInfo)
    except Exception:  # noqa: BLE001  # a parser of strangers' bytes: whatever it raises, there is no time and no place
        return Taken()
    latitude = _degrees(gps.get(GPS.GPSLatitude), gps.get(GPS.GPSLatitudeRef), 90)
    longitude = _degrees(gps.get(GPS.GPSLongitude), gps.get(GPS.GPSLongitudeRef), 180)
    if latitude is None or longitude is None or latitude == longitude == 0:
        latitude = longitude = None
    return Taken(_moment(own, now), latitude, longitude)


def _moment(own: Any, now: datetime) -> datetime | None:
    for text, offset in (
        (own.get(Base.DateTimeOriginal), own.get(Base.OffsetTimeOriginal)),
        (own.get(Base.DateTimeDigitized), own.get(Base.OffsetTimeDigitized)),
    ):
        found = _parsed(str(text or "").strip("\0 "), str(offset or "").strip("\0 "))
        if found is not None and EARLIEST < found < now + DAY:
            return found
    return None


def _parsed(text: str, offset: str) -> datetime | None:
    try:
        plain = datetime.strptime(text[:19], "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007  # the zone follows
    except ValueError:
        return None
    try:
        return datetime.strptime(text[:19] + offset, "%Y:%m:%d %H:%M:%S%z")
    except ValueError:
        return timezone.make_aware(plain)


def _degrees(parts: Any, letter: Any, most: int) -> Decimal | None:
    try:
        degrees, minutes, seconds = (float(part) for part in parts)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    found = degrees + minutes / 60 + seconds / 3600
    if not math.isfinite(found) or not 0 <= found <= most:
        return None
    away = (letter.decode("ascii", "replace") if isinstance(letter, bytes) else str(letter)).strip("\0 ").upper()
    return Decimal(-found if away in {"S", "W"} else found).quantize(SIX)
