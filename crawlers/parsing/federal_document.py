"""One document as the API of the Federal Register prints it: the fields that are read.

Source: Federal Register API v1, documents.
"""

from pydantic import BaseModel, ConfigDict


class Agency(BaseModel):
    name: str | None = None
    raw_name: str | None = None


class FederalDocument(BaseModel):
    """The fields that are read; others are ignored. A field of a wrong type is an error."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    document_number: str
    title: str
    publication_date: str
    html_url: str
    abstract: str | None = None
    type: str | None = None
    agencies: list[Agency | str] | None = None
    agency_names: list[str] | None = None
    docket_ids: list[str] | None = None
    docket_id: str | None = None
    regulation_id_numbers: list[str] | None = None
    comments_close_on: str | None = None
    effective_on: str | None = None
    dates: str | None = None
    full_text: str | None = None
    body: str | None = None

    def dockets(self) -> list[str]:
        return [*(self.docket_ids or []), *([self.docket_id] if self.docket_id else [])]

    def agency(self) -> str | None:
        """The most special agency: a bureau is printed behind its department."""
        named = [
            agency if isinstance(agency, str) else agency.name or agency.raw_name
            for agency in self.agencies or []
        ]
        given = [name for name in (*named, *(self.agency_names or [])) if name and name.strip()]
        return given[-1].strip() if given else None

    def text(self) -> str | None:
        """The whole notice as printed, where the document carries it."""
        full = (self.full_text or self.body or "").strip()
        return full or None
