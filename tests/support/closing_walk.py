"""The rows of the walk of all addresses that belong to the closing review, and the records they need."""

from datetime import date

from linli.apps.places.models import Place
from linli.apps.projects.models import Advice, Showcase
from linli.apps.projects.services import closing as services
from linli.apps.projects.services.closing import AdviceText
from linli.apps.projects.tests.factories import NOW, make_project
from linli.apps.rounds.tests.factories import make_programme

READ = "302 403 200 404 200 200 200 403 403 403"
TEND = "302 403 200 404 200 200 403 403 403 403"
KEEP = "302 403 403 404 200 403 403 403 403 403"
SENT = TEND.replace("200", "302")
HALF = TEND.replace("200", "422")
CARRY = "302 403 200 404 403 200 403 403 403 403"
LIST = "302 403 200 200 200 200 200 403 403 403"
OPEN = "302 403 403 200 200 403 403 403 403 403"
"""Street officers, each for his own street."""
ALL = " ".join(["200"] * 10)
NONE = " ".join(["404"] * 10)

CLOSING_ROWS = {
    "GET desk/projects/{closing}/closing/": READ,
    "GET desk/projects/{project}/closing/do/open/": TEND,
    "POST desk/projects/{project}/closing/do/open/": SENT,
    "GET desk/projects/{closing}/closing/do/write/": TEND,
    "POST desk/projects/{closing}/closing/do/write/": HALF,
    "GET desk/projects/{closing}/closing/do/submit/": TEND,
    "GET desk/projects/{closing}/closing/do/accept/": KEEP,
    "GET desk/projects/{closing}/closing/do/misuse/": KEEP,
    "GET desk/projects/{closing}/closing/do/enter/": KEEP,
    "GET desk/projects/{closing}/closing/do/showcase/": TEND,
    "GET desk/projects/{closing}/closing/advice/{advice}/answer/": CARRY,
    "GET desk/projects/{closing}/closing/papers/report/pdf/": READ,
    "GET desk/projects/{closing}/closing/told/story/{story}/docx/": READ,
    "GET desk/projects/{closing}/closing/slides/": READ,
    "GET desk/projects/{closing}/closing/slides/own/": KEEP,
    "GET desk/projects/{closing}/closing/archive/": READ,
    "GET desk/projects/summaries/{summary}/docx/": "302 403 200 404 200 200 200 403 403 403",
    "GET desk/projects/reviews/": LIST,
    "GET desk/projects/reviews/new/": OPEN,
    "POST desk/projects/reviews/new/": OPEN.replace("200", "422"),
    "GET desk/projects/reviews/{closing_review}/": "302 403 404 404 200 404 200 403 403 403",
    "GET desk/projects/reviews/{closing_review}/enter/": KEEP,
    "POST desk/projects/reviews/{closing_review}/enter/": KEEP.replace("200", "422"),
    "GET desk/projects/reviews/{closing_review}/attend/": KEEP,
    "POST desk/projects/reviews/{closing_review}/attend/": KEEP.replace("200", "422"),
    "GET desk/projects/reviews/{closing_review}/results/": KEEP,
    "POST desk/projects/reviews/{closing_review}/results/": KEEP.replace("200", "302"),
    "GET desk/projects/reviews/{closing_review}/notice/pdf/": "302 403 404 404 404 404 404 403 403 403",
    "GET desk/projects/summaries/": LIST,
    "GET desk/projects/summaries/new/": OPEN,
    "POST desk/projects/summaries/new/": OPEN.replace("200", "422"),
    "GET desk/projects/summaries/{summary}/": READ,
    "GET desk/projects/summaries/{summary}/write/": KEEP,
    "POST desk/projects/summaries/{summary}/write/": KEEP.replace("200", "302"),
    "GET desk/projects/slides/": OPEN,
    "GET desk/projects/slides/new/": OPEN,
    "POST desk/projects/slides/new/": OPEN.replace("200", "422"),
    "GET desk/projects/slides/shipped/": OPEN,
    "GET showcase/": ALL,
    "GET showcase/{showcase}/": NONE,
    "GET showcase/{showcase}/before/": NONE,
}


def closing_of(community: Place) -> dict[str, str]:
    """A project whose closing file is being written, with an opinion, a story, a page nobody checked, a summary."""
    project = make_project(community, title="楼道议事")
    services.open_closing(project, actor=None)
    services.hand_over_opinions(project, items=[AdviceText("数据少", "做前后对比")], source="第一组", actor=None)
    told = {"title": "一碗热汤", "text": "大家说好。", "unit": "党建办", "author": "周某"}
    story = services.write_story(project, actor=None, **told)
    page: Showcase = services.write_showcase(project, title="一碗热汤", text="大家说好。", actor=None)
    street = Place.objects.get(pk=community.street_id)
    programme = make_programme(street, name="总结所用的项目线")
    summary = services.write_summary(programme, year=2026, actor=None)
    review = services.open_closing_review(
        title="结项评审会", place=street, first_day=date(2026, 12, 12), actor=None, at=NOW
    )
    services.register_coverage(
        project, kind="media", outlet="《晚晴》栏目", title="热汤", on=date(2026, 4, 1), actor=None, at=NOW
    )
    return {
        "closing": str(project.pk),
        "advice": str(Advice.objects.get(sheet__project=project).pk),
        "story": str(story.pk),
        "showcase": str(page.pk),
        "summary": str(summary.pk),
        "closing_review": str(review.pk),
    }
