"""A case with its file: a firm's document, one of the chamber's that counsel was shown in its
public form, and one that is open to whoever sees the case. Every word of them is somebody's."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from monitor.accounts.models import Organisation, User
from monitor.accounts.walls.acting import acting
from monitor.cases import sharing
from monitor.cases.files import extracting, filing
from monitor.cases.files.storing import Part
from monitor.cases.models import Case, CaseChamber, Document, Respondent
from monitor.cases.words import Form, Paper
from monitor.trail.hand import by

SINCE = datetime(2025, 1, 1, tzinfo=UTC)
OF_THE_CASE = ("office", "chamber", "firm", "other")
POSTED = (
    "add_document share_case add_version open_document withdraw_document share_document "
    "take_back_case take_back_document"
).split()
"""With a primary key, and by POST only."""
Secret = Callable[..., None]
"""A text, and who may read it."""


class Making:
    """`secret` is told of every word."""

    def __init__(
        self,
        organisations: Mapping[str, Organisation],
        people: Mapping[str, User | None],
        secret: Secret,
    ) -> None:
        self._organisations, self._people, self._secret = organisations, people, secret
        self._case = self._opened()

    def addresses(self) -> dict[str, list[str]]:
        own = self._document("firm", "甲秘", {Form.CONFIDENTIAL: ["firm"]}, titled=["firm"])
        shared = self._document(
            "chamber",
            "会秘",
            {Form.CONFIDENTIAL: ["chamber"], Form.PUBLIC: ["chamber", "counsel"]},
            titled=["chamber", "counsel"],
        )
        both = {Form.CONFIDENTIAL: ["chamber"], Form.PUBLIC: [*OF_THE_CASE]}
        opened = self._document("chamber", "众秘", both, titled=[*OF_THE_CASE])
        chamber = acting(self._person("chamber"))
        filing.set_open(chamber, opened, to_all=True)
        sharing.share_document(
            chamber,
            shared,
            self._organisations["counsel"],
            timezone.now() + timedelta(days=1),
            SINCE,
            confidential=False,
        )
        extracting.room().walk(SINCE)
        case = [self._case.pk]
        # Every text has this letter, which is found within any of its pairs.
        listed = reverse("case_file", args=case)
        found = {name: [reverse(name, args=[1])] for name in POSTED}
        return found | {
            "case_file": [listed, f"{listed}?q=秘", f"{listed}?q=甲秘文"],
            "case_sharing": [reverse("case_sharing", args=case)],
            "document": [reverse("document", args=[own.pk])],
            "download": [reverse("download", args=[own.pk, 1, Form.CONFIDENTIAL])],
        }

    def _opened(self) -> Case:
        case = Case.objects.create(
            name_zh="秘案甲", name_en="Secret case", jurisdiction="US", opened_at=SINCE
        )
        CaseChamber.objects.create(
            case=case, organisation=self._organisations["chamber"], leads=True, since=SINCE
        )
        for who in ("firm", "other"):
            Respondent.objects.create(
                case=case, organisation=self._organisations[who], listed="exports", listed_at=SINCE
            )
        for name in (case.name_zh, case.name_en):
            # Counsel was shown a document of it.
            self._secret(name, *OF_THE_CASE, "counsel")
        return case

    def _document(
        self, who: str, mark: str, forms: Mapping[Form, list[str]], titled: list[str]
    ) -> Document:
        actor, made = acting(self._person(who)), None
        self._secret(f"{mark}题目", *titled)
        with by(actor, SINCE):
            for form, readers in forms.items():
                name, text = f"{mark}{form}名.txt", f"{mark}{form}文"
                for word in (name, text):
                    self._secret(word, *readers)
                given = Part()
                given.write(text.encode())
                if made is None:
                    wish = filing.Wish(f"{mark}题目", Paper.RESPONSE, form)
                    made = filing.add(actor, self._case, name, given, wish, SINCE)
                else:
                    filing.add_version(actor, made, form, name, given, SINCE)
        assert made
        return made

    def _person(self, who: str) -> User:
        person = self._people[who]
        assert person
        return person
