"""What a stage is called: the name that insiders use, and one that tells a firm what it means."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from monitor.cases.stages import Family
from monitor.cases.words import Stage


@dataclass(frozen=True)
class Names:
    """In the reader's language. `plain`: what it means for a firm."""

    insiders: str | Promise
    plain: str | Promise


def names(of: Family, stage: Stage) -> Names:
    return _NAMES[of][stage]


_NAMES: dict[Family, dict[Stage, Names]] = {
    Family.INVESTIGATION: {
        Stage.EXPECTED: Names(
            pgettext_lazy("stage", "Petition filed"),
            pgettext_lazy("stage", "Somebody asks for duties on these goods"),
        ),
        Stage.OPENED: Names(
            pgettext_lazy("stage", "Under investigation"),
            pgettext_lazy("stage", "Questionnaires are sent: whoever does not answer loses"),
        ),
        Stage.PRELIMINARY: Names(
            pgettext_lazy("stage", "Preliminary determination"),
            pgettext_lazy("stage", "First result: importers may have to pay deposits"),
        ),
        Stage.FINAL: Names(
            pgettext_lazy("stage", "Final determination"),
            pgettext_lazy("stage", "The rates are decided; whether they are levied is not yet"),
        ),
        Stage.IN_FORCE: Names(
            pgettext_lazy("stage", "Measure in force"),
            pgettext_lazy("stage", "The duty is levied on every shipment"),
        ),
        Stage.ENDED: Names(
            pgettext_lazy("stage", "Terminated or revoked"),
            pgettext_lazy("stage", "No duty, or none any more"),
        ),
    },
    Family.INFRINGEMENT: {
        Stage.EXPECTED: Names(
            pgettext_lazy("stage", "Complaint received"),
            pgettext_lazy("stage", "Somebody says that these goods use its patents or marks"),
        ),
        Stage.OPENED: Names(
            pgettext_lazy("stage", "Investigation instituted"),
            pgettext_lazy("stage", "Whoever is named has to answer, or is in default"),
        ),
        Stage.PRELIMINARY: Names(
            pgettext_lazy("stage", "Initial determination"),
            pgettext_lazy("stage", "The judge has decided; the Commission may review it"),
        ),
        Stage.FINAL: Names(
            pgettext_lazy("stage", "Final determination of violation"),
            pgettext_lazy("stage", "It is decided; orders may follow"),
        ),
        Stage.IN_FORCE: Names(
            pgettext_lazy("stage", "Exclusion or cease and desist order"),
            pgettext_lazy("stage", "These goods are stopped at the border"),
        ),
        Stage.ENDED: Names(
            pgettext_lazy("stage", "Terminated, or no violation"),
            pgettext_lazy("stage", "Nothing is stopped at the border, or nothing any more"),
        ),
    },
    Family.REVIEW: {
        Stage.EXPECTED: Names(
            pgettext_lazy("stage", "Reviews may be requested"),
            pgettext_lazy("stage", "Whoever wants another rate has to ask for a review now"),
        ),
        Stage.OPENED: Names(
            pgettext_lazy("stage", "Under review"),
            pgettext_lazy("stage", "Past shipments are looked at: answer, or the rate goes up"),
        ),
        Stage.PRELIMINARY: Names(
            pgettext_lazy("stage", "Preliminary results"),
            pgettext_lazy("stage", "First result of the review; it can still be argued with"),
        ),
        Stage.FINAL: Names(
            pgettext_lazy("stage", "Final results"),
            pgettext_lazy("stage", "The review is over, with its result"),
        ),
        Stage.IN_FORCE: Names(
            pgettext_lazy("stage", "Amended measure in force"),
            pgettext_lazy("stage", "The result of the review is applied"),
        ),
        Stage.ENDED: Names(
            pgettext_lazy("stage", "Review rescinded"),
            pgettext_lazy("stage", "The review was given up; the rate stays"),
        ),
    },
    Family.SUNSET: {
        Stage.EXPECTED: Names(
            pgettext_lazy("stage", "Expiry announced"),
            pgettext_lazy("stage", "The duty ends soon, unless somebody asks to keep it"),
        ),
        Stage.OPENED: Names(
            pgettext_lazy("stage", "Sunset review"),
            pgettext_lazy("stage", "Whether the duty stays for five more years is examined"),
        ),
        Stage.PRELIMINARY: Names(
            pgettext_lazy("stage", "Preliminary results of the sunset review"),
            pgettext_lazy("stage", "First result on whether the duty stays"),
        ),
        Stage.FINAL: Names(
            pgettext_lazy("stage", "Final results of the sunset review"),
            pgettext_lazy(
                "stage", "One of the two authorities has decided; the other may not have"
            ),
        ),
        Stage.IN_FORCE: Names(
            pgettext_lazy("stage", "Measure continued"),
            pgettext_lazy("stage", "The duty stays for another period"),
        ),
        Stage.ENDED: Names(
            pgettext_lazy("stage", "Measure revoked"),
            pgettext_lazy("stage", "The duty is over"),
        ),
    },
    Family.CIRCUMVENTION: {
        Stage.EXPECTED: Names(
            pgettext_lazy("stage", "Circumvention inquiry requested"),
            pgettext_lazy("stage", "Somebody says that a duty is being evaded"),
        ),
        Stage.OPENED: Names(
            pgettext_lazy("stage", "Circumvention inquiry"),
            pgettext_lazy("stage", "Whether goods go around a duty is examined: answer"),
        ),
        Stage.PRELIMINARY: Names(
            pgettext_lazy("stage", "Preliminary determination of circumvention"),
            pgettext_lazy("stage", "First result: deposits may be asked for"),
        ),
        Stage.FINAL: Names(
            pgettext_lazy("stage", "Final determination of circumvention"),
            pgettext_lazy("stage", "Decided in part: look up what concerns your goods"),
        ),
        Stage.IN_FORCE: Names(
            pgettext_lazy("stage", "Measure extended"),
            pgettext_lazy("stage", "The duty is levied on these goods too"),
        ),
        Stage.ENDED: Names(
            pgettext_lazy("stage", "No circumvention found"),
            pgettext_lazy("stage", "The duty is not extended"),
        ),
    },
    Family.SCOPE: {
        Stage.EXPECTED: Names(
            pgettext_lazy("stage", "Scope ruling requested"),
            pgettext_lazy("stage", "Somebody asks whether a product falls under the duty"),
        ),
        Stage.OPENED: Names(
            pgettext_lazy("stage", "Scope inquiry"),
            pgettext_lazy("stage", "Whether a product falls under the duty is examined"),
        ),
        Stage.PRELIMINARY: Names(
            pgettext_lazy("stage", "Preliminary scope ruling"),
            pgettext_lazy("stage", "First answer on whether the product falls under the duty"),
        ),
        Stage.FINAL: Names(
            pgettext_lazy("stage", "Final scope ruling"),
            pgettext_lazy("stage", "Whether the product falls under the duty is decided"),
        ),
        Stage.IN_FORCE: Names(
            pgettext_lazy("stage", "Scope ruling applied"),
            pgettext_lazy("stage", "Customs goes by the ruling"),
        ),
        Stage.ENDED: Names(
            pgettext_lazy("stage", "Scope inquiry ended"),
            pgettext_lazy("stage", "It ended without a ruling"),
        ),
    },
    Family.LITIGATION: {
        Stage.EXPECTED: Names(
            pgettext_lazy("stage", "Suit announced"),
            pgettext_lazy("stage", "A court may be asked"),
        ),
        Stage.OPENED: Names(
            pgettext_lazy("stage", "Before a court or panel"),
            pgettext_lazy("stage", "A court looks at the decision"),
        ),
        Stage.PRELIMINARY: Names(
            pgettext_lazy("stage", "Remand"),
            pgettext_lazy("stage", "The court has sent the decision back"),
        ),
        Stage.FINAL: Names(
            pgettext_lazy("stage", "Court decision"),
            pgettext_lazy("stage", "The court has decided"),
        ),
        Stage.IN_FORCE: Names(
            pgettext_lazy("stage", "Decision carried out"),
            pgettext_lazy("stage", "The rate follows the court's decision"),
        ),
        Stage.ENDED: Names(
            pgettext_lazy("stage", "Suit ended"),
            pgettext_lazy("stage", "The court has nothing more to decide"),
        ),
    },
    Family.DRAFT: {
        Stage.EXPECTED: Names(
            pgettext_lazy("stage", "Draft announced"),
            pgettext_lazy("stage", "A new rule is being prepared"),
        ),
        Stage.OPENED: Names(
            pgettext_lazy("stage", "Open for comments"),
            pgettext_lazy("stage", "Say now what of the draft does not work"),
        ),
        Stage.PRELIMINARY: Names(
            pgettext_lazy("stage", "Draft under revision"),
            pgettext_lazy("stage", "The draft is being changed"),
        ),
        Stage.FINAL: Names(
            pgettext_lazy("stage", "Adopted"),
            pgettext_lazy("stage", "The rule is decided; prepare for its first day"),
        ),
        Stage.IN_FORCE: Names(
            pgettext_lazy("stage", "In force"),
            pgettext_lazy("stage", "Goods have to comply"),
        ),
        Stage.ENDED: Names(
            pgettext_lazy("stage", "Withdrawn"),
            pgettext_lazy("stage", "The draft was given up"),
        ),
    },
}
