"""The index of likeness: each ordinary need's words by keys in a table of the database, written with the verb."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.db import connection, transaction

from linli.apps.needs.models import Band, HotTopicNeed, Likely, Need, NeedState, Sketch
from linli.apps.needs.queries.sketching import sketched

BATCH = 4_000


def keeps_likeness(need: Need) -> bool:
    """Whether a need may be likened to others: never what is sensitive, walled or withdrawn."""
    return not (need.sensitivity or need.about_kind or need.state == NeedState.WITHDRAWN)


def keep_likeness(need: Need) -> None:
    """Bring the index up to date with one need, inside the verb's transaction. Once indexed: one query."""
    if not keeps_likeness(need):
        forget_likeness(need)
    elif not Sketch.objects.filter(need=need).exists():
        _insert([need])


def forget_likeness(need: Need) -> None:
    """The need is likened to nothing any more, and counts in no topic."""
    slots = list(Sketch.objects.filter(need=need).values_list("pk", flat=True))
    if slots:
        keys = sketched([need.matter], [need.street_id]).keys[0].tolist()
        Band.objects.filter(key__in=keys, sketch__in=slots).delete()
        Sketch.objects.filter(pk__in=slots).delete()
    Likely.objects.filter(need=need).delete()
    Likely.objects.filter(other=need).delete()
    _out_of_topics(need)


def _out_of_topics(need: Need) -> None:
    """Its topics count one less, and never in its words."""
    for member in HotTopicNeed.objects.filter(need=need).select_related("topic"):
        topic = member.topic
        member.delete()
        other = topic.members.select_related("need").order_by("id").first()
        if topic.count <= 2 or other is None:
            topic.delete()
            continue
        topic.count -= 1
        topic.title = other.need.title if topic.title == need.title else topic.title
        topic.save(update_fields=["count", "title"])


def rebuild_likeness(*, batch: int = BATCH) -> int:
    """The whole index anew, some thousand needs a transaction; how many are in it."""
    with transaction.atomic(), connection.cursor() as cursor:
        for model in (Band, Sketch):
            cursor.execute(f"DELETE FROM {model._meta.db_table}")  # noqa: S608  # our names
    rows = Need.objects.filter(sensitivity="", about_kind="").exclude(state=NeedState.WITHDRAWN).order_by("pk")
    done = 0
    for some in _batches(rows.only("pk", "street_id", "matter").iterator(chunk_size=batch), batch):
        with transaction.atomic():
            there = set(Sketch.objects.filter(need__in=some).values_list("need", flat=True))  # came in meanwhile
            done += _insert([need for need in some if need.pk not in there]) + len(there)
    return done


def _batches(rows: Iterable[Need], size: int) -> Iterator[list[Need]]:
    source = iter(rows)
    while some := list(islice(source, size)):
        yield some


def _insert(needs: Sequence[Need]) -> int:
    """Index needs that are not in it; how many said something."""
    found = sketched([need.matter for need in needs], [need.street_id for need in needs])
    told = [place for place, said in enumerate(found.told.tolist()) if said]
    rows = [Sketch(need=needs[place], signature=found.signatures[place].tobytes()) for place in told]
    Sketch.objects.bulk_create(rows, batch_size=400)
    keys = found.keys.tolist()
    write_bands([(key, row.pk) for place, row in zip(told, rows, strict=True) for key in keys[place]])
    return len(rows)


def write_bands(pairs: Sequence[tuple[int, int]]) -> None:
    """Rows of the table of bands, in one prepared statement."""
    quote = connection.ops.quote_name
    into = f"INSERT INTO {quote(Band._meta.db_table)} ({quote('key')}, {quote('sketch')})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            keys, sketches = [key for key, _sketch in pairs], [sketch for _key, sketch in pairs]
            cursor.execute(f"{into} SELECT unnest(%s::bigint[]), unnest(%s::bigint[])", [keys, sketches])
        else:
            cursor.executemany(f"{into} VALUES (%s, %s)", pairs)
