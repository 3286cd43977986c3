"""Public notices, what was objected to them, and the pictures of the board they hung on."""

from linli.apps.publicity.models.notice import NoticeLine, NoticeStage, PublicNotice
from linli.apps.publicity.models.objection import Consequence, Objection, ObjectionState, Way
from linli.apps.publicity.models.photo import BoardMoment, BoardPhoto

__all__ = [
    "BoardMoment",
    "BoardPhoto",
    "Consequence",
    "NoticeLine",
    "NoticeStage",
    "Objection",
    "ObjectionState",
    "PublicNotice",
    "Way",
]
