"""Pictures of places that do not exist, drawn in flat colours: no person, no real street; and plain sheets of paper."""

from datetime import datetime
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

from linli.demo.names import draw
from linli.demo.proposing import CHINA

WIDTH, HEIGHT, GROUND = 960, 720, 430
SKY, WALL, EARTH, GRASS, STONE = "#cfe3ef", "#d9c7ae", "#b39b7c", "#7fa56b", "#c9c5bd"
BLOSSOMS = ("#c8553d", "#e0a530", "#b9659a", "#f2efe6")
TAKEN, OFFSET = 0x9003, 0x9011
"""EXIF fields: when the picture was taken, and in which zone."""
STAGES = ("before", "during", "after")


def scene(name: str, stage: str, taken_at: datetime) -> BytesIO:
    """A small garden before a house, ``stage`` of :data:`STAGES`; the same for the same words, with its time inside."""
    chance = draw(f"picture {name}")
    image = Image.new("RGB", (WIDTH, HEIGHT), SKY)
    pen = ImageDraw.Draw(image)
    _house(pen, chance)
    pen.rectangle((0, GROUND, WIDTH, HEIGHT), fill=EARTH if stage == "before" else GRASS)
    _path(pen, chance, laid=stage != "before")
    if stage != "before":
        _beds(pen, chance, planted=stage == "after")
    file = BytesIO()
    exif = Image.Exif()
    exif.get_ifd(0x8769).update({TAKEN: f"{taken_at.astimezone(CHINA):%Y:%m:%d %H:%M:%S}", OFFSET: "+08:00"})
    image.save(file, "JPEG", quality=82, exif=exif)
    file.seek(0)
    file.name = f"{name}-{STAGES.index(stage) + 1}.jpg"
    return file


def _house(pen: ImageDraw.ImageDraw, chance: Random) -> None:
    """Storeys with windows; how many, and how far they stand apart, is the house's own."""
    left, top, apart = chance.randint(60, 320), chance.randint(70, 180), chance.randint(70, 110)
    pen.rectangle((left, top, left + 520, GROUND), fill=WALL)
    for x in range(left + 30, left + 480, apart):
        for y in range(top + 30, GROUND - 60, 85):
            pen.rectangle((x, y, x + 38, y + 48), fill="#6f8793", outline="#f4efe6", width=3)


def _path(pen: ImageDraw.ImageDraw, chance: Random, *, laid: bool) -> None:
    at = chance.randint(300, 620)
    pen.polygon([(at, GROUND), (at + 60, GROUND), (at + 190, HEIGHT), (at - 150, HEIGHT)], fill="#9c8768")
    for row in range(GROUND + 20, HEIGHT, 46) if laid else ():
        wide = 30 + (row - GROUND) // 2
        pen.rounded_rectangle((at + 25 - wide, row, at + 30 + wide, row + 28), 8, fill=STONE)


def _beds(pen: ImageDraw.ImageDraw, chance: Random, *, planted: bool) -> None:
    """Raised beds beside the path, dug over or in blossom, and a young tree."""
    for left in (40, 700):
        pen.rounded_rectangle((left, GROUND + 60, left + 220, GROUND + 200), 16, fill="#8a6f52", outline=STONE, width=8)
        for _number in range(46 if planted else 0):
            x, y = left + chance.randint(20, 200), GROUND + chance.randint(78, 182)
            pen.ellipse((x - 9, y - 9, x + 9, y + 9), fill=chance.choice(BLOSSOMS))
    trunk = chance.randint(120, 840)
    pen.rectangle((trunk - 7, GROUND - 130, trunk + 7, GROUND + 30), fill="#6b543b")
    if planted:
        pen.ellipse((trunk - 70, GROUND - 240, trunk + 70, GROUND - 100), fill="#5d8a55")


def paper(name: str) -> BytesIO:
    """A scanned sheet that shows ruled lines and nothing else; each name gives other bytes."""
    chance, image = draw(f"paper {name}"), Image.new("1", (248, 350), 1)
    pen = ImageDraw.Draw(image)
    pen.line((70, 30, 178, 30), width=4)
    for y in range(60, 320, 14):
        pen.line((24, y, 24 + chance.randint(90, 200), y))
    file = BytesIO()
    image.save(file, "PDF", resolution=30)
    file.seek(0)
    file.name = f"{name}.pdf"
    return file
