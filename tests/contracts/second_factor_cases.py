"""The use cases of second factors on any store, with codes that an app would show."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from oathtool import generate_otp

from stonks.adapters.clock import new_id
from stonks.adapters.limits import LimitedThrottle, memory_windows
from stonks.adapters.sealing import AesSealer, new_sealing_key, read_key
from stonks.adapters.second_factors import PyotpCodes, new_recovery_codes
from stonks.application.identity.admission import Admit, HalfSignedIn
from stonks.application.identity.grants import Grant
from stonks.application.identity.second_factors.changing import TellAndEnd
from stonks.application.identity.second_factors.check_code import CheckCode
from stonks.application.identity.second_factors.confirm_totp import ConfirmTotp
from stonks.application.identity.second_factors.end_totp import EndTotp
from stonks.application.identity.second_factors.finish_login import FinishLogin
from stonks.application.identity.second_factors.limits import Guesses
from stonks.application.identity.second_factors.reauthenticate import Reauthenticate
from stonks.application.identity.second_factors.renew_recovery_codes import RenewRecoveryCodes
from stonks.application.identity.second_factors.reseal_secrets import ResealSecrets
from stonks.application.identity.second_factors.start_totp import StartTotp
from stonks.domain.identity.profile import Profile
from stonks.domain.identity.totp import STEP_SECONDS
from stonks.domain.ids import ProfileId, SessionId
from tests.contracts.identity_cases import HOME, IdentityCases, MovableClock

ADDRESS = HOME["address"]


def a_sealer(*keys: str) -> AesSealer:
    return AesSealer([read_key(key) for key in keys or [new_sealing_key()]])


def _middle_of_this_step() -> datetime:
    """So that no step ends while a test is at it."""
    seconds = int(datetime.now(UTC).timestamp())
    return datetime.fromtimestamp(seconds - seconds % STEP_SECONDS + STEP_SECONDS // 2, UTC)


@dataclass(slots=True)
class StillClock(MovableClock):
    """The time in the middle of a step, until the test moves it."""

    start: datetime = field(default_factory=_middle_of_this_step)

    def __call__(self) -> datetime:
        return self.start + self.ahead


@dataclass(slots=True)
class App:
    """An authenticator app, by a library that is not the one that checks."""

    secret: str
    now: Callable[[], float]

    def code(self, steps: int = 0) -> str:
        """What it shows, so many steps of 30 s from now."""
        return str(generate_otp(self.secret, hotp_value=int(self.now()) // STEP_SECONDS + steps))


@dataclass(slots=True)
class SecondFactorCases:
    """Every use case of second factors beside those of identity; ``scale`` is of the limits."""

    cases: IdentityCases
    scale: float = 1
    sealer: AesSealer = field(default_factory=a_sealer)
    codes: PyotpCodes = field(default_factory=lambda: PyotpCodes("stonks.example"))
    guesses: Guesses = field(init=False)

    def __post_init__(self) -> None:
        self.cases.clock = StillClock()
        self.guesses = Guesses(LimitedThrottle(memory_windows(), self.scale))

    @property
    def check(self) -> CheckCode:
        return CheckCode(self.sealer, self.codes, new_id)

    @property
    def start(self) -> StartTotp:
        return StartTotp(self.cases.store.begin, self.sealer, self.codes, self.cases.clock)

    @property
    def confirm(self) -> ConfirmTotp:
        return ConfirmTotp(
            self.cases.store.begin,
            self.sealer,
            self.codes,
            new_recovery_codes,
            self.guesses,
            TellAndEnd(new_id),
            self.cases.signals,
            self.cases.clock,
        )

    @property
    def end(self) -> EndTotp:
        begin, signals = self.cases.store.begin, self.cases.signals
        return EndTotp(begin, TellAndEnd(new_id), signals, self.cases.clock)

    @property
    def renew(self) -> RenewRecoveryCodes:
        clock = self.cases.clock
        return RenewRecoveryCodes(self.cases.store.begin, new_recovery_codes, clock, new_id)

    @property
    def finish(self) -> FinishLogin:
        begin, grants = self.cases.store.begin, self.cases.grants
        return FinishLogin(begin, grants, self.check, self.guesses, self.cases.clock)

    @property
    def reauthenticate(self) -> Reauthenticate:
        cases = self.cases
        store = cases.store
        return Reauthenticate(
            store.begin, store.reads, cases.passwords, self.check, self.guesses, cases.clock
        )

    @property
    def reseal(self) -> ResealSecrets:
        return ResealSecrets(self.cases.store.begin, self.sealer)

    def app(self, secret: str) -> App:
        return App(secret, lambda: self.cases.clock().timestamp())

    def enter(self, profile: Profile) -> Grant | HalfSignedIn:
        """What a first proof is worth to this person."""
        at = self.cases.clock()
        with self.cases.store.begin() as work:
            locked = work.profiles.lock(profile.id)
            return Admit(self.cases.grants)(work, locked, device="Firefox", at=at)

    def half(self, profile: Profile) -> str:
        entry = self.enter(profile)
        assert isinstance(entry, HalfSignedIn)
        return entry.token

    def turn_on(self, actor: ProfileId, session_id: SessionId) -> tuple[App, Sequence[str]]:
        """An app that was confirmed by the code before the present one, and recovery codes."""
        app = self.app(self.start(actor=actor, session_id=session_id).secret)
        given = {"actor": actor, "session_id": session_id, "address": ADDRESS}
        return app, self.confirm(code=app.code(-1), **given)
