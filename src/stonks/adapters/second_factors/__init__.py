"""Codes of authenticator apps by pyotp, QR codes by segno, recovery codes from the system."""

from stonks.adapters.second_factors.qr import qr_svg
from stonks.adapters.second_factors.recovery import new_recovery_codes
from stonks.adapters.second_factors.totp import PyotpCodes

__all__ = ["PyotpCodes", "new_recovery_codes", "qr_svg"]
