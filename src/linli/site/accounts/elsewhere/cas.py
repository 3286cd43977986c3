"""CAS 3.0: the browser brings a ticket, the house asks the server what it is worth (``/p3/serviceValidate``).

Source: CAS Protocol 3.0 Specification, sections 2.1, 2.5 and 2.8, appendix A (the XML of the answer).
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException  # type: ignore[import-untyped,unused-ignore]  # untyped library
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped,unused-ignore]  # untyped library

from linli.kernel.notices.gateways.asking import ANSWER_BYTES, Question, address, exchange
from linli.site.accounts.elsewhere import NotProved, Proof, Unanswered
from linli.site.accounts.elsewhere.asking import asked

NAMESPACE = "{http://www.yale.edu/tp/cas}"
LONGEST_TICKET = 2_000


def service(back: str, state: str) -> str:
    """The address the ticket is for; it carries the state, which belongs to one browser."""
    return f"{back}?{urlencode({'state': state})}"


def leave(own: Mapping[str, Any], *, back: str, state: str, agent: str) -> str:
    """Where the browser signs in."""
    return address(own["address"], "/login", service=service(back, state))


def prove(own: Mapping[str, Any], *, given: Mapping[str, str], back: str, state: str) -> Proof:
    """Whose ticket it is. Raises NotProved, Unanswered."""
    ticket = given.get("ticket", "")
    if not ticket or len(ticket) > LONGEST_TICKET:
        raise NotProved("no ticket")
    url = address(own["address"], "/p3/serviceValidate", service=service(back, state), ticket=ticket)
    status, content = asked(lambda: exchange(Question(url)))
    if status >= 500:
        raise Unanswered(f"status {status}")
    if status != 200 or len(content) >= ANSWER_BYTES:
        raise NotProved(f"status {status}")
    return _read(content, own.get("staff_number", ""))


def _read(content: bytes, staff_number: str) -> Proof:
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise NotProved("the answer is no XML, or has what no answer needs") from error
    success = root.findall(f"{NAMESPACE}authenticationSuccess")
    if root.tag != f"{NAMESPACE}serviceResponse" or len(success) != 1 or len(root) != 1:
        raise NotProved("the ticket is worth nothing")
    return Proof(_one(success[0], "user") or _nobody(), _attribute(success[0], staff_number))


def _nobody() -> str:
    raise NotProved("the answer names nobody")


def _one(parent: Element, name: str) -> str:
    """The text of the only element of this name that holds no other; "" where it is not so."""
    found = parent.findall(f"{NAMESPACE}{name}")
    return (found[0].text or "").strip() if len(found) == 1 and not len(found[0]) else ""


def _attribute(success: Element, name: str) -> str:
    attributes = success.findall(f"{NAMESPACE}attributes")
    return _one(attributes[0], name) if name and len(attributes) == 1 else ""
