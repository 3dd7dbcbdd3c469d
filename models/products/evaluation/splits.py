"""Which fold a product is in: the same in training and in measuring, today and next year."""

import hashlib

from models.products.features import tokens

FOLDS = 5
HELD_OUT = 0
"""The fold that the artifact in service never learns from, of the sets that are split once."""


def product_key(text: str) -> str:
    """Texts with the same words, whatever their order and number, are one product."""
    return " ".join(sorted(set(tokens(text)))) or text.casefold().strip()


def fold(product: str, folds: int = FOLDS) -> int:
    """0 to `folds` - 1, by a hash of the product's name: texts of one product stay together."""
    digest = hashlib.sha256(product.encode()).digest()
    return int.from_bytes(digest[:8], "big") % folds
