"""Open311 GeoReport v2 under /open311/v2/: services and matters for everybody, reporting for holders of a key."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from linli.apps.needs import queries, services
from linli.apps.needs.models import LONGEST_MATTER, Channel, Need
from linli.apps.needs.schemas import open311
from linli.apps.needs.schemas.open311_rows import request_of, service_of
from linli.apps.needs.services import ContactText, Spot
from linli.apps.places.models import Level, Place
from linli.apps.places.queries import resolve
from linli.kernel import slips
from linli.kernel.api import declare
from linli.kernel.api.limits import count
from linli.kernel.api.problems import Problem
from linli.kernel.api.tokens import actor_of, bearer
from linli.kernel.errors import Refusal
from linli.kernel.privacy import PHONE
from linli.kernel.scope import ApiActor, everyone, permission
from linli.kernel.ui.rates import knock

SCOPE = "needs.open311:write"
READS_A_MINUTE, TRIES_A_DAY = 120, 5
SPAN = timedelta(days=90)
BODY_BYTES = 1_000_000
View = Callable[..., tuple[Any, str]]


class Answered(Exception):
    """Ends a call with errors as the standard has them."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.sentence = status, sentence


def answering(*methods: str) -> Callable[[View], Callable[..., HttpResponse]]:
    """Turn content and root into JSON or XML; what goes wrong becomes the standard's errors, in the same form."""

    def wrap(view: View) -> Callable[..., HttpResponse]:
        @wraps(view)
        def door(request: HttpRequest, form: str, **values: Any) -> HttpResponse:
            status = 200
            try:
                if request.method not in methods:
                    raise Answered(405, _("This address does not answer this method."))
                _limit(request)
                content, root = view(request, **values)
            except (Answered, Problem, Refusal) as no:
                status = no.status
                content, root = open311.errors(status, str(no.sentence)), "errors"
            return _written(content, root, form, status)

        return csrf_exempt(permission(everyone)(door))

    return wrap


def _limit(request: HttpRequest) -> None:
    sentence = _("Too many calls came from your network. Wait a minute.")
    origin = request.META.get("REMOTE_ADDR", "")
    knock("open311", origin, limit=READS_A_MINUTE, minutes=1, sentence=sentence)


def _written(content: Any, root: str, form: str, status: int) -> HttpResponse:
    body = open311.as_json(content) if form == "json" else open311.as_xml(content, root)
    media = "application/json" if form == "json" else "text/xml"
    response = HttpResponse(body, status=status, content_type=f"{media}; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response


@answering("GET", "HEAD")
def service_list(request: HttpRequest) -> tuple[Any, str]:
    """What can be reported."""
    return [service_of(row) for row in queries.services_offered()], "services"


@answering("GET", "HEAD")
def service(request: HttpRequest, code: str) -> tuple[Any, str]:
    """What one service asks beyond the standard's fields: nothing."""
    if queries.service_named(code) is None:
        raise Answered(404, _("There is no such service."))
    return open311.definition(code), "service_definition"


@answering("GET", "HEAD", "POST")
def requests(request: HttpRequest) -> tuple[Any, str]:
    """Matters by number, service, time and state; or a new one."""
    if request.method == "POST":
        return _reported(request), "service_requests"
    asked = request.GET
    numbers = [one for one in asked.get("service_request_id", "").split(",") if one]
    if numbers:
        found = list(queries.requests_shown().filter(pk__in=[one for one in map(_key, numbers[:100]) if one]))
        return _shapes(found), "service_requests"
    start, end = _span(asked)
    codes = [one for one in asked.get("service_code", "").split(",") if one]
    states = {one for one in asked.get("status", "").split(",") if one}
    if not states <= {"open", "closed"}:
        raise Answered(400, _("The status is open or closed."))
    open_only = None if len(states) != 1 else states == {"open"}
    return _shapes(queries.requests_between(start, end, codes=codes, open_only=open_only)), "service_requests"


def _shapes(needs: Sequence[Need]) -> list[open311.RequestShape]:
    units = queries.owner_units(needs)
    return [request_of(need, units.get(need.pk)) for need in needs]


def _span(asked: QueryDict) -> tuple[datetime, datetime]:
    """At most ninety days: those asked for, else the last ones."""
    try:
        start, end = (open311.moment_asked(asked.get(name, "")) for name in ("start_date", "end_date"))
    except ValueError:
        raise Answered(400, _("Write moments as 2026-03-05T08:00:00Z.")) from None
    end = end or (start + SPAN if start else timezone.now())
    start = start or end - SPAN
    if end - start > SPAN:
        raise Answered(400, _("At most 90 days at once."))
    return start, end


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@answering("GET", "HEAD")
def one_request(request: HttpRequest, number: str) -> tuple[Any, str]:
    """One matter."""
    key = _key(number)
    found = queries.requests_shown().filter(pk=key).first() if key else None
    if found is None:
        raise Answered(404, _("There is no such request that everybody may see."))
    return _shapes([found]), "service_requests"


@answering("GET", "HEAD")
def token(request: HttpRequest, code: str) -> tuple[Any, str]:
    """The number of the matter whose follow-up code this is; guessing is limited to five tries a day."""
    sentence = _("Too many tries today. Try again tomorrow.")
    knock("open311.token", request.META.get("REMOTE_ADDR", ""), limit=TRIES_A_DAY, minutes=24 * 60, sentence=sentence)
    ref = slips.look(code, services.FOLLOW)
    return [{"service_request_id": str(ref.id), "token": code}], "service_requests"


def _holder(request: HttpRequest) -> ApiActor:
    """Who reports, by ``api_key``. Raises Problem 401, 429, and 403 for a key that is good for something else."""
    at = timezone.now()
    held = bearer(f"Bearer {request.POST.get('api_key') or request.GET.get('api_key', '')}", at=at)
    count(held, at=at)
    if SCOPE not in held.scopes:
        raise Problem(403, _("This key is not good for reporting."), code="scope-lacking")
    return actor_of(held)


def _reported(request: HttpRequest) -> list[dict[str, Any]]:
    """Take a report in. Raises Answered, Problem, Refusal."""
    size = request.META.get("CONTENT_LENGTH") or "0"
    if not size.isdigit() or int(size) > BODY_BYTES:
        raise Answered(413, _("The report is too long."))
    actor, given = _holder(request), request.POST
    category = queries.service_named(given.get("service_code", ""))
    if category is None:
        raise Answered(404, _("There is no such service."))
    matter = given.get("description", "").strip()[:LONGEST_MATTER]
    if not matter:
        raise Answered(400, _("Say what it is about (description)."))
    place, spot = _where(given)
    street = _street(given, place, actor)
    inside = place if place is not None and street.pk in (place.pk, place.street_id) else None
    received = services.receive(
        street=street, place=inside, matter=matter, channel=Channel.OPEN311, category=category, contact=_contact(given),
        spot=spot, actor=None,
    )  # fmt: skip
    notice = _("Follow it with the code %(code)s.") % {"code": received.code}
    return [
        {
            "service_request_id": str(received.need.pk), "token": received.code, "service_notice": notice,
            "account_id": None,
        }
    ]  # fmt: skip


def _contact(given: QueryDict) -> ContactText | None:
    """Name and telephone of whoever reports, sealed."""
    name = f"{given.get('last_name', '')}{given.get('first_name', '')}".strip()[:60]
    phone = given.get("phone", "").strip()
    if phone:
        PHONE.tidy(phone)
    return ContactText(name=name, phone=phone) if name or phone else None


def _where(given: QueryDict) -> tuple[Place | None, Spot]:
    """The place an address or address_id means, the point, and the words. Raises Answered where none is given."""
    words, code = given.get("address_string", "").strip()[:200], given.get("address_id", "").strip()
    try:
        said = [given.get(name, "") for name in ("lat", "long") if given.get(name)]
        point = [Decimal(str(one)).quantize(Decimal("0.000001")) for one in said]
    except InvalidOperation:
        raise Answered(400, _("A point is two decimal figures.")) from None
    if point and (len(point) != 2 or abs(point[0]) > 90 or abs(point[1]) > 180):
        raise Answered(400, _("A point is two decimal figures."))
    if not (words or code or point):
        raise Answered(400, _("Say where: lat and long, address_string or address_id."))
    place = Place.objects.filter(code=code).first() if code else None
    if place is None and words:
        place = resolve(words, on=timezone.localdate()).place
    latitude, longitude = point or (None, None)
    return place, Spot(words=words, latitude=latitude, longitude=longitude)


def _street(given: QueryDict, place: Place | None, actor: ApiActor) -> Place:
    """The street of the place, of ``jurisdiction_id`` (its code), or the only one within the key's reach."""
    if place is not None and place.level == Level.STREET:
        return place
    if place is not None and place.street is not None:
        return place.street
    streets = Place.objects.filter(level=Level.STREET)
    if given.get("jurisdiction_id"):
        streets = streets.filter(code=given["jurisdiction_id"])
    found = list(streets.order_by("code")[:2])
    if len(found) != 1:
        raise Answered(400, _("Name the street: its code as jurisdiction_id, or an address inside it."))
    return found[0]


declare(SCOPE, _("Report through Open311"))
