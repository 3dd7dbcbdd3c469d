"""The pages of a round of comments: called, answered, written, approved, sent, replied to."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from monitor.accounts.walls.actor import Actor
from monitor.cases.comments import answering, drafting
from monitor.cases.comments.drafting import Words
from monitor.cases.models import (
    CommentFate,
    CommentQuestion,
    CommentRound,
    CommentSent,
    CommentSheet,
    CommentWording,
    TradeConcern,
)
from tests.monitor.cases.comments.chamber import NOW, Chamber
from tests.signing_in import signed_in

As = Callable[[Actor], Client]


@pytest.fixture
def chamber(db: None, settings: Settings) -> Chamber:
    settings.FENGHUO_AS_OF = NOW.date()
    return Chamber()


def as_(actor: Actor) -> Client:
    assert actor.user
    return signed_in(actor.user)


def said(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def overview(chamber: Chamber, actor: Actor) -> str:
    answer = as_(actor).get(reverse("case_comments", args=[chamber.case.pk]))
    assert answer.status_code == 200
    return said(answer)


def call(chamber: Chamber, **given: object) -> object:
    fields = {
        "answer_by": "2025-06-20",
        "letter": "请看第4条",
        "firms": [each.pk for each in chamber.respondents],
        "use-ours": "on",
        "zh-ours": "贵公司的插座受管吗？",
        "use-cost-unit": "on",
        "own-zh-1": "有没有库存？",
        "own-asks-1": "yes_no",
    }
    address = reverse("call_comments", args=[chamber.case.pk])
    return as_(chamber.lin).post(address, fields | given)


def test_a_chamber_chooses_rewords_and_adds_questions(chamber: Chamber) -> None:
    assert reverse("call_comments", args=[chamber.case.pk]) in overview(chamber, chamber.lin)
    form = said(as_(chamber.lin).get(reverse("call_comments", args=[chamber.case.pk])))
    assert "每件（每公斤）产品要增加多少合规成本？" in form
    assert 'value="2025-07-15"' in form  # twelve working days before the end of comments
    assert call(chamber).status_code == 302  # type: ignore[attr-defined]
    asked = list(CommentQuestion.objects.values_list("bank", "zh", "asks"))
    assert asked == [
        ("ours", "贵公司的插座受管吗？", "yes_no"),
        ("cost-unit", "每件（每公斤）产品要增加多少合规成本？", "number"),
        ("", "有没有库存？", "yes_no"),
    ]
    page = overview(chamber, chamber.lin)
    assert "3 家" in page
    firm = as_(chamber.person("甲", chamber.firms[0]))
    assert firm.get(reverse("call_comments", args=[chamber.case.pk])).status_code == 404
    assert "请看第4条" in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"answer_by": "2025-06-01"},
        {"firms": []},
        {"own-asks-1": "number"},
        {"own-zh-1": "", "own-en-1": "Only English?"},
        {"use-ours": "", "use-cost-unit": "", "own-zh-1": ""},
    ],
)
def test_a_call_that_does_not_fit_says_where_and_keeps_what_was_typed(
    chamber: Chamber, wrong: dict[str, object]
) -> None:
    given = {key: value for key, value in wrong.items() if value != ""}
    dropped = dict.fromkeys((key for key, value in wrong.items() if value == ""), "")
    answer = call(chamber, **given, **dropped)
    assert answer.status_code == 400  # type: ignore[attr-defined]
    assert "errorlist" in said(answer)
    assert "请看第4条" in said(answer)
    assert not CommentRound.objects.exists()


def test_a_firm_saves_half_hands_in_and_others_read_nothing(chamber: Chamber) -> None:
    round_ = chamber.called()
    firm, other = (chamber.person(name, chamber.firms[n]) for n, name in enumerate("甲乙"))
    address = reverse("comment_answer", args=[round_.pk])
    assert address in overview(chamber, firm)
    keys = [f"q-{key}" for key in chamber.content()]
    client = as_(firm)
    half = dict(zip(keys, ("yes", "", "第四条太严"), strict=True))
    client.post(address, half | {"seen": "0", "act": "save"})
    assert "第四条太严" in said(client.get(address))
    assert "第四条太严" not in overview(chamber, chamber.lin)
    wrong = client.post(address, half | {keys[1]: "-3", "seen": "1", "act": "hand_in"})
    assert wrong.status_code == 400
    assert "第四条太严" in said(wrong)
    client.post(address, half | {keys[1]: "3.5", "seen": "1", "act": "hand_in"})
    assert CommentSheet.objects.latest("number").handed_in_at
    read = overview(chamber, chamber.lin)
    assert "第四条太严" in read
    assert "3.5" in read
    for page in (overview(chamber, other), said(as_(other).get(address))):
        assert "第四条太严" not in page
    office = overview(chamber, chamber.person("处长", chamber.office))
    assert "第四条太严" not in office
    assert "3.5" not in office
    assert as_(chamber.lin).get(address).status_code == 404


def test_a_colleague_who_comes_second_sees_both_answers(chamber: Chamber) -> None:
    round_ = chamber.called()
    one, other = (chamber.person(name, chamber.firms[0]) for name in ("甲一", "甲二"))
    answering.save(one, chamber.asked(0), chamber.content("yes", "3"), 0, NOW)
    keys = [f"q-{key}" for key in chamber.content()]
    address = reverse("comment_answer", args=[round_.pk])
    mine = dict(zip(keys, ("", "9", "第七条"), strict=True))
    late = as_(other).post(address, mine | {"seen": "0", "act": "save"})
    assert late.status_code == 400
    form = late.context["form"]
    assert "甲一" in str(form.errors[keys[1]])
    assert [form[key].value() for key in keys] == ["yes", "9", "第七条"]
    again = {key: form[key].value() for key in keys}
    as_(other).post(address, again | {"seen": form["seen"].value(), "act": "save"})
    assert sorted(CommentSheet.objects.latest("number").content.values()) == ["9", "yes", "第七条"]


def test_the_text_is_written_by_one_and_approved_by_another(chamber: Chamber) -> None:
    round_ = chamber.called()
    text = reverse("comment_text", args=[round_.pk])
    lin, chen = as_(chamber.lin), as_(chamber.chen)
    assert lin.post(text, {"p-seen": "0", "p-zh": " "}).status_code == 400
    point = {"p-seen": "0", "p-zh": "应按IEC 62301", "p-articles": ["tbt-2-4", "tbt-2-2"]}
    lin.post(text, point | {"p-provision": "4.2"})
    wording = CommentWording.objects.get()
    approve = reverse("approve_comment", args=[round_.pk])
    assert approve not in said(lin.get(text))
    assert approve in said(chen.get(text))
    edit = reverse("edit_comment", args=[wording.paragraph_id])
    prefix = f"p-{wording.paragraph_id}"
    typed = {f"{prefix}-provision": "4.2", f"{prefix}-articles": ["tbt-2-4", "tbt-2-2"]}
    lin.post(edit, typed | {f"{prefix}-zh": "林改的", f"{prefix}-seen": "1"})
    late = chen.post(edit, typed | {f"{prefix}-zh": "陈改的", f"{prefix}-seen": "1"})
    assert late.status_code == 400
    assert "林改的" in said(late)
    assert "陈改的" in said(late)
    chen.post(approve, {"wording": [wording.pk]})
    assert not drafting.is_approved(round_)
    chen.post(approve, {"wording": [CommentWording.objects.latest("version").pk]})
    assert drafting.is_approved(round_)
    firm = chamber.person("甲", chamber.firms[0])
    assert as_(firm).get(text).status_code == 404
    assert "林改的" not in overview(chamber, firm)


def test_what_was_sent_replied_and_became_of_it(chamber: Chamber) -> None:
    round_ = chamber.called(NOW - timedelta(days=1))
    firm = chamber.person("甲", chamber.firms[0])
    client = as_(chamber.lin)
    record = lambda what: reverse("record_comment", args=[round_.pk, what])  # noqa: E731
    sent = {"sent-day": "2025-06-03", "sent-sender": "林", "sent-to": "咨询中心"}
    refused = client.post(record("sent"), sent)
    assert refused.status_code == 400
    written = drafting.write(chamber.lin, round_, Words("4.2", (), "应按标准"), NOW)
    drafting.approve(chamber.chen, round_, [written.pk], NOW)
    assert as_(firm).post(record("sent"), sent).status_code == 404
    client.post(record("sent"), sent | {"sent-receipt": "回执12"})
    assert "回执12" in overview(chamber, chamber.lin)
    assert "应按标准" in overview(chamber, firm)
    reply = {"reply-day": "2025-06-03", "reply-sender": "DOE", "reply-text": "会考虑"}
    client.post(record("reply"), reply)
    notice = chamber.notice("adopted", NOW.date())
    fate = f"fate-{written.paragraph_id}"
    became = {f"{fate}-fate": "partly", f"{fate}-notice": notice.pk}
    client.post(
        reverse("comment_fate", args=[written.paragraph_id]),
        became | {f"{fate}-transition_months": "12"},
    )
    assert CommentFate.objects.get().transition_months == 12
    concern = {"concern-day": "2025-06-03", "concern-committee": "tbt", "concern-number": "612"}
    assert client.post(record("concern"), concern).status_code == 400
    client.post(record("concern"), concern | {"concern-raised_by": "中国"})
    page = overview(chamber, firm)
    assert all(each in page for each in ("会考虑", "部分采纳", "12 个月", "612", "已发布"))
    back = reverse("take_back_comment", args=["concern", TradeConcern.objects.get().pk])
    client.post(back)
    assert "612" not in overview(chamber, firm)
    assert CommentSent.objects.get().withdrawn_at is None


def test_a_day_moved_a_round_closed_and_called_off(chamber: Chamber, settings: Settings) -> None:
    round_ = chamber.called()
    client = as_(chamber.lin)
    change = lambda what: reverse("change_round", args=[round_.pk, what])  # noqa: E731
    assert client.post(change("extend"), {"answer_by": "soon"}).status_code == 400
    client.post(change("extend"), {"answer_by": "2025-06-27"})
    assert "2025-06-27" in overview(chamber, chamber.person("甲", chamber.firms[0]))
    settings.FENGHUO_AS_OF = NOW.date() + timedelta(days=90)
    assert "2025-07-28 前送达" in overview(chamber, chamber.lin)
    client.post(change("close"))
    assert client.post(change("extend"), {"answer_by": "2025-06-27"}).status_code == 400
    client.post(change("call-off"), {"because": "影响很小"})
    assert "影响很小" in overview(chamber, chamber.lin)
    assert client.post(change("else")).status_code == 404
