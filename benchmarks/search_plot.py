"""How search grows with the index, as SVG: the time of a question, and how quickly it is filled."""

from collections.abc import Iterator, Mapping, Sequence
from math import ceil, floor, log10

from benchmarks.search_report import percentiles, rate
from benchmarks.search_run import Step

_SIDE, _GAP, _TOP = 300, 120, 50
_INK, _SOFT = "#1f2933", "#9aa5b1"
_COLOURS = ("#2f6f9f", "#b4432f", "#6b8e23")

Points = Sequence[tuple[float, float]]
Lines = Mapping[tuple[str, str], Points]
"""By engine, and by what the line is of."""


def svg(steps: Sequence[Step]) -> str:
    """Two squares, both axes of each by powers of ten; a line for each engine, in its colour."""
    asked = {
        (engine, name): [(step.notices, percentiles(step)[at]) for step in own]
        for engine, own in _by_engine(steps).items()
        for at, name in enumerate(("p50", "p95"))
    }
    filled = {
        (engine, ""): [(step.notices, rate(step)) for step in own]
        for engine, own in _by_engine(steps).items()
    }
    squares = (
        _square("a question with filters and five facets, ms", asked),
        _square("notices written a second", filled),
    )
    parts = "\n".join(
        f'<g transform="translate({_GAP + n * (_SIDE + _GAP)},{_TOP})">\n{square}\n</g>'
        for n, square in enumerate(squares)
    )
    width, height = 2 * (_SIDE + _GAP) + _GAP, _TOP + _SIDE + _GAP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'font-family="sans-serif" font-size="11" fill="{_INK}">\n'
        f"<title>Search by the size of the index, synthetic notices</title>\n"
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>\n{parts}\n</svg>\n'
    )


def _by_engine(steps: Sequence[Step]) -> Mapping[str, Sequence[Step]]:
    engines = dict.fromkeys(step.engine for step in steps)
    return {engine: [step for step in steps if step.engine == engine] for engine in engines}


def _square(title: str, lines: Lines) -> str:
    points = [point for line in lines.values() for point in line]
    across, up = (_Axis([point[axis] for point in points]) for axis in (0, 1))
    engines = list(dict.fromkeys(engine for engine, _ in lines))
    parts = [
        f'<text y="-14" font-weight="bold">{title}</text>',
        f'<rect width="{_SIDE}" height="{_SIDE}" fill="none" stroke="{_SOFT}"/>',
        f'<text x="{_SIDE / 2}" y="{_SIDE + 32}" text-anchor="middle">notices</text>',
        *_ticks(across, up),
    ]
    for (engine, name), line in lines.items():
        colour = _COLOURS[engines.index(engine) % len(_COLOURS)]
        placed = [(across.at(x), _SIDE - up.at(y)) for x, y in line]
        parts += _line(f"{engine} {name}".strip(), placed, colour, dashed=name == "p50")
    return "\n".join(parts)


class _Axis:
    """From the power of ten below all values to the one above."""

    def __init__(self, values: Sequence[float]) -> None:
        self._first = floor(log10(min(values)))
        self._last = max(ceil(log10(max(values))), self._first + 1)

    def at(self, value: float) -> float:
        return _SIDE * (log10(value) - self._first) / (self._last - self._first)

    def ticks(self) -> Iterator[tuple[float, str]]:
        for power in range(self._first, self._last + 1):
            yield self.at(10.0**power), f"{10.0**power:,g}" if power < 6 else f"{10**power:,}"


def _ticks(across: _Axis, up: _Axis) -> Iterator[str]:
    for at, text in across.ticks():
        yield f'<text x="{at:.1f}" y="{_SIDE + 15}" text-anchor="middle">{text}</text>'
    for at, text in up.ticks():
        yield f'<text x="-6" y="{_SIDE - at + 4:.1f}" text-anchor="end">{text}</text>'
        yield f'<path d="M0 {_SIDE - at:.1f}h{_SIDE}" stroke="{_SOFT}" stroke-opacity="0.4"/>'


def _line(name: str, line: Points, colour: str, *, dashed: bool) -> Iterator[str]:
    """The line with a point at every measurement, and its name behind the last one."""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in line)
    dashes = ' stroke-dasharray="4 3"' if dashed else ""
    yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.5"{dashes}/>'
    yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{colour}"/>' for x, y in line)
    x, y = line[-1]
    yield f'<text x="{x + 6:.1f}" y="{y + 4:.1f}" fill="{colour}">{name}</text>'
