"""Doors of what the street keeps: routing rules with their trial, the tree of categories, templates of answers."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from linli.apps.needs import queries, services
from linli.apps.needs.forms.keeping import CategoryKeepForm, RuleForm, TemplateForm
from linli.apps.needs.models import AnswerTemplate, Category, RoutingRule
from linli.apps.needs.permissions import KEEPERS, keeps_pages
from linli.apps.places.models import Level, Place
from linli.kernel.scope import permission
from linli.kernel.ui.acting import act, me, press


def _street(request: HttpRequest) -> Place:
    """The street whose rules the reader keeps; the one of the address where he keeps several."""
    actor = me(request)
    rows = Place.objects.filter(level=Level.STREET, pk__in=actor.reach(*KEEPERS).places).order_by("code")
    wanted = request.GET.get("street", "")
    found = next((one for one in rows if str(one.pk) == wanted), None) or rows.first()
    if found is None:
        raise Http404
    return found


def _rule(request: HttpRequest, pk: UUID) -> RoutingRule:
    rows = RoutingRule.objects.select_related("street", "place", "organization", "user", "category", "within")
    found: RoutingRule = get_object_or_404(rows.filter(street__in=me(request).reach(*KEEPERS).places), pk=pk)
    return found


@permission(keeps_pages)
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """The rules of the street in their order, the categories with their settings, the templates."""
    street = _street(request)
    rows = RoutingRule.objects.filter(street=street).select_related("place", "organization", "category", "within")
    templates = AnswerTemplate.objects.filter(street=street) | AnswerTemplate.objects.filter(street__isnull=True)
    context = {
        "street": street,
        "rules": list(rows.order_by("position", "id")),
        "branches": queries.branches(Category.objects.all()),
        "templates": list(templates),
    }
    return render(request, "needs/rules.html", context)


@permission(keeps_pages)
def new_rule(request: HttpRequest) -> HttpResponse:
    """Write a rule at the end of the list."""
    street = _street(request)
    return act(
        request, RuleForm(request.POST or None, street=street),
        lambda data: _page(services.write_rule(street=street, actor=me(request), **data)),
        back=reverse("needs:rules"), done=_("Saved. Try it on past cases, then switch it on."), title=_("New rule"),
        press=_("Save"), lead=_("Empty conditions match everything. The first rule that matches decides."),
        crumb=_("Rules and categories"),
    )  # fmt: skip


def _page(rule: RoutingRule) -> str:
    return reverse("needs:rule", args=[rule.pk])


@permission(keeps_pages)
def edit_rule(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a rule; it must be tried anew."""
    rule = _rule(request, pk)
    names = ("title", "category", "within", "channel", "words", "route", "place", "organization", "user")
    initial = {name: getattr(rule, name) for name in names}
    return act(
        request, RuleForm(request.POST or None, street=rule.street, initial=initial),
        lambda data: services.write_rule(street=rule.street, rule=rule, actor=me(request), **data) and None,
        back=_page(rule), done=_("Saved. Try it on past cases, then switch it on."), title=_("Change the rule"),
        press=_("Save"), lead=rule.title, crumb=rule.title,
    )  # fmt: skip


@permission(keeps_pages)
def rule(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One rule; when it is tried, what of the past year it would have changed."""
    row = _rule(request, pk)
    tried = services.try_rule(row, actor=me(request)) if request.method == "POST" else None
    context = {"rule": row, "tried": tried, "may_switch": row.is_on or row.tried_version == row.version}
    return render(request, "needs/rule.html", context)


@permission(keeps_pages)
@require_POST
def rule_verb(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Switch a rule on or off, move it up or down."""
    row, actor = _rule(request, pk), me(request)
    verbs: dict[str, tuple[Any, Any, str]] = {
        "on": (lambda: services.switch_rule(row, on=True, actor=actor), _("The rule is on."), _page(row)),
        "off": (lambda: services.switch_rule(row, on=False, actor=actor), _("The rule is off."), _page(row)),
        "up": (lambda: services.move_rule(row, up=True, actor=actor), _("Moved."), reverse("needs:rules")),
        "down": (lambda: services.move_rule(row, up=False, actor=actor), _("Moved."), reverse("needs:rules")),
    }
    if verb not in verbs:
        raise Http404
    do, done, back = verbs[verb]
    return press(request, do, back=back, done=done)


@permission(keeps_pages)
def category(request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
    """A new category, or the settings of one."""
    row = get_object_or_404(Category, pk=pk) if pk else None
    form = CategoryKeepForm(request.POST or None, category=row)
    return act(
        request, form, lambda data: _write_category(request, row, data), back=reverse("needs:rules"), done=_("Saved."),
        title=row.name if row else _("New category"), press=_("Save"), crumb=_("Rules and categories"),
    )  # fmt: skip


def _write_category(request: HttpRequest, row: Category | None, data: dict[str, Any]) -> None:
    code = data.pop("code", "")
    services.write_category(code=code, category=row, actor=me(request), **data)


@permission(keeps_pages)
@require_POST
def load(request: HttpRequest) -> HttpResponse:
    """Load the categories and templates that come with the house."""
    return press(
        request, lambda: services.load_catalogue(actor=me(request)), back=reverse("needs:rules"),
        done=_("The categories and templates are there."),
    )  # fmt: skip


@permission(keeps_pages)
def template(request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
    """A new template of the street, or one of its own."""
    street = _street(request)
    rows = AnswerTemplate.objects.filter(street__in=me(request).reach(*KEEPERS).places).select_related("street")
    row = get_object_or_404(rows, pk=pk) if pk else None
    where = row.street if row is not None and row.street is not None else street
    return act(
        request, TemplateForm(request.POST or None, template=row),
        lambda data: services.write_template(street=where, template=row, actor=me(request), **data) and None,
        back=reverse("needs:rules"), done=_("Saved."), title=row.title if row else _("New template"),
        press=_("Save"), crumb=_("Rules and categories"),
    )  # fmt: skip
