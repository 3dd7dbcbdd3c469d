"""The benchmark of boards, small: that it asks what it says it asks."""

import pytest

from benchmarks.case_boards import measure, table

pytestmark = pytest.mark.django_db


def test_every_question_is_answered_with_rows():
    report = measure(cases=6, tasks=240, runs=2)
    assert (report.tasks, report.dates) == (240, 240)
    assert all(row.rows for row in [*report.queries, *report.pages]), report
    assert all(row.p95 >= row.median for row in [*report.queries, *report.pages])


def test_the_table_has_a_line_for_each():
    report = measure(cases=2, tasks=40, runs=1)
    lines = list(table(report))
    assert len(lines) == len(report.queries) + len(report.pages) + 3
    assert "2 cases, 40 tasks" in lines[0]
