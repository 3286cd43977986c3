"""The street a page is asked for in its address."""

from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest

from linli.kernel.refs import Ref, Resolved, kind_of, resolve
from linli.kernel.scope.doors import actor_of


def asked_street(request: HttpRequest) -> Resolved | None:
    """The street of ``?for=<kind>:<id>``; None where the address asks for none.

    Raises Http404 for what this person may not see, and for records that are no street themselves.
    """
    text = request.GET.get("for", "")
    if not text:
        return None
    try:
        ref = Ref.parse(text)
        found = resolve([ref], actor=actor_of(request))[ref]
    except (ValueError, LookupError, ImproperlyConfigured) as error:
        raise Http404 from error
    if kind_of(ref.kind).street(found.record) != ref.id:
        raise Http404
    return found
