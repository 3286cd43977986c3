"""Word papers: a checked .docx template filled with declared fields, nothing else."""

import re
from collections.abc import Collection, Mapping
from io import BytesIO
from typing import Any

from django.utils.translation import gettext_lazy as _
from jinja2 import TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError

from linli.kernel.documents.fields import TemplateEnvironment
from linli.kernel.documents.packages import check_package
from linli.kernel.documents.printing import PaperFault, paper, plain
from linli.kernel.errors import Refusal
from linli.kernel.publication import clean_properties

NOT_IN_XML = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _fit(value: Any) -> Any:
    """Plain data without the control characters XML cannot hold."""
    if isinstance(value, str):
        return NOT_IN_XML.sub("", value)
    if isinstance(value, dict):
        return {key: _fit(item) for key, item in value.items()}
    return [_fit(item) for item in value] if isinstance(value, list) else value


def render_docx(template: str | bytes, data: Mapping[str, Any], *, declared: Collection[str]) -> bytes:
    """The filled Word file. ``template`` is "app/file.docx" of ours, or the bytes of one a street uploaded.

    ``declared`` lists the fields a template may use ("title", "cards.office"); ``data`` must hold them all.
    Raises Refusal with a sentence for a template that is broken, dangerous or asks for another field;
    PaperFault where ``data`` lacks a declared one.
    """
    from docxtpl import DocxTemplate

    content = paper(template).read_bytes() if isinstance(template, str) else template
    check_package(content)
    environment = TemplateEnvironment(declared)
    result = BytesIO()
    try:
        word = DocxTemplate(BytesIO(content))
        word.render(_fit(plain(data)), jinja_env=environment, autoescape=True)
        word.save(result)
    except UndefinedError as error:
        raise PaperFault(str(error)) from error
    except (TemplateSyntaxError, SecurityError) as error:
        raise Refusal(
            _("The template cannot be read near “%(where)s”.") % {"where": str(error)[:80]},
            code="bad-template",
            field="template",
        ) from error
    return clean_properties(result.getvalue())
