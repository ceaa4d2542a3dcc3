"""The notifier that pushes to browsers."""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field

from stonks.adapters.egress.urls import read_url
from stonks.adapters.webpush.encryption import encrypted, read_auth
from stonks.adapters.webpush.outcomes import outcome_of, outcome_without
from stonks.adapters.webpush.patience import Patience
from stonks.adapters.webpush.payload import payload, topic, ttl, urgency
from stonks.adapters.webpush.silence import Silence
from stonks.adapters.webpush.vapid import Vapid
from stonks.application.egress.ports import Egress
from stonks.application.notifications.notifier import Delivery, Device, Outcome, Send, Verdict
from stonks.application.ports import Clock
from stonks.domain.errors import Invalid, Unavailable
from stonks.domain.notifications.way import PUSH

SILENT = Outcome(Verdict.LATER, "push_unreachable")
LARGEST_ANSWER = 1024


@dataclass(frozen=True, slots=True)
class WebPushNotifier:
    """``Notifier`` by Web Push. Connections belong to the egress, and outlast a ``sending``."""

    egress: Egress
    vapid: Vapid
    public_url: str
    now: Clock
    silence: Silence = field(default_factory=Silence)
    patience: Patience = field(default_factory=Patience)

    @property
    def way(self) -> str:
        return PUSH

    def sending(self) -> AbstractContextManager[Send]:
        return nullcontext(self._send)

    def _send(self, delivery: Delivery, /) -> Outcome:
        device = delivery.device
        if device is None:
            return Outcome(Verdict.REFUSED, "push_without_device")
        try:
            body = encrypted(payload(delivery, self.public_url), device)
        except ValueError:
            return Outcome(Verdict.GONE, "push_bad_keys")
        try:
            return self._posted(delivery, device, body, read_url(device.endpoint).origin)
        except Invalid as refusal:
            return outcome_without(refusal)

    def _posted(self, delivery: Delivery, device: Device, body: bytes, origin: str) -> Outcome:
        if self.silence.is_kept_by(origin):
            return SILENT
        headers, began = self._headers(delivery, device, origin), self.silence.clock()
        try:
            answer = self.egress.post(
                device.endpoint,
                body,
                headers,
                seconds=self.patience.seconds(origin),
                largest=LARGEST_ANSWER,
            )
        except Unavailable as refusal:
            self.silence.not_heard(origin, began)
            self.patience.not_heard(origin)
            return outcome_without(refusal)
        self.silence.heard(origin)
        self.patience.heard(origin)
        return outcome_of(answer, self.now())

    def _headers(self, delivery: Delivery, device: Device, origin: str) -> dict[str, str]:
        return {
            "Authorization": self.vapid.authorization(origin),
            "Content-Type": "application/octet-stream",
            "Content-Encoding": "aes128gcm",
            "TTL": str(ttl(delivery.kind)),
            "Urgency": urgency(delivery.kind),
            "Topic": topic(delivery, read_auth(device.auth)),
        }
