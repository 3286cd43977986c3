"""What a file says about who made it, told and taken out."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO

from django.utils.translation import gettext_lazy as _

from linli.kernel.privacy.masks import mask_name
from linli.kernel.publication.scanning.findings import Finding, FindingKind
from linli.kernel.publication.scanning.packages import Package, local

PROGRAMS = re.compile(
    r"(?i)^(?:|linli|openpyxl|python-docx|microsoft.*|wps.*|kingsoft.*|libreoffice.*|apache poi|administrator|admin|"
    r"user|lenovo|hp|dell|pc|微软用户|windows.*|un-named|unknown|typst.*)$"
)
"""Names that are programs or machines, not persons."""
OFFICES = re.compile(r"(?:街道|社区|委员会|居委会|办事处|中心|办公室|党组织|党委|支部|公司|局|科|站|所|院|协会)")
NAMED = {
    "creator": _("property “author”"),
    "lastModifiedBy": _("property “last changed by”"),
    "Manager": _("property “manager”"),
}
_PERSONAL = re.compile(rb"<(dc:creator|cp:lastModifiedBy|Manager|Company)(\s[^>]*)?>[^<]*</\1>", re.DOTALL)


def names_a_person(value: str) -> bool:
    """Whether a property's value is more than a program, a machine or an office."""
    value = value.strip()
    return not PROGRAMS.match(value) and not OFFICES.search(value)


def property_findings(package: Package) -> Iterator[Finding]:
    """Author, last changed by and manager, where they name a person; custom properties are told as they are."""
    for part in ("docProps/core.xml", "docProps/app.xml"):
        root = package.part(part)
        for node in root if root is not None else ():
            value = (node.text or "").strip()
            if local(node) in NAMED and names_a_person(value):
                yield Finding(FindingKind.PROPERTY, str(NAMED[local(node)]), mask_name(value))


def clean_properties(content: bytes) -> bytes:
    """The same xlsx or docx without author, last changed by, manager and company; any other file as it is."""
    try:
        source = zipfile.ZipFile(BytesIO(content))
    except zipfile.BadZipFile:
        return content
    packed = BytesIO()
    with source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            part = source.read(entry)
            if entry.filename in ("docProps/core.xml", "docProps/app.xml"):
                part = _PERSONAL.sub(rb"<\1\2></\1>", part)
            target.writestr(entry, part)
    return packed.getvalue()
