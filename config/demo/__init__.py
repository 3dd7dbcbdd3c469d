"""The packaged sample feed: invented documents around real facts, in the sources' own formats."""

from datetime import date
from pathlib import Path

AS_OF = date(2025, 9, 22)
"""The day on which the feed ends and its deadlines are alive."""

_FOLDER = Path(__file__).with_name("feed")

FEED: list[tuple[str, Path]] = [
    ("us-federal-register", _FOLDER / "us-federal-register-2019-2020.json"),
    ("wto-eping", _FOLDER / "wto-eping-2019-2023.json"),
    ("us-federal-register", _FOLDER / "us-federal-register-2021-2022.json"),
    ("us-federal-register", _FOLDER / "us-federal-register-2023-2024.json"),
    ("eu-rasff", _FOLDER / "eu-rasff.csv"),
    ("wto-eping", _FOLDER / "wto-eping-2024-2025.json"),
    ("us-federal-register", _FOLDER / "us-federal-register-2025.json"),
]
"""Source and file, in the order in which the corridor walks them."""
