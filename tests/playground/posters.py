"""The kinds of the playground's posters and wishes, and how they become public.

Their roles are those whom no literal query count of a page is about.
"""

from linli.kernel import files
from linli.kernel.publication import PublicKind, declare
from linli.kernel.refs import Kind, ref_of, register
from linli.kernel.scope import Role
from tests.playground.models import Poster, Wish

register(Kind("playground.poster", Poster, "海报", visible_to=lambda rows, actor: rows))
register(Kind("playground.wish", Wish, "心愿", visible_to=lambda rows, actor: rows))
POSTER = declare(
    PublicKind(
        "playground.poster",
        "海报",
        texts=lambda poster: {"标题": poster.title, "正文": poster.text},
        files=lambda poster: files.files_of(ref_of(poster)),
        may_stand=lambda poster: ["010-62880011"],
        writes=(Role.DEPARTMENT_CONTACT,),
        checks=(Role.AUDITOR,),
        signs_off=(Role.AUDIT_ADMINISTRATOR,),
    )
)
WISH = declare(
    PublicKind(
        "playground.wish",
        "心愿",
        texts=lambda wish: {"心愿": wish.text},
        writes=(Role.RESIDENT,),
        checks=(Role.TEAM_LEADER,),
    )
)
