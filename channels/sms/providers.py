"""Who carries texts: Twilio, or the phone simulator on a machine without credentials."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import urlencode

from requests.exceptions import RequestException
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from aidline.errors import ProviderUnavailable
from aidline.settings import Settings
from channels.sms.delivery import Provider, Refused

__all__ = ["SimulatorProvider", "TwilioProvider", "provider_for"]

_TIMEOUT_SECONDS = 10
_TRY_AGAIN = 500
_LOOK_AT = 100
"""Texts to one number that are looked at, the newest: Twilio lists them in that order."""
_CLOCKS_DIFFER = timedelta(minutes=1)
_LOOK_ALIKES = str.maketrans("‘’‚“”„–—‐‑", "'''\"\"\"----")


class TwilioProvider:
    """Sends through Twilio's REST API with its own client."""

    def __init__(
        self, account_sid: str, auth_token: str, sender: str, callback: str, api: Client | None = None
    ) -> None:
        http = TwilioHttpClient(timeout=_TIMEOUT_SECONDS)
        self._client = api or Client(account_sid, auth_token, http_client=http)
        self._sender, self._callback = sender, callback

    def send(self, to: str, body: str, key: str) -> str:
        """Gives the MessageSid. Raises ProviderUnavailable (try again) or Refused (never).

        Twilio takes no idempotency key; ours goes into the address it reports to, so that a report finds its text.
        """
        origin = "messaging_service_sid" if self._sender.startswith("MG") else "from_"
        callback = f"{self._callback}?{urlencode({'text': key})}"
        try:
            message = self._client.messages.create(to=to, body=body, status_callback=callback, **{origin: self._sender})
        except TwilioRestException as error:
            if error.status >= _TRY_AGAIN or error.status == 429:
                raise ProviderUnavailable(f"Twilio answered {error.status}.") from error
            raise Refused(str(error.code)) from error
        except RequestException as error:
            raise ProviderUnavailable(f"Twilio did not answer ({type(error).__name__}).") from error
        return str(message.sid)

    def find(self, to: str, body: str, since: datetime, key: str) -> Sequence[str]:
        """The MessageSids of texts with these words that Twilio made for this number since then, oldest first.

        Raises ProviderUnavailable.
        """
        try:
            # Not by date_sent: a text that Twilio still has to send has none.
            made = self._client.messages.list(to=to, limit=_LOOK_AT)
        except (TwilioException, RequestException) as error:
            raise ProviderUnavailable(f"Twilio could not be asked about a text ({type(error).__name__}).") from error
        same = [
            message
            for message in made
            if message.date_created is not None
            and message.date_created >= since - _CLOCKS_DIFFER
            # A trial account puts a sentence of its own before the text.
            and _plain(message.body or "").endswith(_plain(body))
        ]
        return [str(message.sid) for message in sorted(same, key=lambda message: message.date_created)]


class SimulatorProvider:
    """Leaves the text in the outbox, where the phone simulator shows it."""

    def send(self, to: str, body: str, key: str) -> str:
        """Gives an id like a provider's, the same for the same text."""
        return f"SIM{sha256(key.encode()).hexdigest()[:32]}"

    def find(self, to: str, body: str, since: datetime, key: str) -> Sequence[str]:
        """The text is there as soon as it was tried: its row is what the simulator shows."""
        return [self.send(to, body, key)]


def _plain(text: str) -> str:
    """A text without differences in spaces and in look-alike characters, which carriers replace."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_LOOK_ALIKES).split())


def provider_for(settings: Settings) -> Provider:
    """Twilio where it is set up, else the simulator."""
    if settings.twilio_account_sid and settings.twilio_auth_tokens and settings.twilio_from:
        token = settings.twilio_auth_tokens.get_secret_value().split(",")[0].strip()
        callback = f"{settings.site}/sms/twilio/status"
        return TwilioProvider(settings.twilio_account_sid, token, settings.twilio_from, callback)
    return SimulatorProvider()
