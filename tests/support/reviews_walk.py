"""The rows of the walk of all addresses that belong to reviews, and the records they need."""

from linli.apps.places.models import Place
from linli.apps.reviews import services
from linli.apps.reviews.models import Ground
from linli.apps.reviews.tests.factories import make_review
from tests.support.room_walk import ROOM_ROWS

REVIEW_ROWS = {
    "GET desk/reviews/": "302 403 200 200 200 200 200 403 403 403",
    "GET desk/reviews/new/": "302 403 200 200 200 200 403 403 403 403",
    "POST desk/reviews/new/": "302 403 422 422 422 422 403 403 403 403",
    "GET desk/reviews/rubrics/new/": "302 403 200 200 200 200 403 403 403 403",
    "GET desk/reviews/{review}/": "302 403 404 404 200 404 200 403 403 403",
    "GET desk/reviews/{review}/start/": "302 403 404 404 200 404 403 403 403 403",
    "POST desk/reviews/{review}/call_off/": "302 403 404 404 302 404 403 403 403 403",
    "GET desk/reviews/{review}/edit/": "302 403 404 404 200 404 403 403 403 403",
    "GET desk/reviews/{review}/explode/": "302 403 404 404 404 404 403 403 403 403",
    "GET desk/reviews/{review}/panels/new/": "302 403 404 404 200 404 403 403 403 403",
    "GET desk/reviews/{review}/staff/new/": "302 403 404 404 200 404 403 403 403 403",
    "GET desk/reviews/{review}/recusals/": "302 403 404 404 200 404 200 403 403 403",
    "GET desk/reviews/{review}/results/": "302 403 404 404 200 404 200 403 403 403",
    "GET desk/reviews/{review}/consistency/": "302 403 404 404 200 404 403 403 403 403",
    "GET desk/reviews/{review}/results/export/": "302 403 404 404 200 404 200 403 403 403",
    "GET desk/reviews/{review}/fees/": "302 403 403 403 403 403 200 403 403 403",
    "GET desk/reviews/{review}/fees/export/": "302 403 403 403 403 403 200 403 403 403",
    "GET desk/reviews/{review}/print/minutes/": "302 403 404 404 200 404 200 403 403 403",
    "GET desk/reviews/{review}/laptop/": "302 403 404 404 200 404 403 403 403 403",
    "POST desk/reviews/{review}/laptop/": "302 403 404 404 422 404 403 403 403 403",
    "GET desk/reviews/{review}/laptop/file/": "302 403 404 404 404 404 403 403 403 403",
    "POST desk/reviews/{review}/laptop/back/": "302 403 404 404 409 404 403 403 403 403",
    "GET desk/reviews/{review}/laptop/take-in/": "302 403 404 404 404 404 403 403 403 403",
    "POST desk/reviews/{review}/laptop/take-in/": "302 403 404 404 422 404 403 403 403 403",
    "GET desk/reviews/panels/{panel}/": "302 403 404 404 200 404 200 403 403 403",
    "GET desk/reviews/{review}/timetable/": "302 403 404 404 200 404 200 403 403 403",
    "GET desk/reviews/{review}/timetable/plan/": "302 403 404 404 200 404 403 403 403 403",
    "POST desk/reviews/{review}/timetable/plan/": "302 403 404 404 422 404 403 403 403 403",
    "POST desk/reviews/{review}/timetable/undo/": "302 403 404 404 302 404 403 403 403 403",
    "GET desk/reviews/{review}/timetable/print/": "302 403 404 404 200 404 200 403 403 403",
    "GET desk/reviews/{review}/timetable/calendar.ics": "302 403 404 404 200 404 200 403 403 403",
    "GET desk/reviews/panels/{panel}/timetable/print/": "302 403 404 404 200 404 200 403 403 403",
    "GET desk/reviews/panels/{panel}/timetable/calendar.ics": "302 403 404 404 200 404 200 403 403 403",
    "GET desk/reviews/entries/{entry}/move/": "302 403 404 404 302 404 403 403 403 403",
    "POST desk/reviews/entries/{entry}/move/": "302 403 404 404 302 404 403 403 403 403",
    "GET desk/reviews/panels/{panel}/judges/new/": "302 403 404 404 200 404 403 403 403 403",
    "GET desk/reviews/panels/{panel}/typing/": "302 403 404 404 200 404 403 403 403 403",
    "GET desk/reviews/panels/{panel}/papers/": "302 403 404 404 200 404 403 403 403 403",
    "GET desk/reviews/panels/{panel}/print/sheets/": "302 403 404 404 200 404 403 403 403 403",
    "GET desk/reviews/{review}/print/minutes/docx/": "302 403 404 404 200 404 200 403 403 403",
    "GET desk/reviews/panels/{panel}/print/handbook/docx/": "302 403 404 404 200 404 200 403 403 403",
    "GET desk/reviews/panels/{panel}/print/table/": "302 403 404 404 200 404 200 403 403 403",
    "GET desk/reviews/panels/{panel}/lots/": "302 403 404 404 200 404 403 403 403 403",
    "GET desk/reviews/panels/{panel}/confirm/": "302 403 404 404 200 404 200 403 403 403",
    "POST desk/reviews/panels/{panel}/confirm/": "302 403 404 404 422 404 422 403 403 403",
    "GET desk/reviews/seats/{judge}/leave/": "302 403 404 404 200 404 403 403 403 403",
    "GET desk/reviews/seats/{judge}/print/promise/": "302 403 404 404 200 404 403 403 403 403",
    "GET desk/reviews/seats/{judge}/fee/": "302 403 403 403 403 403 200 403 403 403",
    "GET desk/reviews/entries/{entry}/withdraw/": "302 403 404 404 200 404 403 403 403 403",
    "GET desk/reviews/entries/{entry}/judges/{judge}/": "302 403 404 404 200 404 403 403 403 403",
    "GET desk/reviews/panels/{panel}/choose/": "302 403 404 404 200 404 200 403 403 403",
    "GET desk/reviews/entries/{entry}/verdict/": "302 403 404 404 404 404 404 403 403 403",
    "GET desk/reviews/seats/{judge}/ballot/": "302 403 404 404 404 404 403 403 403 403",
    "GET desk/reviews/recusals/{recusal}/": "302 403 404 404 200 404 403 403 403 403",
    "POST desk/reviews/recusals/{recusal}/": "302 403 404 404 422 404 403 403 403 403",
    "POST desk/reviews/corrections/{nothing}/approve/": "302 403 404 404 404 404 404 403 403 403",
    "GET desk/experts/": "302 403 403 200 200 403 403 403 403 403",
    "GET desk/experts/export/": "302 403 403 200 200 403 403 403 403 403",
    "GET desk/experts/new/": "302 403 403 200 200 403 403 403 403 403",
    "POST desk/experts/new/": "302 403 403 422 422 403 403 403 403 403",
    "GET desk/experts/{expert}/": "302 403 403 200 200 403 403 403 403 403",
    "GET desk/experts/{expert}/edit/": "302 403 403 403 200 403 403 403 403 403",
    "GET desk/experts/{expert}/ties/new/": "302 403 403 403 200 403 403 403 403 403",
    "GET desk/experts/ties/{tie}/remove/": "302 403 403 403 200 403 403 403 403 403",
    "GET api/v1/sessions": "401 403 200 200 200 200 200 403 403 403",
    "GET api/v1/sessions/{review}": "401 403 404 404 200 404 200 403 403 403",
    "GET api/v1/results": "401 403 200 200 200 200 200 403 403 403",
    **ROOM_ROWS,
}
"""The table's rows of reviews and of the pool of experts."""


def reviews_of(street: Place) -> dict[str, str]:
    """A prepared session of the street with a panel, a judge with a tie, an entry and an open recusal."""
    review = make_review(street, judges=3, entries=1)
    seat, entry = review.judges[0], review.entries[0]
    assert seat.expert is not None
    made = {
        "review": review.session,
        "panel": review.panel,
        "judge": seat,
        "entry": entry,
        "expert": seat.expert,
        "tie": services.add_tie(seat.expert, ground=Ground.OTHER, place=street, actor=None),
        "recusal": services.declare_recusal(seat, entry=entry, fact="同门", actor=None),
    }
    return {"room": review.session.code, **{name: str(row.pk) for name, row in made.items()}}
