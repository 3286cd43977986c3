"""Masked forms: enough to recognize what one knows already, too little to learn it."""

COMPOUND_SURNAMES = frozenset(
    {
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "宇文",
        "长孙",
        "司徒",
        "司空",
        "夏侯",
        "轩辕",
        "端木",
        "百里",
        "南宫",
        "独孤",
        "申屠",
    }
)


def mask_phone(phone: str) -> str:
    """``138****1234``; a landline keeps its area code and the last two digits."""
    digits = phone.partition("-")[0]
    if len(digits) == 11 and digits.startswith("1"):
        return f"{digits[:3]}****{digits[-4:]}"
    head = 3 if digits[:2] in {"01", "02"} else 4
    if len(digits) < head + 4:
        return "*" * max(len(digits), 1)
    return f"{digits[:head]}{'*' * (len(digits) - head - 2)}{digits[-2:]}"


def mask_name(name: str) -> str:
    """``张*``, ``欧阳*``, ``买*``: the surname, or the first character, and one star however long the rest is."""
    name = name.strip()
    kept = name[:2] if len(name) > 2 and name[:2] in COMPOUND_SURNAMES else name[:1]
    return f"{kept}*"


def mask_id_number(number: str) -> str:
    """The first three and the last four of eighteen characters: ``110***********0017``."""
    if len(number) < 12:
        return "*" * max(len(number), 1)
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"


def mask_text(text: str) -> str:
    """The first two characters and three stars: ``清河***``; nothing of a text of up to four."""
    return f"{text[:2]}***" if len(text) > 4 else "***"
