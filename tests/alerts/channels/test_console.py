import pytest

from alerts import deliver


@pytest.mark.django_db
def test_prints_to_standard_error_only(build, now, capsys):
    build.queued("console")
    assert deliver.send_due(now) == {"sent": 1}
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "鞋类基地" in printed.err
    assert "http://127.0.0.1:8000/impacts/" in printed.err
