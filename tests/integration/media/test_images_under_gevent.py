"""Under gevent an image of 40 megapixels holds up nobody else."""

import subprocess
import sys

import pytest

SCRIPT = """
from gevent import monkey; monkey.patch_all()
import sys
import gevent
from io import BytesIO
from PIL import Image
from stonks.adapters.media.pillow import PillowImages

kind = sys.argv[1]
file, options = BytesIO(), {"PNG": {"compress_level": 1}, "WEBP": {"method": 0, "quality": 10}}
large = Image.linear_gradient("L").resize((8000, 5000)).convert("RGB")
large.save(file, kind, **options.get(kind, {}))
beats = 0

def beat():
    global beats
    while True:
        gevent.sleep(0.001)
        beats += 1

gevent.spawn(beat)
gevent.sleep(0.01)
beats = 0
squares = gevent.spawn(PillowImages().squares, file.getvalue(), (64, 256, 512)).get()
assert set(squares) == {64, 256, 512}
print(beats)
"""


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_hub_goes_on_while_a_large_image_is_made(kind: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT, kind],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert int(ran.stdout) >= 10
