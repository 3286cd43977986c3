"""Invented names, telephone and document numbers, the same ones from the same seed."""

from datetime import date, timedelta
from random import Random

from linli.kernel.privacy.numbers import check_digit

SEED = 2026
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
FEMALE = (
    "芳娟敏静淑惠珠翠雅芝玉萍红娥玲芬燕彩春菊兰凤洁梅琳素云莲真环雪荣爱妹霞香月莺"
    "媛艳瑞凡佳嘉琼勤珍贞莉桂娣叶璧璐娅琦晶妍茜秋珊莎锦黛青倩婷姣婉娴瑾颖露瑶怡婵雁"
)
MALE = (
    "伟刚勇毅俊峰强军平保东文辉力明永健世广志义兴良海山仁波宁贵福生龙元全国胜学祥才发武"
    "新利清飞彬富顺信子杰涛昌成康星光天达安岩中茂进林有坚和彪博诚先敬震振壮会思群豪心邦"
)
OLDEST, YOUNGEST = 96, 1
AREA = "990101"


def draw(step: str) -> Random:
    """The chance of one step of the build: independent of all others, the same every time."""
    return Random(f"{SEED}:{step}")  # noqa: S311 - invented people, no secret


def person_name(chance: Random, *, female: bool) -> str:
    """A surname with one given character, or more often two."""
    given = FEMALE if female else MALE
    return chance.choice(SURNAMES) + "".join(chance.choices(given, k=1 if chance.random() < 0.2 else 2))


def birthday(chance: Random, today: date, *, at_least: int = YOUNGEST) -> date:
    """A day of birth that makes somebody at least so old, more rarely very old."""
    age = at_least + (OLDEST - at_least) * chance.betavariate(1.6, 2.2)
    return today - timedelta(days=round(age * 365.25))


def document_number(born_on: date, number: int, *, female: bool) -> str:
    """An identity number of the reserved area, right in form; ``number`` (to 489) tells those of one day apart."""
    order = 20 + number * 2 + (0 if female else 1)
    first_17 = f"{AREA}{born_on:%Y%m%d}{order:03}"
    return first_17 + check_digit(first_17)


def mobile(number: int) -> str:
    """A mobile number out of one block; 0 to 9,999,999."""
    return f"1300{number:07}"
