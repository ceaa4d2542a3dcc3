"""The use cases of identity on any store, with quick hashes and a clock in the test's hand."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from pwdlib.hashers.argon2 import Argon2Hasher

from stonks.adapters.clock import new_id
from stonks.adapters.limits import LimitedAttempts, LimitedThrottle, memory_windows
from stonks.adapters.memory.identity import MemorySessionSignals
from stonks.adapters.passwords import PwdlibPasswords, Turns, ZxcvbnCommonPasswords
from stonks.adapters.tokens import JwtTokens, new_secret
from stonks.application.identity.admission import Admit
from stonks.application.identity.authenticate import Authenticate
from stonks.application.identity.change_profile import ChangeProfile
from stonks.application.identity.deactivate_profile import DeactivateProfile
from stonks.application.identity.grant_staff import GrantStaff
from stonks.application.identity.grants import Grant, Grants
from stonks.application.identity.hand_back_token import HandBackToken
from stonks.application.identity.log_in import LogIn
from stonks.application.identity.log_out import LogOut
from stonks.application.identity.refresh_session import RefreshSession
from stonks.application.identity.revoke_staff import RevokeStaff
from stonks.application.identity.sessions.change_password import ChangePassword
from stonks.application.identity.sign_up import SignUp
from stonks.domain.identity.profile import Profile
from stonks.domain.ids import ProfileId, SessionId
from tests.contracts.identity import IdentityStore
from tests.contracts.tokens import KEY

PASSWORD = "seven lanterns over the harbour"
HOME = {"device": "Firefox", "address": "192.0.2.1"}
COMMON = ZxcvbnCommonPasswords()
QUICK = Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass(slots=True)
class MovableClock:
    """The time now, until the test moves it."""

    ahead: timedelta = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def pass_(self, seconds: float) -> None:
        self.ahead += timedelta(seconds=seconds)


@dataclass(slots=True)
class IdentityCases:
    """Every use case of identity on one store."""

    store: IdentityStore
    clock: MovableClock = field(default_factory=MovableClock)
    ended: list[SessionId] = field(default_factory=list)
    changed: list[ProfileId] = field(default_factory=list)
    throttle: LimitedThrottle = field(default_factory=lambda: LimitedThrottle(memory_windows()))
    attempts: LimitedAttempts = field(default_factory=lambda: LimitedAttempts(memory_windows()))
    passwords: PwdlibPasswords = field(default_factory=lambda: PwdlibPasswords(QUICK, Turns()))
    tokens: JwtTokens = field(default_factory=lambda: JwtTokens(KEY))
    signals: MemorySessionSignals = field(default_factory=MemorySessionSignals)

    def __post_init__(self) -> None:
        self.signals.listeners.append(self._note)
        self.signals.onlookers.append(self.changed.append)

    def _note(self, ids: Collection[SessionId]) -> None:
        self.ended.extend(ids)

    @property
    def grants(self) -> Grants:
        access, refresh = timedelta(minutes=15), timedelta(days=30)
        return Grants(self.tokens, new_secret, new_id, access, refresh)

    @property
    def sign_up(self) -> SignUp:
        return SignUp(
            self.store.begin,
            self.passwords,
            COMMON,
            self.attempts,
            self.grants,
            self.clock,
            new_id,
        )

    @property
    def log_in(self) -> LogIn:
        return LogIn(
            self.store.begin,
            self.store.reads,
            self.passwords,
            self.attempts,
            Admit(self.grants),
            self.clock,
        )

    @property
    def refresh(self) -> RefreshSession:
        return RefreshSession(
            self.store.begin,
            self.store.reads,
            self.grants,
            self.signals,
            self.clock,
            self.clock.pass_,
        )

    @property
    def log_out(self) -> LogOut:
        return LogOut(self.store.begin, self.signals, self.clock)

    @property
    def hand_back(self) -> HandBackToken:
        return HandBackToken(self.store.reads, self.log_out)

    @property
    def change(self) -> ChangeProfile:
        return ChangeProfile(self.store.begin, self.throttle, self.clock, new_id)

    @property
    def change_password(self) -> ChangePassword:
        return ChangePassword(
            self.store.begin,
            self.store.reads,
            self.passwords,
            COMMON,
            self.throttle,
            self.signals,
            self.clock,
            new_id,
        )

    @property
    def deactivate(self) -> DeactivateProfile:
        return DeactivateProfile(self.store.begin, self.signals, self.clock, new_id)

    @property
    def grant_staff(self) -> GrantStaff:
        return GrantStaff(self.store.begin, self.signals, self.clock, new_id)

    @property
    def revoke_staff(self) -> RevokeStaff:
        return RevokeStaff(self.store.begin, self.signals, self.clock, new_id)

    @property
    def authenticate(self) -> Authenticate:
        return Authenticate(self.tokens, self.store.reads, self.clock)

    def member(self, username: str = "mara", email: str | None = None) -> tuple[Profile, Grant]:
        """Somebody who has just signed up."""
        return self.sign_up(
            full_name="Mara Lindqvist",
            username=username,
            email=email or f"{username}@example.org",
            password=PASSWORD,
            **HOME,
        )
