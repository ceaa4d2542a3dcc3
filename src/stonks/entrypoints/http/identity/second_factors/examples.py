"""Examples of second factors; codes and tokens alone are of no use to anybody."""

from stonks.adapters.second_factors import qr_svg
from stonks.entrypoints.http.identity.examples import PASSWORD

MFA_TOKEN = "Zk3v9Yq0T5nW1xRb7cLd2eFg4hJm6pSt8uVwXyZaBcE"  # noqa: S105 -- an example
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 -- an example
URI = f"otpauth://totp/localhost:mara?secret={SECRET}&issuer=localhost"
CODE = {"code": "492039"}
FINISH_LOGIN = {"mfaToken": MFA_TOKEN, "code": "492039"}
REAUTHENTICATE = {"password": PASSWORD}
HALF_SIGNED_IN = {
    "mfaRequired": True,
    "mfaToken": MFA_TOKEN,
    "ways": ["totp", "recovery_code"],
    "expiresIn": 600,
}
SECOND_FACTORS = {"totp": True, "passkeys": 0, "recoveryCodesLeft": 10}
NEW_TOTP = {"secret": SECRET, "otpauthUri": URI, "qrSvg": qr_svg(URI, title="A QR code")[:90] + "…"}
CODES = [
    *("48pyd-1why6-c6fn8", "vajxj-3625t-mss6s", "y39yk-j1yv9-nrdhj", "ne2f3-3ahcy-sdc0v"),
    *("m42th-bm16y-e3085", "a87ma-xkef0-kjyv9", "6ra1k-td5x9-jthb6", "pjd9b-514w1-1qf2y"),
    *("0ykgx-0kkzg-5cx9r", "cjzdt-4cd4k-p3ge3"),
]
RECOVERY_CODES = {"recoveryCodes": CODES}
