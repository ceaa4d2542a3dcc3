"""What Stonks is to one issuer."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class OidcClient:
    """A registration at an issuer: its address, and as whom Stonks is known there.

    ``redirect_uri`` is where it sends people back to, exactly as it is registered.
    """

    name: str
    label: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    scopes: str
    redirect_uri: str
