"""Keys and sealing: encryption with a key id and bound context, keyed hashes, keys that can be destroyed."""

from typing import TYPE_CHECKING

from linli.kernel import lazily

if TYPE_CHECKING:
    from linli.kernel.seals.keyring import Keyring, KeysMissing, current_keyring
    from linli.kernel.seals.owners import destroy_key, keys_of, open_for, open_with, seal_for, wrap_anew
    from linli.kernel.seals.parcels import is_mac, key_from, lock, mac_of, parcel_key, unlock
    from linli.kernel.seals.sealing import Unreadable, fingerprint, fingerprints, open_sealed, seal, sign
else:
    __getattr__ = lazily(
        __name__,
        keyring="Keyring KeysMissing current_keyring",
        owners="destroy_key keys_of open_for open_with seal_for wrap_anew",
        parcels="is_mac key_from lock mac_of parcel_key unlock",
        sealing="Unreadable fingerprint fingerprints open_sealed seal sign",
    )

__all__ = [
    "Keyring",
    "KeysMissing",
    "Unreadable",
    "current_keyring",
    "destroy_key",
    "fingerprint",
    "fingerprints",
    "is_mac",
    "key_from",
    "keys_of",
    "lock",
    "mac_of",
    "open_for",
    "open_sealed",
    "open_with",
    "parcel_key",
    "seal",
    "seal_for",
    "sign",
    "unlock",
    "wrap_anew",
]
