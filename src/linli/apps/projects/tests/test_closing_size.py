"""The archive of a project with two hundred photos streams: what a process holds does not grow with it."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from linli.apps.places.tests.factories import make_district
from linli.apps.projects.services import closing as services
from linli.apps.projects.tests.factories import make_project
from linli.apps.projects.tests.test_closing import NOW
from linli.kernel.files import StoredFile
from linli.kernel.refs import ref_of

PHOTOS, MEGABYTES = 200, 2
PEAK = """
import sys
from linli.apps.projects.models import Project
from linli.apps.projects.tables.archive import stream
total = sum(len(part) for part in stream(Project.objects.get(pk=sys.argv[1])))
told = [line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM:")]
print(total // 2**20, int(told[0]) // 1024)
"""


@pytest.mark.slow
@pytest.mark.sqlite_only
@pytest.mark.race
def test_an_archive_of_two_hundred_photos_streams_below_200_megabytes(
    run_python: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    project = make_project(make_district().community)
    services.open_closing(project, actor=None, at=NOW)
    body = os.urandom(MEGABYTES * 2**20)
    owner = ref_of(project)
    first = StoredFile.objects.create(
        key=default_storage.save("files/kept/00/photo", ContentFile(body)), name="照片.jpg", content_type="image/jpeg",
        size=len(body), sha256="", owner_kind=owner.kind, owner_id=owner.id, made_at=NOW, stripped=True,
    )  # fmt: skip
    path = Path(default_storage.path(first.key))
    rows = []
    for number in range(1, PHOTOS):
        name = f"{path.name}{number}"
        os.link(path, path.with_name(name))
        row = StoredFile.objects.get(pk=first.pk)
        row.pk, row.key = StoredFile().pk, f"{first.key}{number}"
        rows.append(row)
    StoredFile.objects.bulk_create(rows)
    streamed, peak = map(int, run_python(PEAK, str(project.pk)).stdout.split())
    assert (streamed >= PHOTOS * MEGABYTES, peak <= 200) == (True, True), (streamed, peak)
