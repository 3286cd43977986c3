"""Where uploaded files lie: on disk, or in an S3-compatible store named by the environment."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any


def _client() -> Any:
    """How the store is spoken to: an answer within seconds, or a sentence instead of a page that hangs.

    Checksums that only Amazon's own store understands are sent where they are required and nowhere else.
    None where the packages of ``linli[s3]`` are missing: then the first use says so.
    """
    try:
        from botocore.config import Config
    except ImportError:
        return None
    return Config(
        signature_version="s3v4",
        connect_timeout=5,
        read_timeout=30,
        retries={"max_attempts": 2, "mode": "standard"},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )


def default_storage(environment: Mapping[str, str], folder: Path) -> dict[str, Any]:
    """Django's ``STORAGES["default"]``.

    ``LINLI_S3_BUCKET`` chooses the S3-compatible store (``pip install linli[s3]``); ``LINLI_S3_ENDPOINT``,
    ``LINLI_S3_REGION``, ``LINLI_S3_ACCESS_KEY``, ``LINLI_S3_SECRET_KEY`` and ``LINLI_S3_PREFIX`` complete it.
    Files stay private: they are read through Linli alone, so no signed address is ever made.
    """
    bucket = environment.get("LINLI_S3_BUCKET", "")
    if not bucket:
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {
                "location": folder,
                "file_permissions_mode": 0o600,
                "directory_permissions_mode": 0o700,
            },
        }
    named = {
        "endpoint_url": environment.get("LINLI_S3_ENDPOINT"),
        "region_name": environment.get("LINLI_S3_REGION"),
        "access_key": environment.get("LINLI_S3_ACCESS_KEY"),
        "secret_key": environment.get("LINLI_S3_SECRET_KEY"),
        "location": environment.get("LINLI_S3_PREFIX"),
    }
    options: dict[str, Any] = {"bucket_name": bucket, "default_acl": None, "file_overwrite": False}
    options |= {key: value for key, value in named.items() if value}
    options["client_config"] = _client()
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
