"""Uploaded files: typed by content, limited, stripped, randomly keyed, opened by the owner's permission."""

from typing import TYPE_CHECKING

from linli.kernel import lazily

if TYPE_CHECKING:
    from linli.kernel.files.accepting import IMAGES, PAPERS, SHEETS, VOICE, Accept
    from linli.kernel.files.allowing import allow, kinds_with_scans, takes_photos, takes_scans
    from linli.kernel.files.keeping import forget, keep, opened, sweep
    from linli.kernel.files.media import content_type_of
    from linli.kernel.files.models import InboxScan, Photo, StoredFile
    from linli.kernel.files.pages import page_count
    from linli.kernel.files.reading import file_for, files_of
    from linli.kernel.files.sounds import seconds_of
else:
    __getattr__ = lazily(
        __name__,
        allowing="allow kinds_with_scans takes_photos takes_scans",
        accepting="IMAGES PAPERS SHEETS VOICE Accept",
        keeping="forget keep opened sweep",
        models="InboxScan Photo StoredFile",
        pages="page_count",
        reading="file_for files_of",
        sounds="seconds_of",
        media="content_type_of",
    )

__all__ = [
    "IMAGES",
    "PAPERS",
    "SHEETS",
    "VOICE",
    "Accept",
    "InboxScan",
    "Photo",
    "StoredFile",
    "allow",
    "content_type_of",
    "file_for",
    "files_of",
    "forget",
    "keep",
    "kinds_with_scans",
    "opened",
    "page_count",
    "seconds_of",
    "sweep",
    "takes_photos",
    "takes_scans",
]
