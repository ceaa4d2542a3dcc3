"""``stonks serve``."""

import click

from stonks.entrypoints.cli.overrides import with_options


@click.command()
@click.option("--host", help="The address to listen on (STONKS_HOST).")
@click.option("--port", help="The port to listen on (STONKS_PORT).")
@click.option("--workers", "web_workers", help="Web processes (STONKS_WEB_WORKERS).")
def serve(host: str | None, port: str | None, web_workers: str | None) -> None:
    """Serve HTTP and sockets."""
    from stonks.entrypoints.web.serving import serve_forever  # patches as it is imported

    serve_forever(with_options(host=host, port=port, web_workers=web_workers))
