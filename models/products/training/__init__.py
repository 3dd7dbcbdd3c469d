"""Makes a matcher from declared inputs: the same inputs, the same matcher."""

from models.products.training.training import Exclusion, cross_trainer, held_out, related, train

__all__ = ["Exclusion", "cross_trainer", "held_out", "related", "train"]
