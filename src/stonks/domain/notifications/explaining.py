"""Why somebody was told by one way, or not, in words: whoever reads may be staff, so no "you"."""

from collections.abc import Mapping

from stonks.domain.notifications.way import EMAIL, IN_APP

UNKNOWN = "This way gave a reason of its own."
"""Of a notifier that a team added."""
REASONS: Mapping[str, str] = {
    "always": "Wanted by this way, whether online or not.",
    "device": "Wanted on this device.",
    "inactive": "The profile was not active.",
    "not_wanted": "Turned off in the preferences.",
    "over": "It was over before its turn came.",
    "read": "It had been read before.",
    "not_followed": "They no longer followed who it is about, or had turned the bell off.",
    "no_device": "No browser was registered for pushes.",
    "has_device": "A push went to a device instead.",
    "devices_gone": "The device for pushes is gone, so a mail takes its place.",
    "no_proven_email": "The e-mail address is not confirmed.",
    "notice_gone": "Whom it was about has left Stonks.",
    "target_gone": "The device, or the e-mail address, was theirs no more.",
    "retried": "It left when it was tried again.",
    "sender_died": "The server stopped while it was being sent, and it is never sent twice.",
    "notifier_failed": "It failed while it was being sent, and it is never sent twice.",
    "push_without_device": "There was no device to push to.",
    "push_bad_keys": "Its keys are no good; the device was forgotten.",
    "push_gone": "The browser gave its registration up; the device was forgotten.",
    "push_limited": "The push service asked for fewer requests; it is tried again.",
    "push_unavailable": "The push service had a fault; it is tried again.",
    "push_unreachable": "The push service could not be reached; it is tried again.",
    "push_uncertain": "The push service did not answer; it may have arrived, so that was all.",
    "push_forbidden": "Its address leads to where nothing public is.",
    "push_unauthorized": "The push service did not take the key of this Stonks.",
    "push_malformed": "The push service did not understand it.",
    "push_too_large": "The push service found it too large.",
    "push_refused": "The push service refused it.",
    "mail_unavailable": "The mail server did not take it; it is tried again.",
    "mail_uncertain": "The mail server went away; it may have arrived, so that was all.",
    "mail_refused": "The mail server refused it.",
    "address_unfit_for_url": "The e-mail address has characters that this way cannot carry.",
    "apprise_refused": "The service behind this way did not take it.",
}
BY_WAY: Mapping[tuple[str, str], str] = {
    (IN_APP, "online"): "Shown at once on every open page.",
    (IN_APP, "offline"): "No page was open, so it waits in the inbox.",
    (EMAIL, "online"): "Stonks was open, where it was shown.",
    (EMAIL, "offline"): "No page was open, and no device was to get pushes.",
    (EMAIL, "always"): "Must not be missed, so it is mailed in any case.",
    (EMAIL, "not_shown"): "Not wanted on open pages, and no device was to get pushes.",
}


def explain(way: str, reason: str) -> str:
    """One sentence, also for reasons that a notifier brought along."""
    return BY_WAY.get((way, reason)) or REASONS.get(reason, UNKNOWN)
