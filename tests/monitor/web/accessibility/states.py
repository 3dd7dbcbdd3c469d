"""States of pages that no address alone leads to: refused forms, answers to forms, empty lists."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from django.contrib.auth.tokens import default_token_generator
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from playwright.sync_api import Page

from monitor.accounts.models import Invitation, Membership
from monitor.accounts.secrets import bearer
from monitor.accounts.walls.acting import acting
from monitor.accounts.walls.actor import Actor
from monitor.accounts.words import Role
from monitor.bases.models import Application
from monitor.cases.models import Respondent, Task
from monitor.cases.respondents import Reply, say
from monitor.cases.words import Answer
from monitor.cases.work import editing
from monitor.notices.models import Capture
from monitor.trail.hand import by
from tests.monitor.web.house import House
from tests.signing_in import PASSWORD
from tests.walls.conftest import Province


@dataclass(frozen=True)
class State:
    """`who`: sees it; `reach`: leads an open page there."""

    name: str
    who: str
    reach: Callable[[Page, Province], None]


def states() -> Iterator[State]:
    yield from _entrance()
    yield from _search()
    yield from _account()
    yield from _organisations()
    yield from _cases()
    yield from _addresses()
    yield State("an error of ours", "anybody", _broken)


def send(page: Page, form: str = "", **given: Any) -> None:
    """Fill the first form of the page's content that fits the selector, and send it whatever the
    browser thinks of the values."""
    found = page.locator(f"main form[method=post]{form}").first
    found.evaluate("form => { form.noValidate = true }")
    for details in found.locator("xpath=ancestor::details").all():
        details.evaluate("each => { each.open = true }")
    for name, value in given.items():
        found.locator(f"[name={name}]").first.fill(value)
    with page.expect_navigation():
        found.locator("button").last.click()


def _at(address: str, /, *args: Any, form: str = "", **given: Any) -> Any:
    def reach(page: Page, _province: Province) -> None:
        page.goto(reverse(address, args=args))
        send(page, form, **given)

    return reach


def _first(address: str, /, form: str = "", **given: Any) -> Any:
    """The same, at the first sample of an address."""

    def reach(page: Page, province: Province) -> None:
        page.goto(province.addresses[address][0])
        send(page, form, **given)

    return reach


def _posts_to(name: str) -> str:
    return f"[action='{reverse(name)}']"


# --- Coming in -----------------------------------------------------------------------------------


def _entrance() -> Iterator[State]:
    sign_in = _posts_to("sign_in")
    yield State(
        "sign in, refused",
        "anybody",
        _at("sign_in", form=sign_in, address="x@example.org", password="wrong"),
    )
    yield State("sign in, empty", "anybody", _at("sign_in", form=sign_in))
    yield State("second factor asked for", "anybody", _half_in)
    yield State("second factor, refused", "anybody", _code_refused)
    yield State("forgotten, refused", "anybody", _at("forgotten", address="nobody"))
    yield State("another password", "anybody", _reset)
    yield State("another password, refused", "anybody", _reset_refused)
    yield State("invitation, refused", "anybody", _first("invitation", name="", password="short"))
    yield State("invitation of somebody known", "anybody", _known)
    yield State("link over", "anybody", _goto(reverse("invitation", args=["never-was"])))


def _half_in(page: Page, _province: Province) -> None:
    page.goto(reverse("sign_in"))
    send(page, _posts_to("sign_in"), address="office@example.org", password=PASSWORD)
    page.wait_for_url("**" + reverse("sign_in_code"))


def _code_refused(page: Page, province: Province) -> None:
    _half_in(page, province)
    send(page, code="000000")


def _reset(page: Page, province: Province) -> None:
    user = province.people["firm"]
    assert user
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    page.goto(reverse("reset", args=[uid, default_token_generator.make_token(user)]))


def _reset_refused(page: Page, province: Province) -> None:
    _reset(page, province)
    send(page, new_password1="password", new_password2="other")


def _known(page: Page, province: Province) -> None:
    secret, now = bearer.fresh(), datetime.now(UTC)
    chamber = Membership.objects.filter(user=province.people["chamber"]).earliest("pk")
    Invitation.objects.filter(email="firm@example.org").delete()
    Invitation.objects.create(
        organisation=chamber.organisation,
        email="firm@example.org",
        role=Role.READER,
        digest=secret.digest,
        approved_by=province.people["chamber"],
        created_at=now,
        mailed_at=now,
        expires_at=now + timedelta(days=1),
    )
    page.goto(reverse("invitation", args=[secret.text]))


# --- Search --------------------------------------------------------------------------------------


def _search() -> Iterator[State]:
    search = reverse("search")
    for name, question in (
        ("found", "?q=wood"),
        ("narrowed", "?q=wood&kind=anti_dumping&market=US"),
        ("nothing found", "?q=zzzzzzzz"),
        ("not understood", "?q=wood foo:bar"),
        ("only the words", "?q=wood&exact=1"),
        ("did you mean", "?q=mouldngs"),
        ("by exposure", "?q=wood&order=exposure:ceramics"),
    ):
        yield State(f"search: {name}", "office", _goto(search + question))
    yield State("search: suggestions", "anybody", _suggestions)


def _goto(address: str) -> Callable[[Page, Province], None]:
    def reach(page: Page, _province: Province) -> None:
        page.goto(address)

    return reach


def _suggestions(page: Page, _province: Province) -> None:
    page.goto(reverse("search"))
    page.get_by_role("searchbox").press_sequentially("陶瓷砖")
    page.locator(".suggestions a").first.wait_for()


# --- One's own account ---------------------------------------------------------------------------


def _account() -> Iterator[State]:
    yield State("account saved", "firm", _saved)
    yield State("password, refused", "firm", _at("password", new_password1="a", new_password2="b"))
    yield State("mail, refused", "firm", _at("mail", address="nobody", password="wrong"))
    yield State("authenticator, refused", "firm", _at("authenticator", code="1", password="wrong"))
    codes = _posts_to("recovery_codes")
    yield State("no password of theirs", "firm", _at("second_factor", form=codes, password="wrong"))
    yield State("recovery codes", "firm", _at("second_factor", form=codes, password=PASSWORD))
    yield State("link, refused", "firm", _at("links", form=_posts_to("links")))
    yield State("link made", "firm", _at("links", form=_posts_to("links"), name="阅读器"))
    yield State("nothing recorded", "firm", _goto(reverse("my_trail") + "?until=2001-01-01"))


def _saved(page: Page, _province: Province) -> None:
    """In the language that they read in now, which is kept with the rest."""
    page.goto(reverse("account"))
    page.locator("[name=language]").last.select_option(page.get_attribute("html", "lang"))
    send(page)


# --- Organisations -------------------------------------------------------------------------------


def _organisations() -> Iterator[State]:
    keys, invite = _posts_to("keys"), _posts_to("invite")
    yield State("key, refused", "firm", _at("keys", form=keys))
    yield State("key made", "firm", _key_made)
    yield State(
        "sharing, refused", "firm", _at("sharing", form=_posts_to("share"), until="2001-01-01")
    )
    yield State("sheet, refused", "firm", _first("edit_firm", name_zh="", hs_codes="99999999"))
    yield State("members, refused", "chamber", _at("members", form=invite, email="nobody"))
    yield State("hand over, refused", "chamber", _at("members", form=_posts_to("hand_over")))
    yield State("invitation sent again", "chamber", _at("members", form="[action$='/send/']"))
    yield State("firms, none found", "chamber", _goto(reverse("firms") + "?q=zzzz"))
    yield State("merge, refused", "chamber", _first("merge"))
    yield State("refusal, refused", "chamber", _refused_refusal)
    yield State("application, refused", "anybody", _first("application", name_zh="", uscc="1"))
    yield State("application, filed", "anybody", _filed)
    yield State("link to the form sent", "anybody", _first("apply_to", email="x@example.org"))
    yield State("address, refused", "anybody", _first("apply_to", email="nobody"))


def _key_made(page: Page, _province: Province) -> None:
    page.goto(reverse("keys"))
    page.locator("[name=scopes]").first.check()
    send(page, _posts_to("keys"), name="报表程序")


def _filed(page: Page, province: Province) -> None:
    """Once; from then on the page says how it stands."""
    page.goto(province.addresses["application"][0])
    if page.locator("main form").count():
        send(page, name_zh="新陶瓷厂")


def _refused_refusal(page: Page, _province: Province) -> None:
    waiting = Application.objects.filter(state=Application.State.WAITING).latest("pk")
    page.goto(reverse("filed_application", args=[waiting.pk]))
    send(page, f"[action='{reverse('refuse_application', args=[waiting.pk])}']")


# --- Cases ---------------------------------------------------------------------------------------


def _cases() -> Iterator[State]:
    yield State("draft taken up", "chamber", _taken_up)
    yield State("task, two at once", "chamber", _task_overtaken)
    yield State("answer, two at once", "chamber", _answer_overtaken)
    yield State("offer, refused", "chamber", _first("add_offer", form=".form", amount="-1"))


def _taken_up(page: Page, province: Province) -> None:
    page.goto(province.addresses["task"][0])
    page.locator(".draft form:not([method]) button").first.click()
    page.wait_for_url("**draft=**")


def _task_overtaken(page: Page, province: Province) -> None:
    """The firm writes into its task while the chamber's officer does."""
    address, (firm, now) = province.addresses["task"][0], _hand(province, "firm")
    page.goto(address)
    task = Task.objects.get(pk=address.split("/")[-2])
    with by(firm, now):
        editing.edit(firm, task.pk, task.version, {"note": f"审计报告已定稿，{now}"}, now)
    send(page, "[action$='/edit/']", note="审计报告下周给；先做出口清单")


def _answer_overtaken(page: Page, province: Province) -> None:
    """The firm says something while its chamber writes down something else for it."""
    firm, now = _hand(province, "firm")
    address = province.addresses["case"][0]
    row = Respondent.objects.get(case=address.split("/")[-2], organisation=firm.organisation)
    page.goto(address)
    with by(firm, now):
        say(row, Reply(Answer.CONSIDERING, text="等董事会"), firm, now)
    form = f"[action='{reverse('say_answer', args=[row.case_id, row.pk])}']"
    page.locator(f"{form} [value=answers]").evaluate("each => { each.checked = true }")
    send(page, form)
    # What the form still holds is not offered a second time.
    assert page.locator("[data-local]:visible").count() == 0


def _hand(province: Province, who: str) -> tuple[Actor, datetime]:
    person = province.people[who]
    assert person
    return acting(person), datetime.now(UTC)


# --- Addresses of no row, or of one that says something else -------------------------------------


def _addresses() -> Iterator[State]:
    yield State("form too old", "firm", _too_old)
    yield State("no such page", "firm", _goto("/nowhere/"))
    yield State("base, no warning fits", "office", _goto("/bases/ceramics/?level=blue"))
    yield State("base, all warnings", "office", _goto("/bases/ceramics/?scope=all"))
    yield State("stored copy is missing", "anybody", _no_copy)


def _too_old(page: Page, _province: Province) -> None:
    page.goto(reverse("account"))
    token = page.locator("main [name=csrfmiddlewaretoken]").first
    token.evaluate("each => { each.value = 'x'.repeat(64) }")
    send(page)


def _no_copy(page: Page, _province: Province) -> None:
    house = House(count(9000 + Capture.objects.count()))
    page.goto(reverse("capture", args=[house.capture().pk]))


def _broken(page: Page, _province: Province) -> None:
    """As Django answers when a view fails, which no address of ours can be made to do."""
    language = page.evaluate("navigator.language")
    with translation.override("en" if language.startswith("en") else "zh-hans"):
        body = render_to_string("500.html")
    page.route("**/broken/", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.goto("/broken/")
