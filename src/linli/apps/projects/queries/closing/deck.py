"""Slides of a closing review from the street's own template: declared placeholders are filled, all others refused."""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.kernel.documents.packages import SLIDES, check_package
from linli.kernel.errors import Refusal

MARK = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")
TEXTS = {
    "title": "项目名称", "bearer": "承接单位", "place": "社区", "year": "年度", "number": "项目编号",
    "amount": "项目经费", "spent": "已支出", "satisfaction": "满意度", "background": "项目背景", "goal": "项目目标",
    "method": "具体工作方法", "effect": "实施成效", "experience": "经验总结", "money": "经费使用",
}  # fmt: skip
"""Placeholders of text, in English or in Chinese."""
TABLES = {"indicator table": "指标表", "account table": "决算表"}
PICTURES = {"photos": "照片"}
ALIASES = {word: name for own in (TEXTS, TABLES, PICTURES) for name, word in own.items()}
MOST_PHOTOS = 4


@dataclass(frozen=True)
class Deck:
    """What goes on the slides: texts by placeholder, tables with their heading row first, pictures as bytes."""

    texts: Mapping[str, str]
    tables: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)
    photos: Sequence[bytes] = ()


SAMPLE = Deck(dict.fromkeys(TEXTS, "样例"), {name: [["指标", "实际"], ["样例", "1"]] for name in TABLES})


def filled(template: bytes, deck: Deck) -> bytes:
    """The slides with every placeholder filled and without the template's author. Raises Refusal.

    Refused: what is no file of slides, macros, links to outside, entities, a packed bomb; an unknown placeholder.
    """
    from pptx import Presentation

    check_package(template, main=SLIDES)
    try:
        slides = Presentation(io.BytesIO(template))
        for slide in slides.slides:
            for shape in list(_shapes(slide.shapes)):
                _fill(slide, shape, deck)
    except (KeyError, ValueError, AttributeError, IndexError) as error:
        raise Refusal(_("The slides are damaged. Save them anew in PowerPoint or WPS."), field="template") from error
    slides.core_properties.author = slides.core_properties.last_modified_by = ""
    out = io.BytesIO()
    slides.save(out)
    return out.getvalue()


def _shapes(shapes: Any) -> Iterator[Any]:
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _shapes(shape.shapes)
        else:
            yield shape


def _fill(slide: Any, shape: Any, deck: Deck) -> None:
    """Fill one shape: a table or the pictures take its room, text replaces its placeholders."""
    if getattr(shape, "has_table", False):
        for row in shape.table.rows:
            for cell in row.cells:
                _write(cell.text_frame, deck)
        return
    if not shape.has_text_frame:
        return
    whole = MARK.fullmatch(shape.text_frame.text.strip())
    name = _known(whole.group(1)) if whole else ""
    if name in TABLES:
        _table(slide, shape, deck.tables.get(name, ()))
    elif name in PICTURES:
        _pictures(slide, shape, deck.photos)
    else:
        _write(shape.text_frame, deck)


def _known(word: str) -> str:
    """The name of a placeholder. Raises Refusal for one that is not declared."""
    name = ALIASES.get(word, word)
    if name not in ALIASES.values():
        told = {"word": word[:40], "known": "、".join(ALIASES)}
        raise Refusal(
            _("The slides hold the placeholder “%(word)s”, which is not known. Known are: %(known)s.") % told,
            code="bad-template", field="template",
        )  # fmt: skip
    return name


def _write(frame: Any, deck: Deck) -> None:
    """Replace placeholders inside paragraphs; the first run keeps its look."""
    for paragraph in frame.paragraphs:
        text = "".join(run.text for run in paragraph.runs)
        if not MARK.search(text):
            continue
        said = MARK.sub(lambda found: deck.texts.get(_known(found.group(1)), ""), text)
        paragraph.runs[0].text = said
        for run in paragraph.runs[1:]:
            run.text = ""


def _remove(shape: Any) -> None:
    """Take a shape off its slide."""
    element = shape.element
    element.getparent().remove(element)


def _table(slide: Any, shape: Any, rows: Sequence[Sequence[str]]) -> None:
    from pptx.util import Pt

    room = (shape.left, shape.top, shape.width, shape.height)
    _remove(shape)
    if not rows:
        return
    table = slide.shapes.add_table(len(rows), len(rows[0]), *room).table
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            cell = table.cell(number, place)
            cell.text = value
            for run in cell.text_frame.paragraphs[0].runs:
                run.font.size = Pt(12)


def _pictures(slide: Any, shape: Any, photos: Sequence[bytes]) -> None:
    """Up to four pictures beside each other in the room of the shape, none stretched."""
    left, top, width, height = shape.left, shape.top, shape.width, shape.height
    _remove(shape)
    shown = photos[:MOST_PHOTOS]
    for number, content in enumerate(shown):
        cell = width // len(shown)
        picture = slide.shapes.add_picture(io.BytesIO(content), left + cell * number, top)
        scale = min(cell * 0.96 / picture.width, height / picture.height)
        picture.width, picture.height = int(picture.width * scale), int(picture.height * scale)


def plain_deck() -> bytes:
    """Slides for a street without its own: one for each section, the figures, the pictures; 16 by 9."""
    from pptx import Presentation
    from pptx.util import Cm, Pt

    slides = Presentation()
    slides.slide_width, slides.slide_height = Cm(33.867), Cm(19.05)
    pages = [("{{项目名称}}", "{{承接单位}}\n{{社区}}　{{年度}}年度")]
    pages += [(TEXTS[name], f"{{{{{TEXTS[name]}}}}}") for name in ("background", "goal", "method", "effect")]
    pages += [("指标完成情况", "{{指标表}}"), ("活动照片", "{{照片}}"), ("满意度", "{{满意度}}")]
    pages += [("经费决算", "{{决算表}}"), (TEXTS["experience"], "{{经验总结}}")]
    for title, body in pages:
        slide = slides.slides.add_slide(slides.slide_layouts[6])
        for text, top, height, size in ((title, 1.2, 2.2, 32), (body, 4, 13, 18)):
            frame = slide.shapes.add_textbox(Cm(2), Cm(top), Cm(29.8), Cm(height)).text_frame
            frame.word_wrap = True
            for number, line in enumerate(text.split("\n")):
                paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
                run = paragraph.add_run()
                run.text, run.font.size, run.font.bold = line, Pt(size), size > 20
    out = io.BytesIO()
    slides.save(out)
    return out.getvalue()
