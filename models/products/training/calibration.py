"""The last stage of training, alone: `python -m models.products.training.calibration DATA [FILE]`.

The network and the stacks of the artifact (FILE; the one in service unless told otherwise) stay as
they are, the same bits; only its scales are fitted anew, and the artifact and its manifest written.
The same artifact and the same sets give the same bytes, and those that `fenghuo train` gives.
"""

import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from models.products import artifacts
from models.products.matcher import of_stored
from models.products.training import manifest, scales


def recalibrate(folder: Path, place: Path) -> dict[str, Any]:
    """Writes the artifact with scales fitted anew, and its manifest; returns that.

    Raises `ValueError` where `place` is no artifact, `OSError` where it has no manifest.
    """
    stored = artifacts.load(place)
    if stored is None:
        raise ValueError(f"{place} is no artifact: train one by `fenghuo train`")
    beside = place.with_suffix(".json")
    made: dict[str, Any] = json.loads(beside.read_text("utf-8"))
    calibrating = manifest.calibrating(folder)
    model = of_stored(stored, artifacts.name(place))
    stacks = model.calibrated(scales.fit(scales.labelled(model, folder))).stacks.as_dict()
    content = artifacts.dump(stored | {"stacks": stacks})
    made["artifact"] = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    made["stacks"] = stacks
    kept = [each for each in made["inputs"] if each["source"] != manifest.CALIBRATION]
    made["inputs"] = [*kept, *calibrating]
    place.write_bytes(content)
    beside.write_text(json.dumps(made, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return made


def main(arguments: Sequence[str]) -> None:
    place = Path(arguments[1]) if arguments[1:] else artifacts.packaged()
    made = recalibrate(Path(arguments[0]), place)
    said = {"artifact": made["artifact"], "calibration": made["stacks"]["calibration"]}
    sys.stdout.write(json.dumps(said) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
