"""Servers of HOSTs that are told of events, without a network."""

import json
from collections.abc import Mapping

from stonks.adapters.memory.egress import MemoryEgress
from stonks.application.egress.ports import Answer


class WillingReceivers(MemoryEgress):
    """``MemoryEgress`` that answers challenges so, unless its script says otherwise."""

    form = "{}"

    def post(
        self,
        url: str,
        body: bytes,
        headers: Mapping[str, str],
        *,
        seconds: float = 10.0,
        largest: int = 4096,
    ) -> Answer:
        is_scripted = bool(self.script)
        answer = super().post(url, body, headers, seconds=seconds, largest=largest)
        if is_scripted or "webhook-id" not in headers:
            return answer
        challenge = json.loads(body)["data"].get("challenge", "")
        return Answer(200, {}, self.form.format(challenge).encode())
