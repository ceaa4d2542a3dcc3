"""The ways in which people are told. A notifier that a team adds brings one of its own."""

IN_APP = "inApp"
"""Live, on whatever socket the person has open; the inbox has it either way."""
PUSH = "push"
"""Each device that the person registered."""
EMAIL = "email"
"""Instead, where the person is shown nothing live and has no device."""
