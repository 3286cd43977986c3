"""Verbs of public notices."""

from linli.apps.publicity.services.notice import Line, NoticeText, amend, close, draw_up, kept_beside, publish
from linli.apps.publicity.services.objections import answer_objection, object_to
from linli.apps.publicity.services.photos import add_photo

__all__ = [
    "Line",
    "NoticeText",
    "add_photo",
    "amend",
    "answer_objection",
    "close",
    "draw_up",
    "kept_beside",
    "object_to",
    "publish",
]
