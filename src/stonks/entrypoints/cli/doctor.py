"""``stonks doctor``."""

import sys
from itertools import chain

import click

from stonks.entrypoints.settings import read_settings


@click.command()
def doctor() -> None:
    """Look at settings, stores and machine, and say how to mend what is not well."""
    from stonks.entrypoints.diagnosis.database import look_at_database
    from stonks.entrypoints.diagnosis.machine import (
        look_at_key,
        look_at_open_files,
        look_at_settings,
    )
    from stonks.entrypoints.diagnosis.mail import look_at_mail
    from stonks.entrypoints.diagnosis.notifiers import look_at_notifiers
    from stonks.entrypoints.diagnosis.push import look_at_push
    from stonks.entrypoints.diagnosis.redis import look_at_redis
    from stonks.entrypoints.diagnosis.sealing import look_at_sealing
    from stonks.entrypoints.diagnosis.work import look_at_work

    settings = read_settings()
    stores = (look_at_database, look_at_redis, look_at_mail)
    keys = (look_at_key, look_at_sealing, look_at_push)
    looks = (look_at_settings, *stores, look_at_work, look_at_notifiers, *keys, look_at_open_files)
    findings = list(chain.from_iterable(look(settings) for look in looks))
    for finding in findings:
        mark = "ok " if finding.is_well else "ILL"
        click.echo(f"{mark}  {finding.subject:<10}  {finding.what}")
        if finding.mend:
            click.echo(f"{'':17}→ {finding.mend}")
    sys.exit(any(not finding.is_well for finding in findings))
