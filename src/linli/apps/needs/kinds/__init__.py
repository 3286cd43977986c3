"""What is recognised as a need is written: words of danger, matters that belong elsewhere, lines of a chat."""

from linli.apps.needs.kinds.chat import ChatLine, read_chat
from linli.apps.needs.kinds.danger import Danger, dangers_in
from linli.apps.needs.kinds.elsewhere import Elsewhere, belongs_elsewhere, elsewhere_kinds
from linli.apps.needs.kinds.police_file import police_words

__all__ = [
    "ChatLine",
    "Danger",
    "Elsewhere",
    "belongs_elsewhere",
    "dangers_in",
    "elsewhere_kinds",
    "police_words",
    "read_chat",
]
