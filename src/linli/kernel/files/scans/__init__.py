"""Scanned papers: many pages bound to one PDF, and the inbox of what a scanner dropped into a folder."""

from typing import TYPE_CHECKING

from linli.kernel import lazily

if TYPE_CHECKING:
    from linli.kernel.files.scans.binding import bind, pages_in
    from linli.kernel.files.scans.inbox import Tray, attach, discard, file_in, waiting
else:
    __getattr__ = lazily(__name__, binding="bind pages_in", inbox="Tray attach discard file_in waiting")

__all__ = ["Tray", "attach", "bind", "discard", "file_in", "pages_in", "waiting"]
