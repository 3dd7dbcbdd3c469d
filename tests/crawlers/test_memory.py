from datetime import date

from crawlers import memory
from crawlers.memory import Memory, Validator


def test_what_is_saved_is_loaded(tmp_path):
    kept = Memory(until=date(2025, 6, 2), validators={"https://example.org/": Validator(etag="x")})
    memory.save(tmp_path, kept)
    assert memory.load(tmp_path) == kept
    assert [path.name for path in tmp_path.iterdir()] == ["state.json"]


def test_a_new_source_remembers_nothing(tmp_path):
    assert memory.load(tmp_path) == Memory()


def test_a_save_that_died_leaves_the_old_state(tmp_path):
    memory.save(tmp_path, Memory(until=date(2025, 6, 1)))
    (tmp_path / "state.json.part").write_text('{"until": "2025-')
    assert memory.load(tmp_path).until == date(2025, 6, 1)


def test_only_one_is_alone(tmp_path):
    with memory.alone(tmp_path) as first, memory.alone(tmp_path) as second:
        assert (first, second) == (True, False)
    with memory.alone(tmp_path) as again:
        assert again
