"""The XML of an e-invoice, of whatever standard: fields are told by their names, namespaces do not matter."""

from collections.abc import Iterator
from typing import Any

from defusedxml import DefusedXmlException  # type: ignore[import-untyped,unused-ignore]  # untyped library
from defusedxml.ElementTree import ParseError, fromstring  # type: ignore[import-untyped,unused-ignore]  # the same

from linli.apps.ledger.queries.einvoice.reading import Reading, day, digits, money, plain

LARGEST = 5 * 2**20
NAMES = {
    "code": ("invoicecode", "fpdm", "发票代码"),
    "number": ("invoicenumber", "invoiceno", "einvoicenumber", "fphm", "发票号码"),
    "amount": ("totaltax-includedamount", "taxinclusivetotalamount", "totalamountincludingtax", "jshj", "价税合计"),
    "net": ("totalamwithouttax", "taxexclusivetotalamount", "totalamount", "hjje", "合计金额"),
    "issued_on": ("issuetime", "issuedate", "invoicedate", "dateofissue", "requesttime", "kprq", "开票日期"),
    "buyer": ("buyername", "gmfmc", "nameofpurchaser", "购买方名称"),
    "seller": ("sellername", "xsfmc", "nameofseller", "销售方名称"),
    "items": ("itemname", "item", "spmc", "项目名称"),
}
MOST_ITEMS = 8


def read_xml(content: bytes) -> Reading:
    """What the XML says; an empty reading for what is damaged, too long, or declares entities."""
    return _told(list(_fields(content)))


def elements(content: bytes) -> Iterator[tuple[str, Any]]:
    """(name without its namespace, element) of the XML; nothing of what is damaged, too long or declares entities."""
    if len(content) > LARGEST:
        return
    try:
        root = fromstring(content, forbid_dtd=True)
    except (DefusedXmlException, ParseError, ValueError, LookupError):
        return
    for element in root.iter():
        yield str(element.tag).rpartition("}")[2], element


def _fields(content: bytes) -> Iterator[tuple[str, str]]:
    """(name in small letters, text) of every element that says something; named custom data too."""
    for name, element in elements(content):
        tag, text = name.lower(), plain(element.text)
        if tag == "customdata":
            tag = plain(element.get("Name")).lower()
        if text:
            yield tag, text


def _told(fields: list[tuple[str, str]]) -> Reading:
    first: dict[str, str] = {}
    for tag, text in fields:
        first.setdefault(tag, text)
    said = {name: next((first[tag] for tag in tags if tag in first), "") for name, tags in NAMES.items()}
    items = [text for tag, text in fields if tag in NAMES["items"]]
    return Reading(
        source="xml",
        code=digits(said["code"], 10, 12),
        number=digits(said["number"], 8, 20),
        amount=money(said["amount"]),
        net=money(said["net"]),
        issued_on=day(said["issued_on"]),
        buyer=said["buyer"][:120],
        seller=said["seller"][:120],
        items="、".join(dict.fromkeys(items[:MOST_ITEMS]))[:300],
    )
