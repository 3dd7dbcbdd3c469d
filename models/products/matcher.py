"""Puts retrieval and the network together: how likely each heading and subheading is, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import exp
from typing import Any

import numpy as np

from models.nomenclature import hs
from models.products import artifacts
from models.products.calibration import AS_STACKED, Calibration, Scale
from models.products.constants import constants
from models.products.forms import form
from models.products.network import Floats, Network
from models.products.query import Query
from models.products.references import digest, references
from models.products.retrieval import Index, Ranking, Retriever, retriever
from models.products.stack import Stacks

_HEADINGS = tuple(hs.headings())
_PLACES = {code: number for number, code in enumerate(_HEADINGS)}
_SHORT = 300
"""Title and text that are together no longer than this are read as one."""
_LEAD = 300
"""Characters of the text that are read where the title names no product."""
_FULL = 0.9
"""A reference that is matched no less is the very term."""
_KEPT = 0.001
"""Headings less likely than this are not named."""


@dataclass(frozen=True)
class Judgement:
    """Probabilities by code, best first, over the headings and "names no product" together."""

    headings: dict[str, float]
    subheadings: dict[str, float]
    ranking: Ranking
    read: str
    hidden: Floats | None = None
    """What the network read, and its hidden layer; None where there is no network."""
    stacked: dict[str, float] | None = None
    """Of all codes before calibration, where there is one: by these it is decided what is named,
    and whether the text is too vague."""


class Matcher:
    """Retrieval with the network on top; without a network, retrieval alone."""

    def __init__(
        self,
        network: Network | None,
        stacks: Stacks,
        lookup: Retriever,
        name: str = "stacked-unstored",
    ) -> None:
        self.name = constants().name if network is None else name
        self.network = network
        self.stacks = stacks
        self.lookup = lookup

    def content(self) -> dict[str, Any]:
        """What an artifact holds. Raises `ValueError` for retrieval alone, which holds nothing."""
        if self.network is None:
            raise ValueError("retrieval alone has nothing to store: its references are packaged")
        return {
            **self.network.as_dict(),
            "stacks": self.stacks.as_dict(),
            "index": self.lookup.index.as_dict(),
            "references": self.lookup.digest,
        }

    def judge(self, documents: Sequence[Query]) -> list[Judgement]:
        """For every document."""
        if not documents:
            return []
        rankings = self.lookup.rank(documents)
        if self.network is None:
            return [_by_retrieval(*pair) for pair in zip(rankings, documents, strict=True)]
        read, hidden = self._read(self.network, documents)
        shares = self._shares(self.network, documents, rankings, hidden)
        return [
            self._judgement(self.network, *row)
            for row in zip(documents, rankings, read, hidden, shares, strict=True)
        ]

    def shares(self, documents: Sequence[Query]) -> Floats:
        """documents × (headings, nothing), summing to 1: what is calibrated, before it is.

        Raises `ValueError` for retrieval alone, which has a temperature of its own.
        """
        if self.network is None:
            raise ValueError("retrieval alone is not calibrated: it has its temperature")
        hidden = self._read(self.network, documents)[1]
        return self._shares(self.network, documents, self.lookup.rank(documents), hidden)

    def _shares(
        self,
        network: Network,
        documents: Sequence[Query],
        rankings: Sequence[Ranking],
        hidden: Floats,
    ) -> Floats:
        learned = network.log_probabilities(hidden)
        notices = [each.is_notice for each in documents]
        return self.stacks.headings(learned, retrieved(rankings), notices)

    def calibrated(self, by: Calibration) -> "Matcher":
        """The same matcher with another calibration."""
        return Matcher(self.network, replace(self.stacks, calibration=by), self.lookup, self.name)

    def _read(self, network: Network, documents: Sequence[Query]) -> tuple[list[str], Floats]:
        """The title; with the text where that is short, or the title names no product."""
        read = [_first(each.title, each.text) for each in documents]
        # The notices of a measure name their product in the same words: each is read once.
        places = {text: number for number, text in enumerate(dict.fromkeys(read))}
        once = network.hidden(network.inputs(list(places)))
        hidden = once[[places[text] for text in read]]
        nothing = np.exp(network.log_probabilities(hidden)[:, -1])
        again = [n for n, each in enumerate(documents) if each.text and nothing[n] > 0.5]
        if again:
            more = [f"{documents[n].title} {documents[n].text[:_LEAD]}" for n in again]
            hidden[again] = network.hidden(network.inputs(more))
            for n, text in zip(again, more, strict=True):
                read[n] = text
        return read, hidden

    def _judgement(
        self,
        network: Network,
        document: Query,
        ranking: Ranking,
        read: str,
        hidden: Floats,
        shares: Floats,
    ) -> Judgement:
        stack = self.stacks.of(is_notice=document.is_notice)
        order = [n for n in np.argsort(-shares[:-1], kind="stable")[:60] if shares[n] >= _KEPT]
        headings = {_HEADINGS[n]: float(shares[n]) for n in order}
        if document.is_notice:
            headings = _sorted(headings | _together(headings, ranking))
        matches = {code: match.score for code, match in ranking.subheadings.items()}
        subheadings = {
            fine: headings[code] * share
            for code in list(headings)[:8]
            for fine, share in stack.within(network.within(hidden, code), matches).items()
        }
        found = Judgement(headings, _sorted(subheadings), ranking, read, hidden)
        return _scaled(found, self.stacks.calibration.of(form(document)), shares)

    def evidence(self, found: Judgement, code: str) -> dict[str, object]:
        """The words that decided, and what the document resembles."""
        matches = found.ranking.subheadings if len(code) == 6 else found.ranking.headings
        match = matches.get(code) or found.ranking.headings.get(code[:4])
        words = self.lookup.words(found.ranking, match) if match else []
        if not words and self.network is not None and found.hidden is not None:
            words = self.network.deciding(found.read, found.hidden, code[:4])
        return {
            "kind": "text",
            "words": words,
            "reference": match.reference.text if match else hs.name(code, "en"),
            "score": round(match.score, 3) if match else 0.0,
        }


def _first(title: str, text: str) -> str:
    return f"{title} {text}".strip() if len(title) + len(text) <= _SHORT else title


def _scaled(found: Judgement, scale: Scale, shares: Floats) -> Judgement:
    if scale == AS_STACKED or not found.headings:
        return found
    best = next(iter(found.headings))
    headings = scale.headings(found.headings, shares)
    subheadings = scale.subheadings(found.subheadings, found.headings[best], headings[best])
    stacked = found.headings | found.subheadings
    return replace(found, headings=headings, subheadings=subheadings, stacked=stacked)


def retrieved(rankings: Sequence[Ranking]) -> Floats:
    """documents × headings: score of the best reference, 0 where none was found."""
    scores = np.zeros((len(rankings), len(_HEADINGS)), np.float32)
    for row, ranking in enumerate(rankings):
        for code, match in ranking.headings.items():
            scores[row, _PLACES[code]] = match.score
    return scores


def _together(headings: Mapping[str, float], ranking: Ranking) -> dict[str, float]:
    """In a notice a term that stands under several headings means all of them: steel racks are in
    7326 and in 9403, by how they are made. Each is as likely as they are together."""
    same: dict[str, list[str]] = {}
    for code, match in ranking.headings.items():
        if match.score >= _FULL:
            same.setdefault(match.reference.text.casefold(), []).append(code)
    return {
        code: min(1.0, sum(headings.get(each, 0.0) for each in codes))
        for codes in same.values()
        if len(codes) > 1
        for code in codes
    }


def _sorted(found: Mapping[str, float]) -> dict[str, float]:
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _by_retrieval(ranking: Ranking, document: Query) -> Judgement:
    headings, subheadings = probabilities(ranking)
    return Judgement(headings, _sorted(subheadings), ranking, document.title)


def probabilities(ranking: Ranking) -> tuple[dict[str, float], dict[str, float]]:
    """Of retrieval alone: softmax of the scores, with "none of these" as one more answer.

    A subheading has its heading's probability, shared among the subheadings of that heading and
    the heading as a whole, each by its own best match.
    """
    temperature = constants().temperature
    headings = {c: exp(m.score / temperature.value) for c, m in ranking.headings.items()}
    total = sum(headings.values()) + exp(temperature.none / temperature.value)
    odds = {c: exp(m.score / temperature.value) for c, m in ranking.subheadings.items()}
    within: dict[str, float] = {}
    for code, weight in odds.items():
        within[code[:4]] = within.get(code[:4], 0.0) + weight
    for code, match in ranking.headings.items():
        if len(match.reference.code) == 4:
            within[code] = within.get(code, 0.0) + headings[code]
    share = {c: weight / total for c, weight in headings.items()}
    return share, {c: share[c[:4]] * weight / within[c[:4]] for c, weight in odds.items()}


@cache
def matcher() -> Matcher:
    """The one in service: with the artifact where it is packaged, else retrieval alone."""
    stored = artifacts.load()
    if stored is None:
        return Matcher(None, Stacks(), retriever())
    return of_stored(stored, artifacts.name())


def of_stored(stored: Mapping[str, Any], name: str) -> Matcher:
    """The matcher of an artifact's content. An index of other references than the packaged ones
    (somebody has changed the lexicon since) is fitted anew, which takes seconds."""
    entries = references()
    known = stored["references"] == digest(entries)
    lookup = Retriever(entries, Index.of_dict(stored["index"]) if known else None)
    return Matcher(Network.of_dict(stored), Stacks.of_dict(stored["stacks"]), lookup, name)
