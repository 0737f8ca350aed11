"""Slips of the pen: how one number may have come out of another by a mistake in copying it."""

from __future__ import annotations

SLIPS = ("transposed digits", "extra digit", "missing digit", "wrong digit")


def slip(quoted: float, true: float) -> str | None:
    """The slip that turns the number `true` into `quoted`, or None where no single one does.

    One of `SLIPS`: two neighbouring digits changed places, a digit was added, left out, or is another. Numbers below
    100 and fractions give None: with two digits nearly any number is a slip of any other.
    """
    if quoted != quoted or true != true or quoted % 1 or true % 1 or min(quoted, true) < 100 or quoted == true:
        return None
    a, b = str(int(quoted)), str(int(true))
    if len(a) == len(b):
        wrong = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
        if len(wrong) == 2 and wrong[1] == wrong[0] + 1 and a[wrong[0]] == b[wrong[1]] and a[wrong[1]] == b[wrong[0]]:
            return "transposed digits"
        return "wrong digit" if len(wrong) == 1 else None
    if len(a) == len(b) + 1 and without_one(a, b):
        return "extra digit"
    if len(b) == len(a) + 1 and without_one(b, a):
        return "missing digit"
    return None


def without_one(longer: str, shorter: str) -> bool:
    """Whether leaving one digit out of `longer` gives `shorter`."""
    i = next((k for k, (x, y) in enumerate(zip(longer, shorter, strict=False)) if x != y), len(shorter))
    return longer[i + 1 :] == shorter[i:]


def neighbours(number: int) -> list[tuple[str, int]]:
    """The numbers that one transposition, one digit too many or one too few could have made this one from."""
    digits = str(number)
    found = [
        ("transposed digits", int(digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]))
        for i in range(len(digits) - 1)
        if digits[i] != digits[i + 1]
    ]
    if len(digits) > 1:
        found += [("extra digit", int(digits[:i] + digits[i + 1 :])) for i in range(len(digits))]
    found += [
        ("missing digit", int(digits[:i] + d + digits[i:]))
        for i in range(len(digits) + 1)
        for d in "0123456789"
        if i or d != "0"
    ]
    return found
