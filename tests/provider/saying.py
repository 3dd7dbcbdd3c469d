"""What the provider says of people: what `state.json` says now."""

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from oauth2_provider.oauth2_validators import OAuth2Validator


class Validator(OAuth2Validator):
    """Of whom it is to be told beside the token (`beside`), the token says no address."""

    oidc_claim_scope = None

    def get_additional_claims(self, request: Any) -> dict[str, Any]:
        state = json.loads(settings.STATE.read_text(encoding="utf-8"))
        said: dict[str, Any] = state["people"][request.user.get_username()]
        return said

    def get_id_token_dictionary(self, *args: Any) -> tuple[dict[str, Any], datetime]:
        claims, expires = super().get_id_token_dictionary(*args)
        if claims.pop("beside", False):
            claims = {k: v for k, v in claims.items() if not k.startswith("email")}
        return claims, expires
