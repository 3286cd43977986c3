"""Invented messages of three kinds, for tests and for trying a model without anybody's words."""

import random

KINDS = {
    "路面设施": ("路灯", "井盖", "路面", "人行道", "护栏", "坑洼", "积水", "照明"),
    "环境卫生": ("垃圾", "清运", "异味", "保洁", "垃圾桶", "油烟", "污水", "清扫"),
    "停车管理": ("停车", "车位", "占道", "消防通道", "电动车", "乱停", "充电桩", "挪车"),
}
OPENINGS = ("您好", "社区同志", "我想反映", "麻烦看看", "请问")
PLACES = ("槐荫社区三号楼", "南里社区东门", "桥头社区广场", "泉北社区后街")
ENDINGS = ("请尽快处理", "已经好几天了", "老人出门很不方便", "希望有人来看看", "谢谢")


def messages(how_many: int, *, seed: int = 1, cut: bool = False) -> list[tuple[str, str]]:
    """(text, kind) rows, each text with two words of its kind and sometimes another; ``cut`` into words or raw."""
    chance = random.Random(seed)  # noqa: S311  # invented words, no secret
    rows = []
    for number in range(how_many):
        kind = chance.choice(list(KINDS))
        words = chance.sample(KINDS[kind], 2)
        if chance.random() < 0.3:
            words.append(chance.choice(KINDS[chance.choice(list(KINDS))]))
        parts = [chance.choice(OPENINGS), chance.choice(PLACES), *words, chance.choice(ENDINGS), f"{number}号"]
        rows.append(((" " if cut else "，").join(parts), kind))
    return rows
