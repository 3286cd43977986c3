"""An errand's story: open -> taken -> done; a taken one may be put back."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.kernel.audit import Keep
from linli.kernel.errors import Refusal
from linli.kernel.lifecycle import Lifecycle, Transition
from linli.kernel.refs import Kind, register
from linli.kernel.scope import signed_in
from tests.playground.models import Errand

State = Errand.State


def has_a_title(errand: Any, facts: Mapping[str, Any]) -> Refusal | None:
    return None if errand.title else Refusal(_("An errand without a title cannot be taken."), field="title")


LIFECYCLE = Lifecycle(
    "playground.errand",
    State,
    (
        Transition(
            "take", (State.OPEN,), State.TAKEN, signed_in, title="领取", guards=(has_a_title,), words={"who": "谁"}
        ),
        Transition("put_back", (State.TAKEN,), State.OPEN, signed_in, title="放回"),
        Transition(
            "finish", (State.TAKEN,), State.DONE, signed_in, title="完成", keep=Keep.FOR_EVER, words={"who": "谁"}
        ),
    ),
    title="跑腿",
)

register(
    Kind(
        "playground.errand",
        Errand,
        "跑腿",
        visible_to=lambda rows, actor: rows if actor is not None else rows.none(),
        address=lambda errand: f"/errands/{errand.pk}/",
        street=lambda errand: errand.street,
    )
)
