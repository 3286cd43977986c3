"""Files in an S3-compatible store: a real one on the loopback, spoken to as a real house speaks to its own."""

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import boto3
import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from moto.server import ThreadedMotoServer

from linli.kernel.errors import Missing, Refusal
from linli.kernel.files import PAPERS, StoredFile, file_for, forget, keep, opened, sweep
from linli.kernel.refs import Ref, ref_of
from linli.site.settings.storage import default_storage as storage_of
from tests.playground.models import Binder
from tests.support.postgres import free_port

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only, pytest.mark.slow, pytest.mark.xdist_group("s3")]
PAPER = b"%PDF-1.7\n" + b"x" * 200_000 + b"\n%%EOF\n"
KEYS = {"aws_access_key_id": "key", "aws_secret_access_key": "secret", "region_name": "cn-north-1"}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a store that lives as long as this file's tests."""
    server = ThreadedMotoServer(port=free_port(), verbose=False)
    server.start()
    yield "http://{}:{}".format(*server.get_host_and_port())
    server.stop()


def settings_of(address: str, bucket: str) -> Any:
    """The storage as an operator's environment describes it."""
    named = {"BUCKET": bucket, "ENDPOINT": address, "REGION": "cn-north-1", "ACCESS_KEY": "key", "SECRET_KEY": "secret"}
    environment = {f"LINLI_S3_{name}": value for name, value in named.items()} | {"LINLI_S3_PREFIX": "hean"}
    return storage_of(environment, Path("unused"))


@pytest.fixture
def bucket(address: str, settings: Any) -> Any:
    """An empty bucket, which is the default storage of this test."""
    name = f"linli-{uuid4().hex[:12]}"
    made = boto3.resource("s3", endpoint_url=address, **KEYS).create_bucket(
        Bucket=name, CreateBucketConfiguration={"LocationConstraint": "cn-north-1"}
    )
    settings.STORAGES = {**settings.STORAGES, "default": settings_of(address, name)}
    return made


@pytest.fixture
def reader() -> Any:
    return get_user_model().objects.create_user("reader", name="李一")


@pytest.fixture
def owner(reader: Any) -> Ref:
    return ref_of(Binder.objects.create(reader_id=reader.pk))


def kept(owner: Ref, reader: Any) -> StoredFile:
    return keep(ContentFile(PAPER, name="申报书.pdf"), accept=PAPERS, owner=owner, actor=reader)


def keys(bucket: Any) -> list[str]:
    return sorted(item.key for item in bucket.objects.all())


def test_it_uploads_reads_back_and_removes(bucket: Any, owner: Ref, reader: Any) -> None:
    stored = kept(owner, reader)
    with opened(stored) as file:
        assert file.read() == PAPER
    assert keys(bucket) == [f"hean/{stored.key}"]


@pytest.mark.django_db(transaction=True)
def test_it_removes_the_bytes_with_the_row(bucket: Any, owner: Ref, reader: Any) -> None:
    stored = kept(owner, reader)
    assert forget(stored.pk)
    assert keys(bucket) == []


def test_it_opens_a_file_only_for_who_may_see_its_owner(bucket: Any, owner: Ref, reader: Any) -> None:
    stored = kept(owner, reader)
    stranger = get_user_model().objects.create_user("stranger", name="王二")
    assert file_for(stored.pk, actor=reader) == stored
    with pytest.raises(Missing):
        file_for(stored.pk, actor=stranger)


def test_it_gives_the_bytes_to_nobody_without_the_house_key(bucket: Any, owner: Ref, reader: Any) -> None:
    stored = kept(owner, reader)
    grants = bucket.Object(f"hean/{stored.key}").Acl().grants
    assert [grant["Grantee"]["Type"] for grant in grants] == ["CanonicalUser"]


def test_it_says_so_when_the_store_lost_the_bytes(bucket: Any, owner: Ref, reader: Any) -> None:
    stored = kept(owner, reader)
    bucket.objects.all().delete()
    with pytest.raises(Missing):
        opened(stored)


def test_it_sweeps_bytes_that_lost_their_row_but_only_old_ones(bucket: Any, owner: Ref, reader: Any) -> None:
    stored = kept(owner, reader)
    default_storage.save("kept/ab/abandoned", io.BytesIO(b"x"))
    assert sweep() == 0
    assert sweep(at=timezone.now() + timedelta(hours=25)) == 1
    assert keys(bucket) == [f"hean/{stored.key}"]


def test_it_says_that_the_store_does_not_answer_and_leaves_no_row(settings: Any, owner: Ref, reader: Any) -> None:
    settings.STORAGES = {**settings.STORAGES, "default": settings_of(f"http://127.0.0.1:{free_port()}", "linli")}
    with pytest.raises(Refusal) as refused:
        kept(owner, reader)
    assert (refused.value.code, StoredFile.objects.count()) == ("no-store", 0)
