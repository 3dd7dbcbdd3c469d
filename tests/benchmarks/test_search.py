"""The benchmark of search: engines in processes of their own, the report, and the whole command."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from benchmarks import search, search_plot, search_report
from benchmarks.percentiles import median_and_p95
from benchmarks.search_engines import EMBEDDED, FTS5, Sqlite, peak_mib
from benchmarks.search_mix import Sort
from benchmarks.search_pages import Pages
from benchmarks.search_report import Machine, Report
from benchmarks.search_run import Step


def _step(engine: str, notices: int, milliseconds: float) -> Step:
    times = [milliseconds * part / 100 for part in range(1, 101)]
    return Step(
        engine=engine,
        notices=notices,
        added=notices,
        writing=4.0,
        bytes=3 * 2**20,
        peak_mib=100.0,
        times={Sort.ENGLISH: times},
        answers=[(7, {}), None],
    )


@pytest.fixture
def report() -> Report:
    slow = replace(
        _step(EMBEDDED, 8000, 2.0), times={Sort.ENGLISH: [1.0] * 20, Sort.GOODS: [9.0] * 2}
    )
    return Report(
        machine=Machine(cores=2, memory_gib=8.0, load=(0.5, 1.5)),
        corpus="made up",
        questions=2,
        steps=[_step(EMBEDDED, 4000, 2.0), slow, _step(FTS5, 4000, 60.0)],
        pages=[Pages(1000, 20, 1.0, 99, 9.9, 30.0, 80.0, 500.0)],
    )


@pytest.mark.parametrize(
    ("times", "found"), [([7.0], (7, 7)), ([3.0, 1.0, 2.0], (2, 3)), (range(1, 101), (50, 95))]
)
def test_percentiles_are_times_that_were_met(
    times: list[float], found: tuple[float, float]
) -> None:
    assert median_and_p95(times) == found


def test_of_nothing_there_is_no_percentile() -> None:
    with pytest.raises(ValueError, match="nothing"):
        median_and_p95([])


def test_a_rate_is_by_the_seconds_of_writing(report: Report) -> None:
    assert search_report.rate(report.steps[0]) == 1000


def test_engines_are_compared_on_what_all_can_be_asked(report: Report) -> None:
    assert search_report.percentiles(report.steps[1]) != (1.0, 1.0)
    assert search_report.percentiles(report.steps[1], search_report.ASKABLE) == (1.0, 1.0)
    ((step, p50, p95),) = report.ratios()
    assert (step.engine, round(p50), round(p95)) == (FTS5, 30, 30)


def test_a_person_reads_that_the_notices_are_synthetic(report: Report) -> None:
    lines = list(search_report.table(report))
    assert lines[0].startswith("Synthetic notices")
    assert any("30.0×" in line for line in lines)
    assert any(line.startswith(Sort.GOODS) and "-" in line for line in lines)


def test_a_program_reads_figures_and_the_machine(report: Report) -> None:
    figures = json.loads(json.dumps(report.as_dict()))
    assert figures["machine"] == {"cores": 2, "memory_gib": 8.0, "load": [0.5, 1.5]}
    assert [step["notices"] for step in figures["steps"]] == [4000, 8000, 4000]
    assert figures["pages"][0]["p95"] == 80.0
    assert figures["against"][0]["engine"] == FTS5


def test_engines_that_find_different_notices_are_told_apart(report: Report) -> None:
    search_report.agree(report.steps)
    lost = replace(report.steps[2], answers=[(6, {}), (1, {})])
    with pytest.raises(ValueError, match="question 0 of 4,000 notices: SQLite FTS5 finds 6, not 7"):
        search_report.agree([report.steps[0], lost])


def test_the_growth_is_drawn_with_a_line_for_each_engine(report: Report) -> None:
    drawn = ET.fromstring(search_plot.svg(report.steps))
    names = [text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert {"embedded p50", "embedded p95", "SQLite FTS5 p95", "embedded", "SQLite FTS5"} <= {
        *names
    }
    lines = [line.get("points", "") for line in drawn.iter("{http://www.w3.org/2000/svg}polyline")]
    assert len(lines) == 6
    places = [float(at) for line in lines for pair in line.split() for at in pair.split(",")]
    assert all(0 <= at <= 300 for at in places)


def test_the_memory_of_a_process_is_known_by_its_number_and_name() -> None:
    assert (peak_mib("self") or 0) > 10
    assert peak_mib(str(os.getpid())) == pytest.approx(peak_mib("self"), rel=0.5)
    assert peak_mib("self", named="java") is None
    assert peak_mib("999999999") is None


def test_a_peer_leaves_nothing_behind(tmp_path: Path) -> None:
    peer = Sqlite(tmp_path / "index.sqlite3")
    assert peer.bytes() > 0
    peer.close()
    assert not [file for file in tmp_path.iterdir() if file.suffix == ".sqlite3"]


def test_sizes_are_given_side_by_side() -> None:
    told = CliRunner().invoke(search.main, ["--help"]).output
    assert "--sizes" in told
    assert "[OTHERS]..." in told


@pytest.mark.slow
def test_the_whole_command_measures_engines_and_pages(small_data: Path, tmp_path: Path) -> None:
    file, plot = tmp_path / "figures.json", tmp_path / "growth.svg"
    command = [sys.executable, "-m", "benchmarks.search", "--data", str(small_data)]
    options = ["--sizes", "1000", "2000", "--questions", "40", "--passes", "1", "--pages", "1000"]
    places = ["--seconds", "1", "--json", str(file), "--plot", str(plot)]
    done = subprocess.run(
        [*command, *options, *places], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Synthetic notices")
    figures = json.loads(file.read_text(encoding="utf-8"))
    measured = [(step["engine"], step["notices"]) for step in figures["steps"]]
    assert measured == [(engine, size) for engine in (EMBEDDED, FTS5) for size in (1000, 2000)]
    assert all(step["peak_mib"] > 10 and step["index_bytes"] > 0 for step in figures["steps"])
    assert [pages["pause"] for pages in figures["pages"]] == [1.0, 0.0]
    assert all(pages["pages"] and pages["p95"] > 0 for pages in figures["pages"])
    assert plot.read_text(encoding="utf-8").startswith("<svg")
