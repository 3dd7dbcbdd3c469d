"""Boxes: products of sets, to decide exactly what a list of rules covers.

A rule names, for each of several properties, the values that it fits: a box in the space of all
cases. Whether an earlier rule leaves a later one anything to fit, and whether some case fits no
rule at all, is then a subtraction of boxes.
"""

from collections.abc import Iterable, Sequence

Box = tuple[frozenset[object], ...]


def minus(box: Box, other: Box) -> list[Box]:
    """What of `box` lies outside `other`, as boxes that do not overlap."""
    if not all(mine & theirs for mine, theirs in zip(box, other, strict=True)):
        return [box]
    rest: list[Box] = []
    shared = list(box)
    for side, theirs in enumerate(other):
        if outside := box[side] - theirs:
            rest.append((*shared[:side], outside, *box[side + 1 :]))
        shared[side] = box[side] & theirs
    return rest


def left(box: Box, others: Iterable[Box]) -> Sequence[Box]:
    """What of `box` none of `others` covers."""
    rest = [box]
    for other in others:
        rest = [piece for whole in rest for piece in minus(whole, other)]
    return rest
