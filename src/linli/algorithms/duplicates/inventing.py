"""Invented messages of residents and edited copies of them, drawn by a seed: what the bench and the tests look into."""

import random
from collections.abc import Iterator

WHO = ("我是", "本人住在", "反映", "家住", "代邻居说一下，", "你好，我在", "咨询", "")
WHERE = ("清河里", "望桥", "槐荫", "南里", "桥头", "泉北", "柳岸", "石榴园", "东坡", "北井", "菜园", "铁匠营")
SPOT = ("号楼", "号院", "栋地下室", "号门口", "弄", "单元楼道", "号商铺前", "路站台")
THING = (
    "路灯", "下水道", "电梯", "楼道", "垃圾桶", "暖气", "水压", "停车位", "井盖", "墙皮", "健身器材", "树枝",
    "音响", "快递柜", "燃气表", "门禁", "充电桩", "消防通道", "绿化带", "外墙", "自来水", "路面", "围挡",
    "烟道", "空调外机", "监控", "雨棚", "扶手",
)  # fmt: skip
FAULT = (
    "不亮", "堵了", "经常停", "堆满杂物", "满了没人清", "不热", "太低", "被占", "松动响声大", "脱落", "坏了",
    "挡光", "太吵", "占道", "走得快", "打不开", "乱拉线", "走不通", "没人剪", "渗水", "发黄", "积水",
    "夜里施工", "返味", "滴水", "看不清", "漏雨", "晃得厉害",
)  # fmt: skip
SINCE = (
    "已经{n}天了", "从{m}月{n}日开始", "每晚{n}点以后", "前后报修{n}次", "{m}月修过又坏", "一层住着{n}位老人",
    "一共{n}户都这样",
)  # fmt: skip
WISH = ("请{a}{b}", "希望{a}能{b}", "麻烦{a}来{b}", "问问{a}什么时候{b}", "盼{a}早日{b}")
OFFICE = (
    "街道", "物业", "居委会", "城管", "水务公司", "供热公司", "派出所", "业委会", "环卫所", "电力公司",
    "园林队", "热线", "开发商",
)  # fmt: skip
DEED = (
    "处理", "回个电话", "派人看看", "换新的", "协调", "给个说法", "修好", "清走", "查一查", "答复", "上门",
    "装上", "画线", "管一管",
)  # fmt: skip
LETTERS = "的了在是我有和不人这中大为上个国以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多"


def message(chance: random.Random) -> str:
    """One message of four to six clauses."""
    told = [f"{chance.choice(WHO)}{chance.choice(WHERE)}{chance.randint(1, 99)}{chance.choice(SPOT)}"]
    told += [chance.choice(THING) + chance.choice(FAULT) for _one in range(chance.randint(1, 2))]
    told.append(chance.choice(SINCE).format(n=chance.randint(2, 29), m=chance.randint(1, 12)))
    wishes = range(chance.randint(1, 2))
    told += [chance.choice(WISH).format(a=chance.choice(OFFICE), b=chance.choice(DEED)) for _one in wishes]
    return "，".join(told) + "。"


def edited(text: str, share: float, chance: random.Random) -> str:
    """The text with that share of its characters left out, put in or written otherwise."""
    letters = list(text)
    for _edit in range(max(1, round(len(letters) * share))):
        place = chance.randrange(len(letters)) if letters else 0
        deed = chance.random()
        if deed < 0.34 and letters:
            del letters[place]
        elif deed < 0.67:
            letters.insert(place, chance.choice(LETTERS))
        elif letters:
            letters[place] = chance.choice(LETTERS)
    return "".join(letters)


def messages(many: int, *, copies: int, seed: int = 11) -> tuple[list[str], list[tuple[int, int]]]:
    """``many`` messages, the last ``copies`` of them edited in 2–20 % of their characters; (place, place of copy)."""
    chance = random.Random(seed)  # noqa: S311  # invented texts, no secret
    texts = list(_plain(many - copies, chance))
    planted = []
    for _copy in range(copies):
        place = chance.randrange(many - copies)
        planted.append((place, len(texts)))
        texts.append(edited(texts[place], chance.uniform(0.02, 0.2), chance))
    return texts, planted


def _plain(many: int, chance: random.Random) -> Iterator[str]:
    for _one in range(many):
        yield message(chance)
