"""What docs/webhooks.md shows receivers works when it is pasted."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from shutil import which

import pytest

from stonks.adapters.clock import now
from stonks.adapters.webhooks.signing import StandardSign, new_secret, written_secret
from tests.integration.docs.test_pasting import ROOT, blocks
from tests.integration.notifications.works import wait_until
from tests.integration.servers import free_port

PAGE = "docs/webhooks.md"
BODY = '{"type":"webhook.test","data":{"said":"Gr\u00fc\u00dfe \U0001f44b"}}'.encode()
ID = "evt_01980a4e7d3c7b538a210c9d5b7e4f22_17"
OLD, NEW = new_secret(), new_secret()


def needs(program: str) -> None:
    """Skips, loudly, where it is missing; in CI it never is."""
    if which(program) is None:
        missing = f"what {PAGE} shows for {program} needs it"
        if os.environ.get("CI", "").lower() in ("1", "true"):
            pytest.fail(missing)
        pytest.skip(f"NOT TESTED: {missing}")


def is_listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def sent(*secrets: bytes, ago: timedelta = timedelta(0)) -> dict[str, str]:
    """Headers as Stonks sends them."""
    at = now() - ago
    return {
        "webhook-id": ID,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": StandardSign()(secrets, ID, at, BODY),
    }


@dataclass(frozen=True, slots=True)
class Case:
    headers: Mapping[str, str]
    is_ours: bool
    body: bytes = BODY


def cases() -> dict[str, Case]:
    """Made when they are tried: what was signed minutes ago is too old."""
    return {
        "signed": Case(sent(NEW), is_ours=True),
        "signed by both while the secret changes": Case(sent(OLD, NEW), is_ours=True),
        "signed by another": Case(sent(OLD), is_ours=False),
        "changed": Case(sent(NEW), is_ours=False, body=BODY.replace(b"said", b"sold")),
        "replayed by somebody after ten minutes": Case(
            sent(NEW, ago=timedelta(minutes=10)), is_ours=False
        ),
        "dated ahead": Case(sent(NEW, ago=-timedelta(minutes=10)), is_ours=False),
        "of another id": Case(sent(NEW) | {"webhook-id": "evt_other"}, is_ours=False),
        "without a signature": Case(
            {name: value for name, value in sent(NEW).items() if "signature" not in name},
            is_ours=False,
        ),
        "without a time": Case(
            {name: value for name, value in sent(NEW).items() if "timestamp" not in name},
            is_ours=False,
        ),
        "with a signature of a version to come": Case(
            sent(NEW) | {"webhook-signature": "v2,AAAA"}, is_ours=False
        ),
    }


def given() -> list[dict[str, object]]:
    return [
        {"headers": dict(case.headers), "body": case.body.decode(), "secret": written_secret(NEW)}
        for case in cases().values()
    ]


IN_PYTHON = """
import json, sys
from pasted import verify
for each in json.load(sys.stdin):
    try:
        verify(each["secret"], each["headers"], each["body"].encode())["type"]
        print("ours")
    except Exception as error:
        print(type(error).__name__)
"""
IN_NODE = """
import { readFileSync } from "node:fs";
import { verify } from "./pasted.mjs";
for (const { secret, headers, body } of JSON.parse(readFileSync(0, "utf8"))) {
  try {
    verify(secret, headers, Buffer.from(body)).type;
    console.log("ours");
  } catch (error) {
    console.log(error.message);
  }
}
"""


def ran(folder: Path, *command: str) -> list[str]:
    """What the program says of each case."""
    done = subprocess.run(
        command, cwd=folder, input=json.dumps(given()), capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


EXPECTED = [case.is_ours for case in cases().values()]


def test_python_takes_what_is_ours_and_nothing_else(tmp_path: Path) -> None:
    (block,) = blocks(PAGE, "python")
    (tmp_path / "pasted.py").write_text(block)
    (tmp_path / "try.py").write_text(IN_PYTHON)
    said = ran(tmp_path, sys.executable, "try.py")
    assert [answer == "ours" for answer in said] == EXPECTED
    assert {*said} == {"ours", "WebhookVerificationError"}


def test_node_takes_what_is_ours_and_nothing_else(tmp_path: Path) -> None:
    needs("node")
    (block,) = blocks(PAGE, "js")
    (tmp_path / "pasted.mjs").write_text(block)
    (tmp_path / "try.mjs").write_text(IN_NODE)
    said = ran(tmp_path, "node", "try.mjs")
    assert [answer == "ours" for answer in said] == EXPECTED
    assert {*said} == {"ours", "not sent by Stonks", "too old, or too new"}


@pytest.fixture
def receiver(tmp_path: Path) -> Iterator[str]:
    """The example receiver, by its URL."""
    port = free_port()
    process = subprocess.Popen(
        [
            sys.executable,
            str(ROOT / "examples/webhook-receiver/receiver.py"),
            str(port),
            str(tmp_path / "events.jsonl"),
        ],
        env={"WEBHOOK_SECRET": written_secret(NEW), "PATH": os.environ["PATH"]},
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until(lambda: is_listening(port), "the receiver listens")
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize(("secret", "status"), [(NEW, "200"), (OLD, "401")], ids=["right", "wrong"])
def test_curl_sends_a_receiver_what_stonks_would(
    receiver: str, tmp_path: Path, secret: bytes, status: str
) -> None:
    needs("curl")
    needs("openssl")
    (block,) = blocks(PAGE, "sh")
    done = subprocess.run(
        ["sh", "-euc", block],
        env={
            "WEBHOOK_SECRET": written_secret(secret),
            "RECEIVER": receiver,
            "PATH": os.environ["PATH"],
        },
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout.strip()) == (0, status), done.stderr
    taken = (tmp_path / "events.jsonl").read_text().splitlines()
    assert [json.loads(line)["id"] for line in taken] == (["evt_try"] if status == "200" else [])
