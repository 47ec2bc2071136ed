"""Who carries texts: Twilio, or the phone simulator on a machine without credentials."""

from __future__ import annotations

from uuid import uuid4

from requests.exceptions import RequestException
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from aidline.errors import ProviderUnavailable
from aidline.settings import Settings
from channels.sms.delivery import Provider, Refused

__all__ = ["SimulatorProvider", "TwilioProvider", "provider_for"]

_TIMEOUT_SECONDS = 10
_TRY_AGAIN = 500


class TwilioProvider:
    """Sends through Twilio's REST API with its own client."""

    def __init__(
        self, account_sid: str, auth_token: str, sender: str, callback: str, api: Client | None = None
    ) -> None:
        http = TwilioHttpClient(timeout=_TIMEOUT_SECONDS)
        self._client = api or Client(account_sid, auth_token, http_client=http)
        self._sender, self._callback = sender, callback

    def send(self, to: str, body: str) -> str:
        """Gives the MessageSid. Raises ProviderUnavailable (try again) or Refused (never)."""
        origin = "messaging_service_sid" if self._sender.startswith("MG") else "from_"
        try:
            message = self._client.messages.create(
                to=to, body=body, status_callback=self._callback, **{origin: self._sender}
            )
        except TwilioRestException as error:
            if error.status >= _TRY_AGAIN or error.status == 429:
                raise ProviderUnavailable(f"Twilio answered {error.status}.") from error
            raise Refused(str(error.code)) from error
        except RequestException as error:
            raise ProviderUnavailable(f"Twilio did not answer ({type(error).__name__}).") from error
        return str(message.sid)


class SimulatorProvider:
    """Leaves the text in the outbox, where the phone simulator shows it."""

    def send(self, to: str, body: str) -> str:
        """Gives an id like a provider's."""
        return f"SIM{uuid4().hex}"


def provider_for(settings: Settings) -> Provider:
    """Twilio where it is set up, else the simulator."""
    if settings.twilio_account_sid and settings.twilio_auth_tokens and settings.twilio_from:
        token = settings.twilio_auth_tokens.get_secret_value().split(",")[0].strip()
        callback = f"{settings.site}/sms/twilio/status"
        return TwilioProvider(settings.twilio_account_sid, token, settings.twilio_from, callback)
    return SimulatorProvider()
