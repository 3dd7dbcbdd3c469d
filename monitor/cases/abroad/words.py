"""The words of what is done abroad."""

from django.db.models import TextChoices


class Subject(TextChoices):
    """What there is a register of. Also the word in the page's address."""

    CONTACT = "contacts"
    UNDERTAKING = "undertakings"
    EXCLUSION = "exclusions"
    ACTION = "rights"


class Audience(TextChoices):
    """Who reads it beside those whose it is."""

    OWN = "own"
    """Nobody: it is internal."""
    CHAMBERS = "chambers"
    """The chambers of the case, and counsel of whose it is."""
    CASE = "case"
    """Whoever takes part in the case: its chambers, its firms, their offices."""


class Side(TextChoices):
    """Who went, of us."""

    CHAMBER = "chamber"
    FIRM = "firm"
    OFFICE = "office"
    COUNSEL = "counsel"


class Whom(TextChoices):
    """What the other side is."""

    AUTHORITY = "authority"
    LEGISLATOR = "legislator"
    PETITIONER = "petitioner"
    """The domestic industry that asked for the measure."""
    IMPORTER = "importer"
    USERS = "users"
    """An association of those who use the goods."""
    SISTER = "sister"
    """A chamber abroad."""
    MINISTRY = "ministry"
    """Our own: MOFCOM, the provincial department."""
    EMBASSY = "embassy"
    """Our own, or its commercial counsellor."""
    MEDIA = "media"
    OTHER = "other"


class Channel(TextChoices):
    MEETING = "meeting"
    CALL = "call"
    LETTER = "letter"
    HEARING = "hearing"
    VISIT = "visit"


class Result(TextChoices):
    """What became of a promise."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    OVERTAKEN = "overtaken"
    """Events have made it pointless."""


class Deal(TextChoices):
    PRICE = "price"
    """A price undertaking: EU, AU, IN and others."""
    SUSPENSION = "suspension"
    """An agreement by which the United States suspend an investigation."""
    QUANTITY = "quantity"
    """A quota or a limit of quantity, with or without a price."""


class DealStatus(TextChoices):
    OFFERED = "offered"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    IN_FORCE = "in_force"
    WITHDRAWN = "withdrawn"
    TERMINATED = "terminated"
    EXPIRED = "expired"


class Unit(TextChoices):
    """Of what a floor price is the price of one."""

    TONNE = "t"
    KILOGRAM = "kg"
    POUND = "lb"
    CUBIC_METRE = "m3"
    SQUARE_METRE = "m2"
    METRE = "m"
    PIECE = "piece"
    PAIR = "pair"
    SET = "set"
    WATT = "W"


class Programme(TextChoices):
    """From what an exclusion is asked."""

    SECTION_301 = "section_301"
    SECTION_232 = "section_232"
    SECTION_201 = "section_201"
    EU_SUSPENSION = "eu_suspension"
    """A suspension of the duties of the Common Customs Tariff, or a quota of them."""
    SCOPE = "scope"
    """Out of the scope of a duty order."""
    OTHER = "other"


class Requester(TextChoices):
    WE = "we"
    IMPORTER = "importer"
    OTHER = "other"


class Reason(TextChoices):
    NOT_MADE = "not_made"
    """Nobody makes it in the importing country, or nowhere but in China."""
    NO_SUBSTITUTE = "no_substitute"
    HARM = "harm"
    """The duty harms the one who asks, or others there."""
    NOT_STRATEGIC = "not_strategic"
    OTHER = "other"


class RequestStatus(TextChoices):
    PREPARING = "preparing"
    FILED = "filed"
    GRANTED = "granted"
    PARTLY = "partly"
    DENIED = "denied"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Forum(TextChoices):
    SECTION_337 = "section_337"
    COURT = "court"
    CUSTOMS = "customs"
    """Seizure at a border."""
    FAIR = "fair"
    """A complaint at a trade fair."""
    PLATFORM = "platform"
    """A complaint to a marketplace."""
    OTHER = "other"


class ActionStatus(TextChoices):
    PREPARING = "preparing"
    PENDING = "pending"
    INITIAL = "initial"
    """An initial determination or a first judgment is out."""
    FINAL = "final"
    ENDED = "ended"


class Relief(TextChoices):
    """How it ended."""

    GENERAL = "general"
    """A general exclusion order."""
    LIMITED = "limited"
    DESIST = "desist"
    """A cease-and-desist order or an injunction."""
    CONSENT = "consent"
    SETTLED = "settled"
    NONE = "none"
    """No violation, or withdrawn."""


class Right(TextChoices):
    PATENT = "patent"
    DESIGN = "design"
    TRADEMARK = "trademark"
    COPYRIGHT = "copyright"
    SECRET = "secret"  # noqa: S105 - a trade secret


class Move(TextChoices):
    """What is done against a right, or in its stead."""

    INVALIDITY = "invalidity"
    """An IPR petition, an opposition, 无效宣告."""
    DESIGN_AROUND = "design_around"
    OPINION = "opinion"
    RULING = "ruling"
    """By customs: that the changed goods are outside of an order."""
    LICENCE = "licence"
    SETTLEMENT = "settlement"


class MoveStatus(TextChoices):
    PREPARING = "preparing"
    PENDING = "pending"
    WON = "won"
    PARTLY = "partly"
    LOST = "lost"
    DROPPED = "dropped"
