"""Pictures are drawn anew: upright, in sRGB, without place, time, camera, comments or anything appended."""

import io
import warnings
from typing import IO

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from linli.kernel.errors import Refusal, TooMany
from linli.kernel.files.media import GIF, JPEG, PNG, WEBP

MAX_PIXELS = 60_000_000
"""About the largest a phone takes (50 megapixels); drawn anew it needs some 240 MB for a moment."""

_FORMATS = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP", GIF: "PNG"}
_READ = ("JPEG", "PNG", "WEBP", "GIF", "MPO")


def stripped(file: IO[bytes], media: str) -> tuple[io.BytesIO, str]:
    """(the picture drawn anew, its media type). A GIF becomes a still PNG.

    Raises Refusal for a damaged picture and TooMany for one with more than 60 million pixels.
    """
    clean = drawn(file, media)
    out = io.BytesIO()
    clean.save(out, _FORMATS[media], **({"quality": 90} if media in {JPEG, WEBP} else {}))
    out.seek(0)
    return out, PNG if media == GIF else media


def drawn(file: IO[bytes], media: str, *, longest: int = 0) -> Image.Image:
    """The picture upright and in sRGB, nothing but its dots; its longer side at most ``longest`` (0: as it is).

    A JPEG that is to become smaller is read smaller, which needs a fraction of the memory. Raises as :func:`stripped`.
    """
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(file, formats=_READ)
        if picture.width * picture.height > MAX_PIXELS:
            raise _too_large()
        if longest:
            picture.draft(None, (longest, longest))
        clean = _upright_in_srgb(picture, alpha=media != JPEG)
        if longest:
            clean.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError) as error:
        raise Refusal(
            _("The picture is damaged and cannot be opened. Take or save it again."),
            code="file-damaged",
            field="file",
        ) from error
    return clean


def as_jpeg(picture: Image.Image, *, quality: int) -> io.BytesIO:
    """The picture as JPEG, on white where it is transparent."""
    flat = picture
    if picture.mode == "RGBA":
        flat = Image.new("RGB", picture.size, "white")
        flat.paste(picture, mask=picture.getchannel("A"))
    out = io.BytesIO()
    flat.convert("RGB").save(out, "JPEG", quality=quality, optimize=True)
    out.seek(0)
    return out


def _too_large() -> TooMany:
    sentence = _("The picture has more than %(limit)s million pixels. Make it smaller and upload it again.")
    return TooMany(sentence % {"limit": MAX_PIXELS // 1_000_000}, code="file-too-large", field="file")


def _upright_in_srgb(picture: Image.Image, *, alpha: bool) -> Image.Image:
    profile = picture.info.get("icc_profile")
    picture.load()
    upright = ImageOps.exif_transpose(picture)
    plain = _converted(upright, profile)
    has_alpha = alpha and (plain.mode in {"RGBA", "LA", "PA"} or "transparency" in plain.info)
    final = plain.convert("RGBA" if has_alpha else "RGB")
    final.info.clear()
    return final


def _converted(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Into sRGB where the picture names another profile; a damaged profile is left out."""
    if not profile or picture.mode not in {"RGB", "RGBA", "CMYK", "L"}:
        return picture
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = "RGBA" if picture.mode == "RGBA" else "RGB"
        found = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
    return picture if found is None else found
