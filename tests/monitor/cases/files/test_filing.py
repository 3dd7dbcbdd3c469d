"""Who puts what into the file, and that nothing in it is overwritten."""

import threading

import pytest
from django.db import connection

from monitor.cases.files import filing
from monitor.cases.models import Document, Version
from monitor.cases.words import Form, Paper
from monitor.trail.hand import by
from monitor.trail.models import Entry
from tests.monitor.cases.files.desk import NOW, Desk, part, version

WISH = filing.Wish("", Paper.LETTER, Form.CONFIDENTIAL)


def test_a_document_is_whose_person_put_it_there(desk: Desk) -> None:
    made = desk.document("firm", b"text", file="答卷 A.doc")
    assert made.organisation == desk.organisations["firm"]
    assert made.title == "答卷 A.doc.txt"
    first = version(made)
    assert (first.name, first.uploaded_by) == ("答卷 A.doc.txt", desk.people["firm"])
    assert first.content_type == "text/plain"


def test_versions_are_counted_by_form_and_none_replaces_another(desk: Desk) -> None:
    made, actor = desk.document("firm", b"one"), desk.actor("firm")
    filing.add_version(actor, made, Form.CONFIDENTIAL, "a.txt", part(b"two"), NOW)
    filing.add_version(actor, made, Form.PUBLIC, "a.txt", part(b"public"), NOW)
    found = Version.objects.order_by("form", "number").values_list("form", "number", "size")
    assert list(found) == [("confidential", 1, 3), ("confidential", 2, 3), ("public", 1, 6)]


def test_what_the_latest_holds_already_is_not_added_again(desk: Desk) -> None:
    made, actor = desk.document("firm", b"one"), desk.actor("firm")
    with pytest.raises(filing.SameAsBeforeError) as same:
        filing.add_version(actor, made, Form.CONFIDENTIAL, "b.txt", part(b"one"), NOW)
    assert same.value.version == version(made)
    filing.add_version(actor, made, Form.CONFIDENTIAL, "a.txt", part(b"two"), NOW)
    # Back to what was before is another version.
    filing.add_version(actor, made, Form.CONFIDENTIAL, "a.txt", part(b"one"), NOW)
    assert made.versions.count() == 3


@pytest.mark.parametrize("who", ["elsewhere", "counsel", "association", "federation"])
def test_nobody_puts_anything_into_a_case_that_they_do_not_see(desk: Desk, who: str) -> None:
    given = part(b"x")
    with pytest.raises(filing.MayNotError):
        filing.add(desk.actor(who), desk.case, "x.txt", given, WISH, NOW)
    given.discard()
    assert not Document.objects.exists()


@pytest.mark.parametrize("who", ["chamber", "rival", "office", "elsewhere"])
def test_nobody_changes_a_document_of_somebody_else(desk: Desk, who: str) -> None:
    made, actor, given = desk.document("firm", open_=True), desk.actor(who), part(b"x")
    for change in (
        lambda: filing.add_version(actor, made, Form.PUBLIC, "x.txt", given, NOW),
        lambda: filing.set_open(actor, made, to_all=False),
        lambda: filing.withdraw(actor, made, NOW),
        lambda: filing.bring_back(actor, made),
    ):
        with pytest.raises(filing.MayNotError):
            change()
    given.discard()


def test_a_proceeding_of_another_case_is_refused(desk: Desk) -> None:
    from tests.monitor.web.house import House  # noqa: PLC0415

    other = desk.opened("另一案").proceedings.create(
        measure=House().measure(), proceeding="investigation", stage="opened"
    )
    wish, given = filing.Wish("", Paper.LETTER, Form.PUBLIC, proceeding=other), part(b"x")
    with pytest.raises(filing.MayNotError):
        filing.add(desk.actor("firm"), desk.case, "x.txt", given, wish, NOW)
    given.discard()


def test_the_trail_tells_of_a_version_by_its_fingerprint_and_not_by_its_text(desk: Desk) -> None:
    with by(desk.actor("firm"), NOW):
        made = desk.document("firm", b"secret words")
    entries = Entry.objects.filter(model="version")
    assert [entry.concerned for entry in entries] == [desk.organisations["firm"]]
    assert entries[0].after["sha256"] == version(made).sha256
    assert not {"text", "terms", "notes", "text_state"} & set(entries[0].after)


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_both_find_a_number() -> None:
    desk = Desk()
    made, raised = desk.document("firm", b"first"), []
    together = threading.Barrier(4)

    def add(number: int) -> None:
        given = part(f"text {number}".encode())
        together.wait()
        try:
            filing.add_version(desk.actor("firm"), made, Form.CONFIDENTIAL, "a.txt", given, NOW)
        except Exception as error:  # noqa: BLE001
            raised.append(error)
        connection.close()

    adding = [threading.Thread(target=add, args=(number,)) for number in range(4)]
    for thread in adding:
        thread.start()
    for thread in adding:
        thread.join()
    assert raised == []
    assert sorted(made.versions.values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    assert made.versions.values("sha256").distinct().count() == 5
