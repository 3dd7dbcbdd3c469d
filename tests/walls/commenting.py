"""A round of comments: one firm was asked, has handed in one sheet and saved another; the chamber
has written a text that was not sent, and a concern was raised."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

from django.urls import reverse

from monitor.accounts.models import Organisation
from monitor.cases.models import (
    Case,
    CommentApproval,
    CommentAsked,
    CommentFate,
    CommentParagraph,
    CommentQuestion,
    CommentReply,
    CommentRound,
    CommentSheet,
    CommentWording,
    Task,
    TradeConcern,
)

SINCE = datetime(2025, 1, 1, tzinfo=UTC)
DAY = date(2025, 3, 3)
OF_THE_ROUND = ("office", "chamber", "firm")
HANDED_IN, SAVED, COST = "甲秘评议答", "甲秘未交答", "98765.43"
POSTED = ("approve_comment", "edit_comment", "comment_fate")
"""With a primary key, and by POST only."""


def plant(
    organisations: Mapping[str, Organisation], secret: Callable[..., None]
) -> dict[str, list[str]]:
    """Into the case that stands; returns the addresses."""
    case, chamber = Case.objects.get(), organisations["chamber"]
    round_ = CommentRound.objects.create(
        case=case, number=1, organisation=chamber, letter="众秘评议函", answer_by=DAY,
        called_at=SINCE,
    )  # fmt: skip
    _answers(round_, organisations["firm"])
    _text(round_, chamber)
    for text in ("众秘评议函", "众秘评议问", "众秘关注"):
        secret(text, *OF_THE_ROUND)
    secret("会秘评议稿", "chamber")
    secret(HANDED_IN, "chamber", "firm")
    secret(COST, "chamber", "firm")
    secret(SAVED, "firm")
    found = {name: [reverse(name, args=[1])] for name in POSTED}
    return found | {
        "case_comments": [reverse("case_comments", args=[case.pk])],
        "call_comments": [reverse("call_comments", args=[case.pk])],
        "comment_answer": [reverse("comment_answer", args=[round_.pk])],
        "comment_text": [reverse("comment_text", args=[round_.pk])],
        "change_round": [reverse("change_round", args=[1, "close"])],
        "record_comment": [reverse("record_comment", args=[1, "sent"])],
        "take_back_comment": [reverse("take_back_comment", args=["sent", 1])],
    }


def _answers(round_: CommentRound, firm: Organisation) -> None:
    cost, clause = (
        CommentQuestion.objects.create(
            round=round_, position=number, asks=asks, zh=f"众秘评议问{number}", unit_zh="元",
        )
        for number, asks in enumerate(("number", "text"), start=1)
    )  # fmt: skip
    task = Task.objects.create(
        case=round_.case, organisation=firm, title_zh="回答", created_at=SINCE
    )
    respondent = round_.case.respondents.get(organisation=firm)
    asked = CommentAsked.objects.create(
        round=round_, organisation=firm, respondent=respondent, task=task, at=SINCE
    )
    said = {str(cost.pk): COST, str(clause.pk): HANDED_IN}
    CommentSheet.objects.create(
        asked=asked, number=1, content=said, saved_at=SINCE, handed_in_at=SINCE
    )
    CommentSheet.objects.create(
        asked=asked, number=2, content=said | {str(clause.pk): SAVED}, saved_at=SINCE
    )


def _text(round_: CommentRound, chamber: Organisation) -> None:
    paragraph = CommentParagraph.objects.create(round=round_, position=1, created_at=SINCE)
    wording = CommentWording.objects.create(
        paragraph=paragraph, version=1, zh="会秘评议稿", articles=["tbt-2-2"], written_at=SINCE
    )
    CommentApproval.objects.create(wording=wording, at=SINCE)
    CommentFate.objects.create(paragraph=paragraph, fate="rejected", at=SINCE)
    entered = {"round": round_, "day": DAY, "acting_for": chamber, "at": SINCE}
    CommentReply.objects.create(sender="DOE", text="众秘关注答复", **entered)
    TradeConcern.objects.create(committee="tbt", raised_by="中国", note="众秘关注", **entered)
