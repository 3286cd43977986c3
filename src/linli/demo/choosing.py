"""The residents' choice of the contest of 2017: for reference, by slips and on some papers, counted and made public."""

from collections.abc import Sequence

from linli.apps.rounds import services
from linli.apps.rounds.models import ResidentsChoice, Round
from linli.apps.rounds.queries import phases_of
from linli.apps.rounds.services import Terms, Way
from linli.demo.names import draw
from linli.demo.proposing import on
from linli.demo.streets import MAIN, Here

SLIPS, PHONES, PAPERS = 60, 44, 4
PICKS = 3
"""Slips printed, ballots by phone, papers; how many projects a ballot names."""


def let_residents_choose(here: Here, intake: Round, qualities: Sequence[int]) -> ResidentsChoice:
    """Four days in September between the first check and the road-show; better projects are chosen more often."""
    officer, worker = here.people["linhu.jiedao"], here.people["yinxing.shegong"]
    check = next(phase for phase in phases_of(intake) if phase.code == "check")
    choice = services.set_up_choice(
        intake, terms=Terms(most=PICKS), opens_at=on(9, 16, 8), closes_at=on(9, 20, 18), after=check, actor=officer,
        at=on(9, 15),
    )  # fmt: skip
    services.open_choice(choice, actor=officer, at=on(9, 15, 16))
    _batch, codes = services.issue_choice_slips(
        choice, place=here.places[MAIN], count=SLIPS, actor=officer, at=on(9, 15, 17)
    )
    chance = draw("residents' choice")
    numbers, weights = range(1, len(qualities) + 1), [quality - 60 for quality in qualities]

    def picks() -> dict[int, int]:
        return dict.fromkeys(chance.choices(numbers, weights, k=PICKS), 1)

    for number, code in enumerate(codes[:PHONES]):
        services.cast_ballot(
            choice, picks=picks(), way=Way(code), actor=None, at=on(9, 16 + number % 4, 9 + number % 9)
        )
    for number, code in enumerate(codes[PHONES : PHONES + PAPERS], 1):
        services.hand_out_paper(choice, code=code, actor=worker, at=on(9, 19, 10))
        written = picks()
        for typist in (worker, officer):
            services.type_paper(choice, number=number, picks=written, actor=typist)
    services.close_choice(choice, actor=officer, at=on(9, 20, 19))
    services.publish_choice(choice, actor=officer, at=on(9, 21, 9))
    return choice
