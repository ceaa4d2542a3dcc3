"""Under gevent a hash holds up nobody else."""

import subprocess
import sys

SCRIPT = """
from gevent import monkey; monkey.patch_all()
import gevent
from stonks.adapters.passwords import PwdlibPasswords, Turns, argon2id

passwords = PwdlibPasswords(argon2id(), Turns(at_once=2))
beats = 0

def beat():
    global beats
    while True:
        gevent.sleep(0.001)
        beats += 1

gevent.spawn(beat)
gevent.sleep(0.01)
beats = 0
hashing = [gevent.spawn(passwords.hash, "seven lanterns") for _ in range(6)]
gevent.joinall(hashing, raise_error=True)
assert all(passwords.match("seven lanterns", job.value).is_right for job in hashing)
print(beats)
"""


def test_the_hub_goes_on_while_passwords_are_hashed() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, timeout=60, check=True
    )
    assert int(ran.stdout) >= 10
