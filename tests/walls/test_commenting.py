"""Who sees which rows of a round of comments, asked of the door itself."""

from collections.abc import Sequence

from django.db import models

from monitor.cases.models import (
    CommentApproval,
    CommentAsked,
    CommentFate,
    CommentParagraph,
    CommentQuestion,
    CommentReply,
    CommentRound,
    CommentSent,
    CommentSheet,
    CommentWording,
    TradeConcern,
)
from monitor.cases.models.comments import desk_rounds
from tests.walls.commenting import DAY, SINCE
from tests.walls.conftest import Province
from tests.walls.test_answering import NOBODY, actors, count

WHO = ("office", "chamber", "firm", "other")
SEEN: dict[type[models.Model], Sequence[int]] = {
    CommentRound: (1, 1, 1, 0),
    CommentQuestion: (2, 2, 2, 0),
    CommentAsked: (1, 1, 1, 0),
    CommentSheet: (0, 1, 2, 0),
    CommentParagraph: (0, 1, 0, 0),
    CommentWording: (0, 1, 0, 0),
    CommentApproval: (0, 1, 0, 0),
    CommentFate: (1, 1, 1, 0),
    CommentReply: (1, 1, 1, 0),
    TradeConcern: (1, 1, 1, 0),
}


def test_whose_rows_they_are(province: Province) -> None:
    seen = {model: tuple(count(model, actor) for actor in actors(province, WHO)) for model in SEEN}
    assert seen == SEEN
    outside = [count(model, actor) for model in SEEN for actor in actors(province, sorted(NOBODY))]
    assert not any(outside)
    desk = [desk_rounds(actor) for actor in actors(province, WHO)]
    rounds = CommentRound.objects
    assert [each is not None and rounds.filter(each).exists() for each in desk] == [
        False, True, False, False,
    ]  # fmt: skip


def test_the_text_is_read_by_the_round_while_it_is_sent(province: Province) -> None:
    round_ = CommentRound.objects.get()
    CommentSent.objects.create(
        round=round_, day=DAY, acting_for=round_.organisation, at=SINCE, sender="林", to="咨询中心",
    )  # fmt: skip
    assert [count(CommentWording, actor) for actor in actors(province, WHO)] == [1, 1, 1, 0]
    assert [count(CommentApproval, actor) for actor in actors(province, WHO)] == [0, 1, 0, 0]
    CommentSent.objects.update(withdrawn_at=SINCE)
    assert [count(CommentWording, actor) for actor in actors(province, WHO)] == [0, 1, 0, 0]
