"""Imported before anything that blocks: makes sockets, locks and PostgreSQL wait for gevent."""

from gevent import monkey

monkey.patch_all()

from psycogreen.gevent import patch_psycopg  # noqa: E402 - after the patch, or it is in vain

patch_psycopg()
