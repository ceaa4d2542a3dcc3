"""``stonks worker``."""

import os

import click


@click.command()
def worker() -> None:
    """Do what can wait: notifications, mail and pushes, as tasks of Celery."""
    from stonks.entrypoints.work.worker import work_forever

    work_forever(os.environ)
