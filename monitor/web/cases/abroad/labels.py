"""Words of what is done abroad, in the reader's language."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from monitor.cases.abroad import words
from monitor.cases.abroad.floors import Verdict
from monitor.cases.models import AbroadChange
from monitor.notices.labels import Labels

AUDIENCES: Labels = {
    words.Audience.OWN: gettext_lazy("only our own people"),
    words.Audience.CHAMBERS: gettext_lazy("the chambers of the case, and our counsel"),
    words.Audience.CASE: gettext_lazy("whoever takes part in the case, its firms too"),
}
SIDES: Labels = {
    words.Side.CHAMBER: pgettext_lazy("our side", "the chamber"),
    words.Side.FIRM: pgettext_lazy("our side", "a firm"),
    words.Side.OFFICE: pgettext_lazy("our side", "the office of commerce"),
    words.Side.COUNSEL: pgettext_lazy("our side", "counsel"),
}
WHOM: Labels = {
    words.Whom.AUTHORITY: pgettext_lazy("other side", "authority abroad"),
    words.Whom.LEGISLATOR: pgettext_lazy("other side", "legislator"),
    words.Whom.PETITIONER: pgettext_lazy("other side", "petitioner, domestic industry"),
    words.Whom.IMPORTER: pgettext_lazy("other side", "importer"),
    words.Whom.USERS: pgettext_lazy("other side", "users' association"),
    words.Whom.SISTER: pgettext_lazy("other side", "sister chamber abroad"),
    words.Whom.MINISTRY: pgettext_lazy("other side", "MOFCOM, provincial department"),
    words.Whom.EMBASSY: pgettext_lazy("other side", "our embassy, commercial counsellor"),
    words.Whom.MEDIA: pgettext_lazy("other side", "media"),
    words.Whom.OTHER: pgettext_lazy("other side", "other"),
}
CHANNELS: Labels = {
    words.Channel.MEETING: pgettext_lazy("contact", "meeting"),
    words.Channel.CALL: pgettext_lazy("contact", "call"),
    words.Channel.LETTER: pgettext_lazy("contact", "letter"),
    words.Channel.HEARING: pgettext_lazy("contact", "hearing"),
    words.Channel.VISIT: pgettext_lazy("contact", "visit"),
}
RESULTS: Labels = {
    words.Result.OPEN: pgettext_lazy("promise", "open"),
    words.Result.KEPT: pgettext_lazy("promise", "kept"),
    words.Result.BROKEN: pgettext_lazy("promise", "broken"),
    words.Result.OVERTAKEN: pgettext_lazy("promise", "overtaken by events"),
}
DEALS: Labels = {
    words.Deal.PRICE: pgettext_lazy("undertaking", "price undertaking"),
    words.Deal.SUSPENSION: pgettext_lazy("undertaking", "suspension agreement"),
    words.Deal.QUANTITY: pgettext_lazy("undertaking", "limit of quantity"),
}
DEAL_STATUSES: Labels = {
    words.DealStatus.OFFERED: pgettext_lazy("undertaking", "offered"),
    words.DealStatus.ACCEPTED: pgettext_lazy("undertaking", "accepted"),
    words.DealStatus.REJECTED: pgettext_lazy("undertaking", "rejected"),
    words.DealStatus.IN_FORCE: pgettext_lazy("undertaking", "in force"),
    words.DealStatus.WITHDRAWN: pgettext_lazy("undertaking", "withdrawn"),
    words.DealStatus.TERMINATED: pgettext_lazy("undertaking", "terminated"),
    words.DealStatus.EXPIRED: pgettext_lazy("undertaking", "expired"),
}
UNITS: Labels = {
    words.Unit.TONNE: pgettext_lazy("unit of a price", "t"),
    words.Unit.KILOGRAM: pgettext_lazy("unit of a price", "kg"),
    words.Unit.POUND: pgettext_lazy("unit of a price", "lb"),
    words.Unit.CUBIC_METRE: pgettext_lazy("unit of a price", "m³"),
    words.Unit.SQUARE_METRE: pgettext_lazy("unit of a price", "m²"),
    words.Unit.METRE: pgettext_lazy("unit of a price", "m"),
    words.Unit.PIECE: pgettext_lazy("unit of a price", "piece"),
    words.Unit.PAIR: pgettext_lazy("unit of a price", "pair"),
    words.Unit.SET: pgettext_lazy("unit of a price", "set"),
    words.Unit.WATT: pgettext_lazy("unit of a price", "W"),
}
PROGRAMMES: Labels = {
    words.Programme.SECTION_301: pgettext_lazy("exclusion", "Section 301 (United States)"),
    words.Programme.SECTION_232: pgettext_lazy("exclusion", "Section 232 (United States)"),
    words.Programme.SECTION_201: pgettext_lazy("exclusion", "Section 201 (United States)"),
    words.Programme.EU_SUSPENSION: pgettext_lazy("exclusion", "EU duty suspension or quota"),
    words.Programme.SCOPE: pgettext_lazy("exclusion", "scope of an order"),
    words.Programme.OTHER: pgettext_lazy("exclusion", "other"),
}
REQUESTERS: Labels = {
    words.Requester.WE: pgettext_lazy("exclusion", "we ask"),
    words.Requester.IMPORTER: pgettext_lazy("exclusion", "the importer asks"),
    words.Requester.OTHER: pgettext_lazy("exclusion", "somebody else asks"),
}
REASONS: Labels = {
    words.Reason.NOT_MADE: pgettext_lazy("exclusion", "not made in the country"),
    words.Reason.NO_SUBSTITUTE: pgettext_lazy("exclusion", "no substitute"),
    words.Reason.HARM: pgettext_lazy("exclusion", "harm to importers and users"),
    words.Reason.NOT_STRATEGIC: pgettext_lazy("exclusion", "not strategically important"),
    words.Reason.OTHER: pgettext_lazy("exclusion", "another reason"),
}
REQUEST_STATUSES: Labels = {
    words.RequestStatus.PREPARING: pgettext_lazy("exclusion", "in preparation"),
    words.RequestStatus.FILED: pgettext_lazy("exclusion", "filed"),
    words.RequestStatus.GRANTED: pgettext_lazy("exclusion", "granted"),
    words.RequestStatus.PARTLY: pgettext_lazy("exclusion", "granted in part"),
    words.RequestStatus.DENIED: pgettext_lazy("exclusion", "denied"),
    words.RequestStatus.WITHDRAWN: pgettext_lazy("exclusion", "withdrawn"),
    words.RequestStatus.EXPIRED: pgettext_lazy("exclusion", "expired"),
}
FORUMS: Labels = {
    words.Forum.SECTION_337: pgettext_lazy("rights", "Section 337 (USITC)"),
    words.Forum.COURT: pgettext_lazy("rights", "court"),
    words.Forum.CUSTOMS: pgettext_lazy("rights", "customs, seizure at the border"),
    words.Forum.FAIR: pgettext_lazy("rights", "trade fair"),
    words.Forum.PLATFORM: pgettext_lazy("rights", "marketplace"),
    words.Forum.OTHER: pgettext_lazy("rights", "other"),
}
ACTION_STATUSES: Labels = {
    words.ActionStatus.PREPARING: pgettext_lazy("rights", "in preparation"),
    words.ActionStatus.PENDING: pgettext_lazy("rights", "pending"),
    words.ActionStatus.INITIAL: pgettext_lazy("rights", "initial determination"),
    words.ActionStatus.FINAL: pgettext_lazy("rights", "final determination"),
    words.ActionStatus.ENDED: pgettext_lazy("rights", "ended"),
}
RELIEFS: Labels = {
    words.Relief.GENERAL: pgettext_lazy("rights", "general exclusion order"),
    words.Relief.LIMITED: pgettext_lazy("rights", "limited exclusion order"),
    words.Relief.DESIST: pgettext_lazy("rights", "cease-and-desist order, injunction"),
    words.Relief.CONSENT: pgettext_lazy("rights", "consent order"),
    words.Relief.SETTLED: pgettext_lazy("rights", "settlement"),
    words.Relief.NONE: pgettext_lazy("rights", "no violation, or withdrawn"),
}
RIGHTS: Labels = {
    words.Right.PATENT: pgettext_lazy("rights", "patent"),
    words.Right.DESIGN: pgettext_lazy("rights", "design"),
    words.Right.TRADEMARK: pgettext_lazy("rights", "trademark"),
    words.Right.COPYRIGHT: pgettext_lazy("rights", "copyright"),
    words.Right.SECRET: pgettext_lazy("rights", "trade secret"),
}
MOVES: Labels = {
    words.Move.INVALIDITY: pgettext_lazy("rights", "invalidity (IPR, opposition, declaration)"),
    words.Move.DESIGN_AROUND: pgettext_lazy("rights", "design-around"),
    words.Move.OPINION: pgettext_lazy("rights", "legal opinion"),
    words.Move.RULING: pgettext_lazy("rights", "customs ruling"),
    words.Move.LICENCE: pgettext_lazy("rights", "licence"),
    words.Move.SETTLEMENT: pgettext_lazy("rights", "settlement, consent order"),
}
MOVE_STATUSES: Labels = {
    words.MoveStatus.PREPARING: pgettext_lazy("rights", "in preparation"),
    words.MoveStatus.PENDING: pgettext_lazy("rights", "pending"),
    words.MoveStatus.WON: pgettext_lazy("rights", "won, or agreed"),
    words.MoveStatus.PARTLY: pgettext_lazy("rights", "won in part"),
    words.MoveStatus.LOST: pgettext_lazy("rights", "lost"),
    words.MoveStatus.DROPPED: pgettext_lazy("rights", "given up"),
}
DONE: Labels = {
    AbroadChange.What.ADDED: pgettext_lazy("history", "entered"),
    AbroadChange.What.EDITED: pgettext_lazy("history", "changed"),
    AbroadChange.What.STATUS: pgettext_lazy("history", "another status"),
    AbroadChange.What.TIED: pgettext_lazy("history", "put to it"),
    AbroadChange.What.LOOSED: pgettext_lazy("history", "taken away"),
    AbroadChange.What.WITHDRAWN: pgettext_lazy("history", "withdrawn"),
}
VERDICTS: Labels = {
    Verdict.HOLDS.value: gettext_lazy("The price is not below the floor."),
    Verdict.NO_FLOOR.value: gettext_lazy("No floor price is entered for that day and model."),
    Verdict.OTHER_CURRENCY.value: gettext_lazy(
        "The floor is in another currency: it cannot be compared without a rate."
    ),
    Verdict.OTHER_INCOTERM.value: gettext_lazy(
        "The floor is on another incoterm: take off or add freight and insurance first."
    ),
    Verdict.OTHER_UNIT.value: gettext_lazy(
        "The floor is for another unit, which cannot be converted without the weight of one."
    ),
}
CHOICES: dict[str, Labels] = {
    "audience": AUDIENCES,
    "side": SIDES,
    "whom": WHOM,
    "channel": CHANNELS,
    "result": RESULTS,
    "unit": UNITS,
    "programme": PROGRAMMES,
    "requester": REQUESTERS,
    "reasons": REASONS,
    "forum": FORUMS,
    "relief": RELIEFS,
}
"""By the name of the field, where it says what the words are."""
KINDS: dict[str, Labels] = {
    "undertaking": DEALS,
    "assertedright": RIGHTS,
    "defence": MOVES,
}
STATUSES: dict[str, Labels] = {
    "undertaking": DEAL_STATUSES,
    "exclusion": REQUEST_STATUSES,
    "jointaction": ACTION_STATUSES,
    "defence": MOVE_STATUSES,
}
"""By the name of the model."""


def table_of(model: str, field: str) -> Labels | None:
    """The words of a field of a model; None: it holds no such word."""
    if field == "kind":
        return KINDS.get(model)
    if field == "status":
        return STATUSES.get(model)
    return CHOICES.get(field)
