"""What residents see: the menu of their community, ordering, their own order, points on foot, a wish. No account."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from linli.apps.ordering import queries, services
from linli.apps.ordering.forms import OrderForm, WishForm
from linli.apps.ordering.forms.delivery import GradeForm
from linli.apps.ordering.kinds import papers, service_kinds
from linli.apps.ordering.lifecycle import is_open
from linli.apps.ordering.models import CatalogItem, Channel, ItemState, Order, OrderState, Receipt, ServicePoint
from linli.apps.places.models import Place
from linli.apps.places.queries import chosen_community, open_communities
from linli.kernel.errors import Refusal
from linli.kernel.scope import everyone, permission
from linli.kernel.scope.doors import actor_of
from linli.kernel.ui.acting import act, explain, press
from linli.kernel.ui.rates import knock

MANY = _("Many messages came from your network just now. Please send it again in ten minutes.")


def _here(request: HttpRequest) -> Place | None:
    """The community of the address, else the one the reader chose."""
    today = timezone.localdate()
    try:
        asked = UUID(request.GET.get("at", ""))
    except ValueError:
        return chosen_community(request.COOKIES, actor_of(request), today)
    return open_communities(today).filter(pk=asked).first()


@permission(everyone)
@require_safe
def menu(request: HttpRequest) -> HttpResponse:
    """What can be ordered in my community, this month and in the coming ones."""
    here, today = _here(request), timezone.localdate()
    rows = list(queries.on_the_menu(here, today)) if here is not None else []
    context = {"here": here, "items": rows, "communities": [] if here else list(open_communities(today))}
    return render(request, "ordering/menu.html", context)


@permission(everyone)
def order(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form of one service: name, telephone or door, how many."""
    item = get_object_or_404(CatalogItem.objects.select_related("place__street", "provider"), pk=pk)
    form = OrderForm(request.POST or None, item=item)
    if request.method == "POST" and form.is_valid():
        try:
            knock("order", request.META.get("REMOTE_ADDR", ""), limit=60, minutes=10, sentence=MANY)
            mine = services.order(item, text=form.text(), channel=Channel.PORTAL, actor=None)
        except Refusal as refusal:
            explain(form, refusal)
        else:
            return redirect("ordering:mine", mine.pass_code)
    kind = service_kinds().get(item.kind)
    context = {
        "item": item,
        "form": form,
        "opens": item.state == ItemState.OPEN and item.drawn_at is None,
        "papers": [papers()[code] for code in kind.needed] if kind else [],
        "two": item.at_home,
        "left": None if item.capacity is None else max(item.capacity - item.taken, 0),
    }
    return render(request, "ordering/order.html", context, status=422 if form.errors else 200)


def _mine(code: str) -> Order:
    row: Order = get_object_or_404(Order.objects.select_related("item__place", "item__provider"), pass_code=code)
    return row


@permission(everyone)
@never_cache
@require_safe
def mine(request: HttpRequest, code: str) -> HttpResponse:
    """My order: where it stands, confirming the service, taking it back. Whoever has the address has the page."""
    row = _mine(code)
    served = row.state in (OrderState.GIVEN, OrderState.ON_SHEET, OrderState.SERVED)
    context = {"order": row, "item": row.item, "may_withdraw": is_open(row), "may_confirm": served}
    context |= {"form": GradeForm(), "receipt": Receipt.objects.filter(order=row).first()}
    return render(request, "ordering/mine.html", context)


@permission(everyone)
@require_POST
def confirm(request: HttpRequest, code: str) -> HttpResponse:
    """I was served, and how it was, if I care to say; selling told here goes to the street."""
    row, form = _mine(code), GradeForm(request.POST)
    back = reverse("ordering:mine", args=[code])
    said = form.cleaned_data if form.is_valid() else {"grade": ""}
    done = _("Thank you. It is on record.")
    return press(request, lambda: services.confirm_service(row, actor=None, **said), back=back, done=done)


@permission(everyone)
@require_POST
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Take my order back."""
    row = _mine(code)
    back = reverse("ordering:mine", args=[code])
    done = _("Your order is withdrawn. Thank you for telling us.")
    return press(request, lambda: services.withdraw(row, actor=None), back=back, done=done)


@permission(everyone)
@require_safe
def points(request: HttpRequest) -> HttpResponse:
    """Where services are given, and how far it is from each other point in a straight line."""
    here = _here(request)
    rows = ServicePoint.objects.filter(closed_on__isnull=True).select_related("place")
    near: list[queries.Nearby] = []
    chosen = rows.filter(place=here).first() if here else None
    if chosen is not None and chosen.latitude is not None and chosen.longitude is not None:
        near = queries.points_near(chosen.latitude, chosen.longitude)
    titles = {code: kind.title for code, kind in service_kinds().items()}
    context = {
        "here": here, "from": chosen, "near": near, "points": [] if near else list(rows.order_by("place", "title")),
        "titles": titles, "metres": queries.WALKED_METRES,
    }  # fmt: skip
    return render(request, "ordering/points.html", context)


MOST_A_PAGE = 500


def _whole(request: HttpRequest, name: str, otherwise: int, most: int) -> int:
    """A number of the address between 1 and ``most``, else what is usual."""
    asked = request.GET.get(name, "")
    return min(max(int(asked), 1), most) if asked.isascii() and asked.isdigit() and len(asked) < 10 else otherwise


@permission(everyone)
@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """The service directory for other systems, as a page of services in HSDS 3. Two queries."""

    def address(item: CatalogItem) -> str:
        return request.build_absolute_uri(reverse("ordering:order_it", args=[item.pk]))

    rows = queries.directory(timezone.localdate(), address=address)
    page, size = _whole(request, "page", 1, 1_000_000), _whole(request, "per_page", 50, MOST_A_PAGE)
    return JsonResponse(queries.pages_of(rows, page, size), json_dumps_params={"ensure_ascii": False})


@permission(everyone)
def wish(request: HttpRequest) -> HttpResponse:
    """Something that is not on the menu: it is counted."""
    here = _here(request)
    if here is None:
        return redirect("ordering:menu")

    def do(data: dict[str, str]) -> None:
        knock("wish", request.META.get("REMOTE_ADDR", ""), limit=30, minutes=10, sentence=MANY)
        services.wish(place=here, words=data["words"], actor=None)

    return act(
        request,
        WishForm(request.POST or None),
        do,
        back=reverse("ordering:menu"),
        done=_("Your wish is counted. The community reads what is wished for most when it writes the next menu."),
        title=_("Something that is not on the menu"),
        lead=str(here),
        press=_("Send"),
        crumb=_("Menu of services"),
        frame="ui/portal.html",
    )
