"""One room on Flask-SocketIO with gevent: what one says, everyone gets."""

from gevent import monkey

monkey.patch_all()

import sys  # noqa: E402

from flask import Flask  # noqa: E402
from flask_socketio import SocketIO, join_room, send  # noqa: E402

app = Flask(__name__)
socketio = SocketIO(app, async_mode="gevent")


@socketio.on("connect")
def enter() -> None:
    join_room("room")


@socketio.on("message")
def tell(text: str) -> None:
    send(text, to="room")


socketio.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_output=False)
