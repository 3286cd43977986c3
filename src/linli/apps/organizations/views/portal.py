"""What the neighbours read of an organization: never the name of a person."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from linli.apps.organizations import queries
from linli.apps.organizations.models import Honour
from linli.kernel.contributions import page_parts
from linli.kernel.scope import everyone, permission
from linli.kernel.scope.doors import actor_of


@permission(everyone)
@require_safe
def public(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Name, kind, what it does, office telephone, standing, honours, facilities it runs."""
    today = timezone.localdate()
    row = get_object_or_404(queries.public_organizations(today), pk=pk)
    context = {
        "organization": row,
        "standings": queries.standings_on(row, today),
        "honours": queries.counting(today, Honour.objects.filter(organization=row)),
        "facilities": queries.holding(row.facilities.select_related("place"), today),
        "parts": page_parts("organizations.public", actor=actor_of(request), record=row),
    }
    return render(request, "organizations/public.html", context)
