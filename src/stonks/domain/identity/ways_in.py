"""By what a person can sign in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WaysIn:
    """Everything that lets somebody in by itself, or with a second factor after it."""

    password: bool = False
    verified_email: bool = False
    passkeys: int = 0
    identities: int = 0

    @property
    def are_more_than_one(self) -> bool:
        """Whether one of them may go."""
        return self.password + self.verified_email + self.passkeys + self.identities > 1
