"""Learning models outside the request: asked for by a person, or at night when enough was confirmed or corrected."""

from django.utils.translation import gettext_lazy as _

from linli.apps.needs.services.training import train_model, worth_learning
from linli.kernel.jobs import daily, periodic, task

WORTH = 200
"""Needs analysed or corrected since the last model, from which the night learns anew."""


@task(title=_("Learn what needs are about"), atomic=False)
def learn_categories() -> str:
    """Returns the id of the new model. Raises Refusal where there is too little to learn from."""
    return str(train_model().pk)


@periodic(daily(4))
@task(title=_("Learn what needs are about at night"), atomic=False)
def learn_at_night() -> str:
    """Returns the id of the new model; "" where too little was confirmed since the last."""
    return str(train_model().pk) if worth_learning(WORTH) else ""
