"""The reliability diagram as SVG: how sure against how often right, by set."""

from collections.abc import Iterator, Mapping, Sequence

from models.products.evaluation.figures import Bin

_SIDE, _GAP, _TOP, _COLUMNS = 200, 60, 40, 3
_INK, _GOOD, _SHORT, _SOFT = "#1f2933", "#2f6f9f", "#b4432f", "#9aa5b1"


def svg(sets: Mapping[str, Sequence[Bin | None]]) -> str:
    """One square a set. Each circle is a stretch of probability, its area the number of answers;
    on the diagonal a matcher is exactly as sure as it is right, below it is too sure."""
    rows = -(-len(sets) // _COLUMNS)
    width = _COLUMNS * (_SIDE + _GAP) + _GAP
    height = rows * (_SIDE + _GAP + _TOP) + _GAP
    parts = "\n".join(
        f'<g transform="translate({_GAP + (n % _COLUMNS) * (_SIDE + _GAP)},'
        f'{_TOP + (n // _COLUMNS) * (_SIDE + _GAP + _TOP)})">\n{_square(name, found)}\n</g>'
        for n, (name, found) in enumerate(sets.items())
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'font-family="sans-serif" font-size="11" fill="{_INK}">\n'
        f"<title>Reliability of the product matcher</title>\n"
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>\n{parts}\n</svg>\n'
    )


def _square(name: str, found: Sequence[Bin | None]) -> str:
    axes = (
        f'<text y="-10" font-weight="bold">{name}</text>\n'
        f'<rect width="{_SIDE}" height="{_SIDE}" fill="none" stroke="{_SOFT}"/>\n'
        f'<line y1="{_SIDE}" x2="{_SIDE}" y2="0" stroke="{_SOFT}" stroke-dasharray="4 4"/>\n'
        f'<text x="{_SIDE / 2}" y="{_SIDE + 30}" text-anchor="middle">probability said</text>\n'
        f'<text transform="translate(-30,{_SIDE / 2}) rotate(-90)" text-anchor="middle">'
        "share right</text>"
    )
    return "\n".join([axes, *_ticks(), *_circles(found)])


def _ticks() -> Iterator[str]:
    for tenth in (0, 5, 10):
        at = _SIDE * tenth / 10
        yield f'<text x="{at:g}" y="{_SIDE + 14}" text-anchor="middle">{tenth / 10:g}</text>'
        yield f'<text x="-6" y="{_SIDE - at + 4:g}" text-anchor="end">{tenth / 10:g}</text>'


def _circles(found: Sequence[Bin | None]) -> Iterator[str]:
    total = sum(each.count for each in found if each)
    for each in filter(None, found):
        radius = 2 + 26 * (each.count / total) ** 0.5
        colour = _SHORT if each.right < each.sure - 0.05 else _GOOD
        yield (
            f'<circle cx="{each.sure * _SIDE:.1f}" cy="{(1 - each.right) * _SIDE:.1f}" '
            f'r="{radius:.1f}" fill="{colour}" fill-opacity="0.45" stroke="{colour}">'
            f"<title>{each.count}: said {each.sure:.2f}, right {each.right:.2f}</title></circle>"
        )
