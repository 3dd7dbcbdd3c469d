"""The Federal Register: golden documents, hostile input, and the real feeds whole."""

import io
import json
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bundles.items import NoticeItem, RejectedRow
from bundles.words import CASES, TRADE_REMEDIES, Event, Kind
from crawlers.parsing import rules
from crawlers.parsing.us_federal_register import SOURCE, parse

Read = Callable[[str, bytes], list[NoticeItem | RejectedRow]]
LABELS = Path(__file__).with_name("labels") / "us_federal_register_200.jsonl"
FIELDS = ("kinds", "proceeding", "event", "also", "outcome", "origins")
AGREEMENT = 0.97

WHOLE = {
    "document_number": "2024-00001",
    "title": "Paper Umbrellas From Malta: Antidumping Duty Order",
    "publication_date": "2024-03-05",
    "html_url": "https://www.federalregister.gov/d/2024-00001",
}


def lines(*documents: object) -> bytes:
    return "\n".join(json.dumps(document) for document in documents).encode()


@pytest.mark.parametrize("name", ["page.json", "lines.jsonl"])
def test_golden(matches_golden: Callable[[str, str], None], name: str) -> None:
    matches_golden(SOURCE, name)


@pytest.mark.parametrize("field", sorted(WHOLE))
def test_a_row_without_a_mandatory_field_is_rejected_by_name(read: Read, field: str) -> None:
    without = {name: value for name, value in WHOLE.items() if name != field}

    empty, missing, whole = read(SOURCE, lines(WHOLE | {field: ""}, without, WHOLE))

    assert isinstance(missing, RejectedRow)
    assert missing.place == "response:2"
    assert field in missing.reason
    assert isinstance(empty, RejectedRow)
    assert isinstance(whole, NoticeItem)


def test_unknown_fields_do_not_matter(read: Read) -> None:
    assert read(SOURCE, lines(WHOLE | {"colour": ["red"], "disposition": None})) == read(
        SOURCE, lines(WHOLE)
    )


def test_a_page_and_its_lines_read_alike(read: Read) -> None:
    page = json.dumps({"count": 2, "results": [WHOLE, WHOLE]}, indent=1).encode()

    assert read(SOURCE, page) == read(SOURCE, lines(WHOLE, WHOLE))
    assert read(SOURCE, json.dumps([WHOLE]).encode()) == read(SOURCE, lines(WHOLE))


def test_an_empty_page_has_no_rows(read: Read) -> None:
    assert read(SOURCE, b'{"count": 0, "results": []}') == []
    assert read(SOURCE, b"\n \n") == []


def test_a_garbled_first_line_does_not_stop_the_rest(read: Read) -> None:
    garbled, whole = read(SOURCE, b'{"document_number": \n' + lines(WHOLE))

    assert isinstance(garbled, RejectedRow)
    assert garbled.place == "response:1"
    assert isinstance(whole, NoticeItem)


def test_bytes_beyond_utf8_and_deep_nesting_are_rejected(read: Read) -> None:
    results = read(SOURCE, lines(WHOLE) + b'\n{"title": "\xff\xfe\n' + b"[" * 100_000)

    assert [type(result) for result in results] == [NoticeItem, RejectedRow, RejectedRow]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
WORDS = st.lists(
    st.sampled_from(
        "Certain Paper Umbrellas From China and India : ; , ( ) Final Preliminary Results of"
        " Antidumping Duty Order Section 337 Investigation 731-TA-12-9999 A-570-001 Safeguard"
        " Correction 2024 March 31, through no later than effective".split()
    ),
    max_size=30,
).map(" ".join)


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from([*WHOLE, "abstract", "agencies", "docket_ids", "full_text", "type"]),
            JSON | WORDS,
        ),
        min_size=1,
        max_size=4,
    )
)
def test_any_objects_are_read_or_rejected(documents: list[dict[str, Any]]) -> None:
    page = json.dumps({"results": documents}).encode()

    assert len(list(parse(io.BytesIO(page), "page"))) == len(documents)


@given(WORDS, WORDS, WORDS)
def test_any_words_are_read(title: str, abstract: str, body: str) -> None:
    document = WHOLE | {"title": title or "x", "abstract": abstract, "full_text": body}

    (item,) = parse(io.BytesIO(lines(document)), "one")

    assert isinstance(item, NoticeItem)
    assert item.event not in item.also
    assert not item.threads or item.kinds != (Kind.OTHER,)


@pytest.fixture(scope="session")
def remedies(real_data: Path) -> list[NoticeItem]:
    path = real_data / "feeds" / "us_federal_register_trade_remedy.jsonl"
    with path.open("rb") as stream:
        results = list(parse(stream, path.name))
    assert [result for result in results if isinstance(result, RejectedRow)] == []
    return [result for result in results if isinstance(result, NoticeItem)]


@pytest.mark.real
def test_agreement_with_the_hand_labelled_200(
    remedies: list[NoticeItem], capsys: pytest.CaptureFixture[str]
) -> None:
    read = {item.number: item.model_dump(mode="json") for item in remedies}
    labels = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    agreed = Counter(
        field
        for label in labels
        for field in FIELDS
        if _comparable(label[field]) == _comparable(read[label["number"]][field])
    )
    with capsys.disabled():
        print("\n", {field: f"{agreed[field]}/{len(labels)}" for field in FIELDS})

    assert len(labels) == 200
    assert min(agreed[field] for field in FIELDS) >= AGREEMENT * len(labels)


@pytest.mark.real
def test_true_notices_of_remedies_have_an_event_and_lookalikes_none(
    remedies: list[NoticeItem],
) -> None:
    true = [item for item in remedies if CASES & set(item.kinds)]
    other = [item for item in remedies if item.kinds == (Kind.OTHER,)]

    assert len(remedies) == 4493
    assert 0.02 * len(true) >= sum(item.event is Event.OTHER for item in true)
    assert all(item.proceeding is None and not item.threads for item in other)
    assert 150 <= len(other) <= 350


@pytest.mark.real
def test_the_names_of_a_case_collapse_to_one_measure(remedies: list[NoticeItem]) -> None:
    measures: defaultdict[str, set[str]] = defaultdict(set)
    for item in remedies:
        for thread in item.threads:
            measures[thread.keys[-1]].add(thread.title)

    duties = [key for key in measures if key.split(":")[1] in TRADE_REMEDIES]
    assert "us:anti_dumping:CN:wood molding millwork" in measures
    assert 1100 <= len(duties) <= 1300


@pytest.mark.real
def test_the_gate_closes_to_no_document_that_a_family_covers(real_data: Path) -> None:
    book = rules.book(SOURCE)
    open_gate = book.model_copy(update={"gate": rules.Gate(title=("",), text=())})
    path = real_data / "feeds" / "us_federal_register_trade_remedy.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        document = rules.Document(row["title"], row["title"], row["abstract"] or "")
        assert rules.family_of(book, document) is rules.family_of(open_gate, document)


def _comparable(value: object) -> object:
    return sorted(value) if isinstance(value, list) else value
