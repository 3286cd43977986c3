"""The base map a house may put behind its outlines: tiles of a licensed service, never without the number of approval."""

from collections.abc import Mapping
from urllib.parse import urlsplit


def tile_addresses(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Addresses of layers with {z}, {x} and {y}, the key filled in, the lowest layer first.

    () where the number of approval (审图号) is missing, or an address is not https or lacks one of the three.
    """
    if not environ.get("LINLI_MAP_NUMBER", "").strip():
        return ()
    layers = environ.get("LINLI_MAP_TILES", "").split()
    whole = all(
        urlsplit(one).scheme == "https" and urlsplit(one).hostname and all(f"{{{part}}}" in one for part in "zxy")
        for one in layers
    )
    return tuple(one.replace("{key}", environ.get("LINLI_MAP_KEY", "")) for one in layers) if whole else ()


def tile_origins(environ: Mapping[str, str]) -> list[str]:
    """The origins pages may then fetch pictures from: exactly those of the layers."""
    parts = [urlsplit(one) for one in tile_addresses(environ)]
    return list(dict.fromkeys(f"{part.scheme}://{part.netloc}" for part in parts))


def for_tiles(directives: Mapping[str, list[str]], environ: Mapping[str, str]) -> dict[str, list[str]]:
    """What the content policy says anew so that pages fetch tiles; {} without a map."""
    origins = tile_origins(environ)
    if not origins:
        return {}
    return {"img-src": [*directives["img-src"], *origins], "connect-src": ["'self'", *origins]}
