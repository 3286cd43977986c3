"""The door by which a review in preparation is put right."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Place
from linli.apps.reviews import services
from linli.apps.reviews.forms.preparing import SessionForm
from linli.apps.reviews.models import ReviewSession
from linli.apps.reviews.permissions import tends_reviews
from linli.apps.reviews.services.keeping import in_preparation
from linli.apps.reviews.views.sessions import found, page_of
from linli.kernel.scope import permission
from linli.kernel.ui.acting import act, me

SHOWN = (
    "title", "purpose", "venue", "first_day", "last_day", "mode", "ties", "pass_mark", "vote_kind", "picks", "winners",
)  # fmt: skip


@permission(tends_reviews)
def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a review right before scoring starts."""
    row = found(request, pk, tends_reviews)
    in_preparation(row)
    form = SessionForm(
        request.POST if request.method == "POST" else None,
        places=Place.objects.filter(pk=row.place_id),
        initial=_as_it_stands(row),
    )
    form.keep_rubric(row.rubric)

    def do(_data: dict[str, Any]) -> None:
        columns = form.columns()
        columns.pop("place")
        columns["last_day"] = columns["last_day"] or columns["first_day"]
        services.correct_session(row, actor=me(request), **columns)

    return act(
        request,
        form,
        do,
        back=page_of(pk),
        done=_("Saved."),
        title=_("Correct the review"),
        lead=_("How it is judged can be changed until scoring starts; then it stands fast."),
        press=_("Save"),
        crumb=row.title,
    )


def _as_it_stands(row: ReviewSession) -> dict[str, Any]:
    weights = "，".join(f"{name} {weight}" for name, weight in row.group_weights.items())
    shown = {name: getattr(row, name) for name in SHOWN}
    return {**shown, "place": row.place_id, "rubric": str(row.rubric_id or ""), "weights": weights}
