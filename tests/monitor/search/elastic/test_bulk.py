"""Many documents in few requests; patience with a server that is busy, none with a wrong notice."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from elasticsearch import Elasticsearch

from monitor.jobs.rooms import OutsideUnavailable
from monitor.search.elastic import bulk
from monitor.search.elastic.bulk import Bulk, Operation, chunks, delete, put, wait
from monitor.search.elastic.errors import NoticeRefused
from monitor.search.elastic.settings import ElasticSettings
from monitor.search.engine import Order, Query
from monitor.search.tree import Tag, Words
from tests.monitor.search.contract_corpus import written
from tests.monitor.search.contract_place import coded, found
from tests.monitor.search.elastic.loopback import Answer, Answers, Asked, Server
from tests.monitor.search.elastic.node import ElasticPlace

BUSY = {"type": "es_rejected_execution_exception", "reason": "rejected execution"}


def each(asked: Asked, status: Callable[[str], int], error: dict[str, str] = BUSY) -> Answer:
    """An answer with a status for each document by its id."""
    ids = [line[action]["_id"] for line in asked.lines for action in line if action in ACTIONS]
    items = [
        {"index": {"_id": i, "status": s} | ({} if s < 300 else {"error": error})}
        for i in ids
        if (s := status(i))
    ]
    return Answer(body={"errors": any("error" in i["index"] for i in items), "items": items})


ACTIONS = ("index", "create", "delete")


def sent(answers: Answers, operations: list[Operation]) -> tuple[Server, list[float], bool]:
    slept: list[float] = []
    with Server(answers) as server:
        settings = ElasticSettings(f"http://127.0.0.1:{server.port}")
        done = Bulk(Elasticsearch(settings.where), settings, slept.append).send("x", operations)
    return server, slept, done


def puts(*ids: int) -> list[Operation]:
    return [put(written(n, f"Notice {n}"), "index") for n in ids]


def test_a_server_that_refuses_twice_is_asked_a_third_time() -> None:
    answers = [Answer(429, {"error": BUSY}), Answer(429, {"error": BUSY})]

    def answer(asked: Asked) -> Answer:
        return answers.pop() if answers else each(asked, lambda _: 201)

    server, slept, done = sent(answer, puts(1, 2))
    assert done
    assert len(server.asked) == 3
    assert len(slept) == 2
    assert 0 < slept[0] <= bulk.FIRST_WAIT
    assert bulk.FIRST_WAIT <= slept[1] <= 2 * bulk.FIRST_WAIT


def test_only_the_documents_that_were_refused_for_haste_are_sent_again() -> None:
    seen: list[str] = []

    def answer(asked: Asked) -> Answer:
        def status(notice_id: str) -> int:
            seen.append(notice_id)
            return 429 if notice_id in "24" and seen.count(notice_id) == 1 else 201

        return each(asked, status)

    server, slept, _ = sent(answer, puts(1, 2, 3, 4))
    assert seen == ["1", "2", "3", "4", "2", "4"]
    assert len(slept) == 1
    assert all("require_alias=true" in asked.path for asked in server.asked)


def test_a_server_that_stays_busy_is_given_up_with_its_reason() -> None:
    with pytest.raises(OutsideUnavailable, match=r"2 notices .* rejected execution"):
        sent(lambda asked: each(asked, lambda _: 429), puts(1, 2))


def test_patience_is_bounded_and_grows() -> None:
    waits = [wait(attempt) for attempt in range(1, bulk.ATTEMPTS)]
    assert sum(waits) < 60
    for attempt, waited in enumerate(waits, start=1):
        whole = min(bulk.LONGEST_WAIT, bulk.FIRST_WAIT * 2 ** (attempt - 1))
        assert whole / 2 <= waited <= whole


def test_a_notice_that_is_refused_is_named_after_all_others_are_in() -> None:
    wrong = {"type": "document_parsing_exception", "reason": "failed to parse field [published]"}
    asked_for: list[str] = []

    def answer(asked: Asked) -> Answer:
        def status(notice_id: str) -> int:
            asked_for.append(notice_id)
            return 400 if notice_id == "7" else 201

        return each(asked, status, wrong)

    with pytest.raises(NoticeRefused, match=r"notice 7: .*failed to parse field \[published\]"):
        sent(answer, puts(*range(1, 1_200)))
    assert len(asked_for) == 1_199


def test_what_is_no_notices_fault_is_not_blamed_on_one() -> None:
    blocked = {"type": "cluster_block_exception", "reason": "index read-only"}
    with pytest.raises(OutsideUnavailable, match=r"403: .*read-only"):
        sent(lambda asked: each(asked, lambda _: 403, blocked), puts(1))


def test_a_document_that_is_there_already_is_no_error() -> None:
    there = {"type": "version_conflict_engine_exception", "reason": "document already exists"}
    _, slept, done = sent(lambda asked: each(asked, lambda _: 409, there), puts(1))
    assert done
    assert slept == []


def test_a_name_that_is_no_alias_is_said() -> None:
    gone = {"type": "index_not_found_exception", "reason": "no such index"}
    _, _, done = sent(lambda asked: each(asked, lambda _: 404, gone), puts(1))
    assert not done


def test_requests_are_bounded_by_number_and_by_size() -> None:
    small = [delete(n) for n in range(1_201)]
    assert [len(chunk) for chunk in chunks(small)] == [500, 500, 201]
    large = [Operation(n, b"x" * 2_000_000) for n in range(5)]
    assert [len(chunk) for chunk in chunks(large)] == [2, 2, 1]
    huge = [delete(1), Operation(2, b"x" * 9_000_000), delete(3)]
    assert [len(chunk) for chunk in chunks(huge)] == [1, 1, 1]
    assert list(chunks([])) == []


@pytest.mark.elasticsearch
def test_a_real_server_says_which_notice_it_refuses_and_takes_the_others(
    new_place: Callable[[], ElasticPlace],
) -> None:
    engine = new_place().open()
    wrong = coded(written(2, "Plates"), ["691110009"], sure=False)
    with pytest.raises(NoticeRefused, match=r"notice 2: .*hs9"):
        engine.write([written(1, "Plates"), wrong, written(3, "Plates")])
    assert found(engine, Words("plates")) == [3, 1]
    day = replace(written(4, "Plates"), published=10**12)
    with pytest.raises(NoticeRefused, match=r"notice 4: .*published"):
        engine.write([day])


@pytest.mark.elasticsearch
def test_a_fill_of_several_requests_holds_every_notice(
    new_place: Callable[[], ElasticPlace],
) -> None:
    engine = new_place().open()
    notices = [written(n, f"Notice {n}", date(2024, 1, 1)) for n in range(1, 1_301)]
    engine.begin()
    engine.add(notices)
    engine.add(notices[:700])
    engine.swap()
    assert engine.search(Query(order=Order.OLDEST, limit=0)).total == 1_300
    engine.remove(range(1, 1_201))
    assert found(engine, order=Order.OLDEST) == list(range(1_201, 1_301))
    assert Tag.KIND in notices[0].tags
