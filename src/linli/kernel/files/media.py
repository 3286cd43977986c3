"""What a file is, told by its bytes alone; its name is never believed."""

import zipfile
from typing import IO

JPEG, PNG, GIF, WEBP = "image/jpeg", "image/png", "image/gif", "image/webp"
PDF, ZIP, OFD = "application/pdf", "application/zip", "application/ofd"
OFFICE = "application/vnd.openxmlformats-officedocument."
XLSX = f"{OFFICE}spreadsheetml.sheet"
DOCX = f"{OFFICE}wordprocessingml.document"
PPTX = f"{OFFICE}presentationml.presentation"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
MACROS = "application/vnd.ms-office.macro-enabled"
XLS, DOC, PPT = "application/vnd.ms-excel", "application/msword", "application/vnd.ms-powerpoint"
LOCKED = "application/vnd.ms-office.encrypted"
OLE = "application/x-ole-storage"
HTML, SVG, XML, TEXT = "text/html", "image/svg+xml", "text/xml", "text/plain"
HEIC = "image/heic"
WEBM, OGG, M4A, MP3 = "audio/webm", "audio/ogg", "audio/mp4", "audio/mpeg"
BROKEN_ZIP = "application/x-broken-zip"
UNKNOWN = "application/octet-stream"

HEAD = 4096
SUFFIXES = {
    JPEG: ".jpg", PNG: ".png", GIF: ".gif", WEBP: ".webp", PDF: ".pdf", OFD: ".ofd", XLSX: ".xlsx",
    DOCX: ".docx", PPTX: ".pptx", ODS: ".ods", XLS: ".xls", DOC: ".doc", PPT: ".ppt", ZIP: ".zip",
    WEBM: ".webm", OGG: ".ogg", M4A: ".m4a", MP3: ".mp3",
}  # fmt: skip
"""The suffix a stored file is handed out with; text keeps its own."""

_STARTS = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"%PDF-", PDF),
)
_SPEECH = frozenset({b"M4A ", b"isom", b"iso2", b"iso5", b"iso6", b"mp41", b"mp42", b"dash"})
_OLE_STREAMS = (
    ("EncryptedPackage", LOCKED),
    ("Workbook", XLS),
    ("Book", XLS),
    ("WordDocument", DOC),
    ("PowerPoint Document", PPT),
)
_PARTS = (
    ("xl/workbook.xml", XLSX),
    ("word/document.xml", DOCX),
    ("ppt/presentation.xml", PPTX),
    ("OFD.xml", OFD),
)


def content_type_of(file: IO[bytes]) -> str:
    """The media type of an open, seekable file by its content; the position is put back to the start.

    Text is "text/plain" when it is UTF-8, UTF-16 with a mark, or GB 18030 without control characters in its
    first 4 kB; mark-up is told apart from it. What is not known is "application/octet-stream".
    """
    file.seek(0)
    head = file.read(HEAD)
    found = _by_start(head) or _by_container(file, head) or _by_text(head)
    file.seek(0)
    return found


def _by_start(head: bytes) -> str:
    for start, media in _STARTS:
        if head.startswith(start):
            return media
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc"}:
        return HEIC
    return _sound(head)


def _sound(head: bytes) -> str:
    """Recorded speech; the same containers with pictures in them are not known here."""
    if head.startswith(b"\x1aE\xdf\xa3") and b"webm" in head[:64] and b"V_" not in head:
        return WEBM
    if head.startswith(b"OggS") and b"theora" not in head[:200]:
        return OGG
    if head[4:8] == b"ftyp" and head[8:12] in _SPEECH and b"vide" not in head:
        return M4A
    is_mp3 = head.startswith(b"ID3") or (head[:1] == b"\xff" and head[1:2] in {b"\xfb", b"\xf3", b"\xf2"})
    return MP3 if is_mp3 else ""


def _by_container(file: IO[bytes], head: bytes) -> str:
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _in_zip(file)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _in_ole(file)
    return ""


def _in_zip(file: IO[bytes]) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                return MACROS
            for part, media in _PARTS:
                if part in names:
                    return media
            return _declared(archive) if "mimetype" in names else ZIP
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return BROKEN_ZIP


def _declared(archive: zipfile.ZipFile) -> str:
    with archive.open("mimetype") as entry:
        word = entry.read(100).decode("ascii", errors="replace").strip()
    return word if word == ODS else ZIP


def _in_ole(file: IO[bytes]) -> str:
    """Old Office files: the names of streams stand in the directory as UTF-16."""
    file.seek(0)
    content = file.read(64 * 2**20)
    for name, media in _OLE_STREAMS:
        if name.encode("utf-16-le") + b"\0\0" in content:
            return media
    return OLE


def _by_text(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return TEXT
    body = head.removeprefix(b"\xef\xbb\xbf")
    if not body or any(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in body):
        return UNKNOWN
    start = body.lstrip().lower()
    if b"<svg" in start[:1000]:
        return SVG
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<table", b"<script", b"<meta")):
        return HTML
    if start.startswith((b"<?xml", b"<!doctype")):
        return HTML if b"<html" in start else XML
    return TEXT if _readable(body) else UNKNOWN


def _readable(body: bytes) -> bool:
    """Whether the bytes read as UTF-8 or GB 18030; a character cut by the end of the head does not count."""
    for encoding in ("utf-8", "gb18030"):
        for cut in range(4):
            try:
                body[: len(body) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            return True
    return False
