"""The pages of what is done abroad."""

import io
from datetime import date, timedelta

from django.urls import reverse
from openpyxl import load_workbook

from monitor.cases.models import Contact, Draft, Exclusion, Floor, Pledge, Task, Undertaking
from tests.monitor.cases.abroad.conftest import Abroad
from tests.monitor.cases.work.office import NOW, OPENED

CONTACT = {
    "day": "2025-06-02", "side": "chamber", "whom": "importer", "body": "Acme Trim, Inc.",
    "country": "US", "channel": "call", "subject": "=Letter to the ITC", "said": "They will write",
    "audience": "chambers",
}  # fmt: skip


def said(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def test_a_contact_with_a_promise_from_the_form_to_the_spreadsheet(office: Abroad) -> None:
    officer, page = office.as_(office.officer), f"/cases/{office.case.pk}/abroad/"
    assert "whoever comes next will know" in said(officer.get(page))
    refused = officer.post(f"{page}contacts/add/", {**CONTACT, "subject": ""})
    assert refused.status_code == 400
    assert "They will write" in said(refused)
    officer.post(f"{page}contacts/add/", CONTACT)
    row = Contact.objects.get()
    address = f"{page}contacts/{row.pk}/"
    promise = {"is_ours": "0", "what": "A letter", "until": "2025-06-01", "result": "open"}
    assert officer.post(f"{address}pledges/add/", promise).status_code == 302
    shown = said(officer.get(page))
    assert "overdue" in shown
    assert shown.index("A letter") < shown.index("Acme Trim")
    assert "No contact fits" in said(officer.get(page, {"whom": "media"}))
    sheet = officer.get(f"{page}contacts.xlsx")
    book = load_workbook(io.BytesIO(b"".join(sheet.streaming_content)))
    _heading, cells = book.active.values
    assert "=Letter to the ITC" in cells
    assert "A letter, 2025-06-01, open" in cells
    pledge = Pledge.objects.get()
    kept = {**promise, "version": pledge.version, "result": "kept", "result_on": "2025-06-03"}
    officer.post(f"{address}pledges/{pledge.pk}/", kept)
    assert "overdue" not in said(officer.get(page))
    assert said(office.as_(office.clerk).get(page)).count("Acme Trim") == 0


def test_who_comes_second_is_told_and_loses_nothing(office: Abroad) -> None:
    officer, chair = office.as_(office.officer), office.as_(office.chair)
    officer.post(f"/cases/{office.case.pk}/abroad/contacts/add/", CONTACT)
    edit = f"/cases/{office.case.pk}/abroad/contacts/{Contact.objects.get().pk}/edit/"
    officer.post(edit, {**CONTACT, "version": 1, "said": "They wrote"})
    late = chair.post(edit, {**CONTACT, "version": 1, "said": "They called"})
    assert late.status_code == 400
    assert "changed this meanwhile to “They wrote”" in said(late)
    assert "They called" in said(late)
    assert 'name="version" value="2"' in said(late)
    chair.post(edit, {**CONTACT, "version": 2, "said": "They called and wrote"})
    assert Contact.objects.get().said == "They called and wrote"


def test_what_was_typed_and_not_handed_in_is_offered_until_it_is(office: Abroad) -> None:
    officer, form = office.as_(office.officer), f"/cases/{office.case.pk}/abroad/contacts/add/"
    typed = {
        **CONTACT,
        "said": "They will write to the Commi",
        "draft_of": form,
        "draft_key": "first-key",
    }
    assert officer.post(reverse("keep_draft"), typed).status_code == 204
    offered = said(officer.get(form))
    assert "<blockquote>They will write to the Commi</blockquote>" in offered
    assert "write to the Commi" not in said(office.as_(office.chair).get(form))
    taken = said(officer.get(form, {"draft": Draft.objects.get().pk}))
    assert "They will write to the Commi</textarea>" in taken
    officer.post(form, {**CONTACT, "draft_key": "first-key"})
    assert Contact.objects.get().said == "They will write"
    assert "blockquote>They" not in said(officer.get(form))


def test_a_price_is_checked_against_the_firms_own_floor(office: Abroad) -> None:
    row = office.undertaking()
    address = f"/cases/{office.case.pk}/abroad/"
    asked = {
        "check-day": "2025-06-03", "check-respondent": office.jia.pk, "check-amount": "827.30",
        "check-currency": "USD", "check-unit": "t", "check-incoterm": "FOB",
    }  # fmt: skip
    for user in (office.officer, office.clerk):
        answer = said(office.as_(user).post(f"{address}check/{row.pk}/", asked))
        assert "Below the floor by 3.20 USD/t." in answer
    shown = said(office.as_(office.clerk).get(f"{address}undertakings/{row.pk}/"))
    assert "830.50" in shown
    assert "790.00" not in shown
    assert "1 other firm, whose name you do not see" in shown
    foreign = {**asked, "check-respondent": office.yi.pk}
    refused = office.as_(office.clerk).post(f"{address}check/{row.pk}/", foreign)
    assert refused.status_code == 400


def test_an_undertaking_from_its_form_to_its_reports(office: Abroad) -> None:
    officer, page = office.as_(office.officer), f"/cases/{office.case.pk}/abroad/undertakings/"
    officer.post(f"{page}add/", {"kind": "price", "authority": "Commission", "goods": "Tiles"})
    row = Undertaking.objects.get()
    own = f"{page}{row.pk}/"
    officer.post(f"{own}tie/", {"name": "firms", "firms-other": office.jia.pk})
    floor = {
        "respondent": office.jia.pk, "model": "A", "amount": "5.5", "currency": "EUR",
        "unit": "m2", "incoterm": "CIF", "first": "2025-06-01",
    }  # fmt: skip
    wrong = officer.post(f"{own}floors/add/", {**floor, "last": "2025-05-01"})
    assert "before the first day" in said(wrong)
    officer.post(f"{own}floors/add/", floor)
    assert Floor.objects.get().respondent == office.jia
    unsourced = {"status-status": "in_force", "status-day": "2025-06-01"}
    assert officer.post(f"{own}status/", unsourced).status_code == 400
    officer.post(f"{own}status/", {**unsourced, "status-source": "OJ L 1"})
    report = {
        "follow-title": "Report", "follow-due": "2025-07-31", "follow-times": "2",
        "follow-firm": office.jia.pk,
    }  # fmt: skip
    officer.post(f"{own}tasks/", report)
    shown = said(officer.get(own))
    assert all(text in shown for text in ("in force", "OJ L 1", "5.50", "2025-10-31"))
    assert Task.objects.filter(organisation=office.firm).count() == 2
    firm = said(office.as_(office.clerk).get(own))
    assert "5.50" in firm
    assert "Add a task" not in firm
    officer.post(f"{own}tie/", {"name": "firms", "loose": office.jia.pk})
    assert office.as_(office.clerk).get(own).status_code == 404


def test_an_exclusion_that_ends_soon_says_by_when_to_ask_anew(office: Abroad) -> None:
    clerk, page = office.as_(office.clerk), f"/cases/{office.case.pk}/abroad/"
    given = {
        "programme": "section_301", "product": "Blanks", "requester": "we", "audience": "chambers",
        "codes": "4409.10.0500，9903 88", "reasons": ["not_made", "harm"],
    }  # fmt: skip
    wrong = clerk.post(f"{page}exclusions/add/", given)
    assert "“88” is no code of 4 to 10 digits." in said(wrong)
    until = OPENED + timedelta(days=70)
    good = {**given, "codes": "4409.10.0500，990388", "valid_until": until.isoformat()}
    clerk.post(f"{page}exclusions/add/", good)
    row = Exclusion.objects.get()
    assert (row.codes, row.reasons) == (["4409100500", "990388"], ["not_made", "harm"])
    assert row.renewal
    assert row.renewal.due == date(2025, 6, 13)
    granted = {"status-status": "granted", "status-day": "2025-06-03", "status-source": "USTR"}
    clerk.post(f"{page}exclusions/{row.pk}/status/", granted)
    assert "ask anew by 2025-06-13" in said(office.as_(office.officer).get(page))
    assert "Blanks" not in said(office.as_(office.rival).get(page))


def test_what_is_withdrawn_leaves_the_pages_of_others(office: Abroad) -> None:
    row = office.exclusion(office.chamber, None)
    Exclusion.objects.filter(pk=row.pk).update(audience="case", created_at=NOW)
    page = f"/cases/{office.case.pk}/abroad/"
    assert "Finger-jointed" in said(office.as_(office.clerk).get(page))
    edit = f"{page}exclusions/{row.pk}/edit/"
    assert office.as_(office.clerk).post(edit, {"withdraw": "1"}).status_code == 404
    office.as_(office.officer).post(edit, {"withdraw": "1"})
    assert "Finger-jointed" not in said(office.as_(office.clerk).get(page))
    assert "withdrawn" in said(office.as_(office.officer).get(f"{page}exclusions/{row.pk}/"))
