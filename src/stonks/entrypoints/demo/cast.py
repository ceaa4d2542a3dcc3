"""Who plays in the demo."""

from collections.abc import Mapping
from types import MappingProxyType

HOST = "mira"
GUEST = "guest"
CAST: Mapping[str, str] = MappingProxyType(
    {
        HOST: "Mira Aldana",
        "pim": "Pim Verbeek",
        "odile": "Odile Marchetti",
        "juno": "Juno Sefton",
        "wren": "Wren Okonjo",
        "tobi": "Tobi Lindner",
        "rook": "Rook Halloran",
    }
)
GUESTS: Mapping[str, str] = MappingProxyType({GUEST: "A Guest"})  # for whoever wants to try

SLUG = "lounge"
TITLE = "A synthesizer in a biscuit tin"
DESCRIPTION = (
    "Every evening at the bench: soldering, patching, and a cat. Ask anything; yellow is audio."
)
