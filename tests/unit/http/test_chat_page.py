"""What the page of a channel says of its log."""

import re

from stonks.domain.chat.entry import EntryKind
from tests.contracts.http import Browser


def test_each_kind_of_entry_has_its_own_sentence(browser: Browser) -> None:
    script = browser.app.test_client().get("/assets/sentences.js").text
    _, _, table = script.partition("const SENTENCES = {")
    spelt = re.findall(r"^  (\w+): ", table.partition("\n};")[0], re.MULTILINE)
    assert len(spelt) == len(set(spelt))
    assert set(spelt) == set(EntryKind) - {EntryKind.MESSAGE}
