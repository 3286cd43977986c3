"""Rounds and proposals that the walk of all addresses needs, and the rows of their addresses."""

from datetime import timedelta

from django.utils import timezone

from linli.apps.places.models import Place
from linli.apps.rounds import services
from linli.apps.rounds.models import Phase, Proposal
from linli.apps.rounds.tests.factories import make_programme, make_proposal, make_round, start

READ = "302 404 200 404 200 200 200 404 404 404"
"""Whoever proposes, and whose post reads in the street."""
OWN = "302 404 200 404 404 200 404 404 404 404"
"""Only whoever proposes: a draft, and what lies sealed."""
DESK = "302 403 200 404 200 200 200 403 403 403"
KEEP = "302 403 403 404 200 403 403 403 403 403"
TABLE = "302 403 200 404 200 200 403 403 403 403"
"""Where papers of a residents' choice are given out and typed."""
KEEP_NOTHING = KEEP.replace("200", "404")
"""The same of a plan or decision that is not there."""

ROUNDS_ROWS = {
    "GET calls/": "200 200 200 200 200 200 200 200 200 200",
    "GET calls/{round}/": "200 200 200 200 200 200 200 200 200 200",
    "GET calls/{round}/awards.json": "200 200 200 200 200 200 200 200 200 200",
    "GET calls/{round}/awards.csv": "200 200 200 200 200 200 200 200 200 200",
    "GET calls/{round}/idea/": "200 200 200 200 200 200 200 200 200 200",
    "GET calls/{round}/propose/": "302 200 200 200 200 200 200 200 200 200",
    "GET proposals/": "302 200 200 200 200 200 200 200 200 200",
    "GET proposals/{proposal}/": READ,
    "GET desk/rounds/proposals/{proposal}/": READ,
    "GET proposals/{sealed_proposal}/": OWN,
    "GET desk/rounds/proposals/{sealed_proposal}/": OWN,
    "GET proposals/{sealed_proposal}/revisions/": OWN,
    "GET proposals/{sealed_proposal}/papers/form/": OWN,
    "GET proposals/{sealed_proposal}/papers/check/": OWN,
    "GET proposals/{sealed_proposal}/do/refuse/": OWN,
    "GET proposals/{written}/edit/budget/": OWN,
    "POST proposals/{written}/edit/budget/": "302 404 422 404 404 422 404 404 404 404",
    "GET proposals/{proposal}/edit/budget/": "302 404 200 404 403 200 403 404 404 404",
    "POST proposals/{written}/add/survey/": "302 404 422 404 404 422 404 404 404 404",
    "POST proposals/{written}/surveys/{nothing}/remove/": "302 404 409 404 404 409 404 404 404 404",
    "GET proposals/{written}/form/": OWN,
    "POST proposals/{written}/form/": "302 404 422 404 404 422 404 404 404 404",
    "GET proposals/{written}/form/docx/": OWN,
    "GET proposals/{sealed_proposal}/form/xlsx/": OWN,
    "GET proposals/{proposal}/revisions/": READ,
    "GET proposals/{proposal}/do/withdraw/": READ,
    "GET proposals/{proposal}/calendar.ics": READ.replace("200", "404"),
    "GET proposals/{proposal}/papers/form/": READ,
    "GET ideas/{idea}/": "302 404 200 404 200 200 404 404 404 404",
    "GET ideas/{idea}/do/set_aside/": "302 404 200 404 200 200 404 404 404 404",
    "GET desk/rounds/": "302 403 200 200 200 200 200 403 403 403",
    "GET desk/rounds/new/": "302 403 403 302 200 403 403 403 403 403",
    "GET desk/rounds/programmes/new/": "302 403 403 200 200 403 403 403 403 403",
    "GET desk/rounds/programmes/{programme}/": KEEP,
    "GET desk/rounds/views/{view}/": "302 403 403 404 200 403 200 403 403 403",
    "GET desk/rounds/phases/{phase}/skip/": KEEP,
    "GET desk/rounds/{round}/": DESK,
    "GET desk/rounds/{sealed_round}/": DESK,
    "GET desk/rounds/{round}/phases/": KEEP,
    "GET desk/rounds/{round}/codes/": KEEP,
    "GET desk/rounds/{round}/agency/": KEEP,
    "GET desk/rounds/{round}/ideas/new/": "302 403 200 404 200 200 403 403 403 403",
    "GET desk/rounds/{round}/do/close/": KEEP,
    "GET desk/rounds/{sealed_round}/do/begin_opening/": KEEP,
    "GET desk/rounds/{round}/export/": DESK,
    "GET desk/rounds/{round}/papers/call/": DESK,
    "GET desk/rounds/{round}/papers/call/docx/": DESK,
    "GET desk/rounds/{sealed_round}/papers/summary/": DESK,
    "GET desk/issued/rounds.round/{round}/": "302 404 200 404 200 200 200 404 404 404",
    "GET desk/issued/rounds.nothing/{round}/": "302 404 404 404 404 404 404 404 404 404",
    "GET desk/issued/rounds.round/{round}/new/": "302 403 403 404 200 200 403 403 403 403",
    "GET desk/issued/rounds.round/{round}/{nothing}/": "302 403 403 404 404 404 403 403 403 403",
    "GET api/v1/rounds": "401 403 200 200 200 200 200 403 403 403",
    "GET api/v1/awards": "401 403 200 200 200 200 200 403 403 403",
    "GET api/v1/proposals": "401 200 200 200 200 200 200 200 200 200",
    "GET api/v1/proposals/{proposal}": "401 404 200 404 200 200 200 404 404 404",
    "GET api/v1/proposals/{sealed_proposal}": "401 404 200 404 404 200 404 404 404 404",
    "GET api/v1/choices": "401 403 200 200 200 200 200 403 403 403",
    "GET calls/{round}/awards.pb": "200 200 200 200 200 200 200 200 200 200",
    "GET calls/{round}/choice.pb": "404 404 404 404 404 404 404 404 404 404",
    "GET calls/{round}/choice/": "200 200 200 200 200 200 200 200 200 200",
    "GET calls/{round}/choice/done/": "200 200 200 200 200 200 200 200 200 200",
    "GET desk/rounds/{round}/choice/": DESK,
    "GET desk/rounds/{round}/choice/new/": KEEP,
    "GET desk/rounds/{round}/choice/do/close/": KEEP,
    "GET desk/rounds/{round}/choice/slips/": KEEP,
    "GET desk/rounds/{round}/choice/paper/": TABLE,
    "GET desk/rounds/{round}/choice/ballot.pdf": DESK,
    "GET desk/rounds/{round}/choice/papers/": TABLE,
    "GET desk/rounds/{round}/choice/papers/1/": TABLE,
    "GET desk/rounds/{round}/choice/upload/": KEEP,
    "GET desk/rounds/{round}/choice/file/": KEEP_NOTHING,
    "GET desk/rounds/{round}/choice/ballots.pb": DESK.replace("200", "302"),
    "GET desk/rounds/{round}/plans/": DESK,
    "GET desk/rounds/{round}/decisions/": DESK,
    "GET desk/rounds/{round}/decisions/new/": KEEP,
    "GET desk/rounds/{round}/resources/": DESK,
    "POST desk/rounds/{round}/resources/": "302 403 403 404 422 403 403 403 403 403",
    "GET proposals/{proposal}/resources/": READ,
    "POST proposals/{proposal}/resources/": "302 404 422 404 302 422 422 404 404 404",
    "GET desk/rounds/plans/{nothing}/drop/": KEEP_NOTHING,
    "GET desk/rounds/plans/lines/{nothing}/": KEEP_NOTHING,
    "GET desk/rounds/plans/{nothing}/decide/": KEEP_NOTHING,
    "GET desk/rounds/decisions/{nothing}/announce/": KEEP_NOTHING,
    "GET desk/rounds/decisions/{nothing}/papers/filing/": KEEP_NOTHING,
    "GET desk/rounds/{round}/review/": "302 403 200 404 200 200 403 403 403 403",
}


def rounds_of(community: Place) -> dict[str, str]:
    """An open round with a proposal, a draft and a check; a sealed one with a proposal; an idea."""
    now = timezone.now()
    assert community.street is not None
    programme = make_programme(community.street)
    intake, sealed = make_round(programme, at=now), make_round(programme, "contest", at=now, title="密封轮次")
    ideas = make_round(programme, "co_creation", running="ideas", at=now, title="共创轮次")
    proposal = make_proposal(intake, community, at=now)
    Phase.objects.filter(round=intake, code="check").update(opens_at=now - timedelta(hours=1))
    check = services.begin_check(proposal, stage="first", actor=None, at=now)
    terms = services.Terms(most=1, admission="roster")
    dates = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=9)}
    choice = services.set_up_choice(intake, terms=terms, **dates, actor=None, at=now)
    Proposal.objects.filter(pk=proposal.pk).update(state="accepted")
    services.open_choice(choice, actor=None, at=now)
    Proposal.objects.filter(pk=proposal.pk).update(state="submitted")
    made = {
        "programme": programme,
        "round": intake,
        "sealed_round": sealed,
        "phase": intake.phases.get(code="filing"),
        "proposal": proposal,
        "sealed_proposal": make_proposal(sealed, community, title="密封申报", at=now),
        "written": start(intake, community, title="草稿", at=now),
        "view": check.views.all()[0],
        "idea": services.hand_in_idea(ideas, place=community, title="种花", text="一起种花", actor=None, at=now),
    }
    return {name: str(row.pk) for name, row in made.items()}
