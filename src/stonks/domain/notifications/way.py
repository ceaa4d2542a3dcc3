"""The ways in which people are told. A notifier that a team adds brings one of its own."""

IN_APP = "inApp"
"""The inbox, and live on whatever socket the person has open."""
PUSH = "push"
"""Each device that the person registered."""
EMAIL = "email"
"""Instead of a push, where the person is offline and has no device."""
