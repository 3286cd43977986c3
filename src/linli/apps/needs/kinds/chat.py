"""Reads a piece copied from a chat group: every line somebody wrote becomes a draft, nothing is sent by it."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Refusal
from linli.kernel.texts import clean

MOST_CHARACTERS = 60_000
MOST_LINES = 200
DAY = r"(?:(?:\d{4}[-/年.])?\d{1,2}[-/月.]\d{1,2}日?\s*)?(?:(?:星期|周)[一二三四五六日天]\s*)?"
CLOCK = DAY + r"(?:上午|下午|晚上|凌晨|中午)?\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?"
"""A moment as messengers write it above a message."""
HEADER = re.compile(rf"^\s*(?P<who>[^\n]{{1,30}}?)\s*[:：]?\s+(?P<when>{CLOCK})\s*[:：]?\s*$")
ONLY_CLOCK = re.compile(rf"^\s*{CLOCK}\s*$")
SPOKEN = re.compile(r"^\s*(?P<who>[^\s:：，。！？,.!?@]{1,16})\s*[:：]\s*(?P<text>\S.*)$")
NAME_ALONE = re.compile(r"^\s*(?P<who>[^\s:：，。！？,.!?@]{1,16})\s*[:：]\s*$")
MARKS = re.compile(r"\[[^\[\]]{1,8}\]|【[^【】]{1,8}】|@\S{1,20}\s?")
"""[图片], [捂脸], 【语音】 and who is called: marks of the messenger, no words of the resident."""
WORDS_OF_TALK = (
    "好(的|滴|嘞|啊)?|收到|谢谢.{0,6}|感谢.{0,6}|辛苦了?|嗯+|哦+|是的?|对(的|啊)?|没事|早(上好|安)?|晚(上好|安)|大家好|你好|您好",
    r"在吗?|ok|1|赞|顶|同意|同上|\+1|不客气|哈+|撤回了一条消息|.{0,16}(加入了群聊|撤回了一条消息|拍了拍.{0,12})",
)
TALK = re.compile(rf"^({'|'.join(WORDS_OF_TALK)})[，。！~～!. ]*$", re.IGNORECASE)
TOO_LONG = _("Paste at most 60,000 characters and 200 messages at once.")
NOTHING = _("No message was found in the text. Copy the messages of the group, one a line.")


@dataclass(frozen=True)
class ChatLine:
    """One draft: who wrote it and when, as far as the text says, the words, and whether it is mere talk."""

    who: str
    when: str
    text: str
    is_talk: bool


def read_chat(text: str) -> list[ChatLine]:
    """The lines in their order. Raises Refusal where there is none, or far too many."""
    if len(text) > MOST_CHARACTERS:
        raise Refusal(TOO_LONG, field="text")
    who = when = ""
    lines: list[ChatLine] = []
    for raw in clean(text).splitlines():
        if not raw.strip() or ONLY_CLOCK.match(raw):
            continue
        head = HEADER.match(raw) or NAME_ALONE.match(raw)
        if head:
            who, when = head["who"].strip(), head.groupdict().get("when") or ""
            continue
        said = SPOKEN.match(raw)
        lines.append(_line(said["who"], "", said["text"]) if said else _line(who, when, raw))
    if not lines:
        raise Refusal(NOTHING, field="text")
    if len(lines) > MOST_LINES:
        raise Refusal(TOO_LONG, field="text")
    return lines


def _line(who: str, when: str, raw: str) -> ChatLine:
    text = " ".join(MARKS.sub(" ", raw).split())
    return ChatLine(who, when.strip(), text or raw.strip(), not text or bool(TALK.match(text)))
