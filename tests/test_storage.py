"""Where uploaded files lie, by the environment."""

from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.utils.module_loading import import_string

from linli.site.settings.storage import default_storage


def built(environment: dict[str, str], folder: Path) -> Storage:
    named = default_storage(environment, folder)
    storage: Storage = import_string(named["BACKEND"])(**named["OPTIONS"])
    return storage


def test_it_keeps_files_on_disk_for_nobody_else_to_read(tmp_path: Path) -> None:
    storage = built({}, tmp_path / "files")
    key = storage.save("kept/ab/abc", ContentFile(b"1"))
    path = tmp_path / "files" / key
    assert (oct(path.stat().st_mode)[-3:], oct(path.parent.stat().st_mode)[-3:]) == ("600", "700")


def test_it_keeps_files_in_a_store_the_environment_names(tmp_path: Path) -> None:
    storage = built(
        {
            "LINLI_S3_BUCKET": "linli",
            "LINLI_S3_ENDPOINT": "http://127.0.0.1:9",
            "LINLI_S3_ACCESS_KEY": "key",
            "LINLI_S3_SECRET_KEY": "secret",
            "LINLI_S3_PREFIX": "hean",
        },
        tmp_path,
    )
    assert (storage.bucket_name, storage.endpoint_url, storage.location) == ("linli", "http://127.0.0.1:9", "hean")
    assert (storage.access_key, storage.secret_key, storage.default_acl) == ("key", "secret", None)


def test_the_suite_itself_stores_on_disk() -> None:
    assert type(storages["default"]).__name__ == "FileSystemStorage"
