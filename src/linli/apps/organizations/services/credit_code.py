"""The unified social credit code: 18 characters that check themselves (GB 32100-2015)."""

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def check_digit(head: str) -> str:
    """The 18th character of a unified social credit code, from its first 17 (GB 32100-2015, modulo 31)."""
    total = sum(ALPHABET.index(character) * weight for character, weight in zip(head, WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def is_credit_code(code: str) -> bool:
    """Whether 18 characters can be a unified social credit code (GB 32100-2015)."""
    return len(code) == 18 and all(character in ALPHABET for character in code) and check_digit(code[:17]) == code[17]
