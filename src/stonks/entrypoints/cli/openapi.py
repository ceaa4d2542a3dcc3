"""``stonks openapi``."""

import click


@click.command()
@click.option("--asyncapi", is_flag=True, help="The socket protocol instead, as AsyncAPI 3.")
@click.option("--webhooks", is_flag=True, help="What webhooks are sent instead, as Markdown.")
def openapi(asyncapi: bool, webhooks: bool) -> None:
    """Print the HTTP API as an OpenAPI 3.1 document."""
    from stonks.entrypoints.http.documents.event_reference import event_reference
    from stonks.entrypoints.http.documents.rendering import asyncapi_json

    if asyncapi and webhooks:
        raise click.UsageError("--asyncapi and --webhooks exclude each other")
    if webhooks:
        click.echo(event_reference(), nl=False)
        return
    click.echo(asyncapi_json() if asyncapi else _openapi_json(), nl=False)


def _openapi_json() -> bytes:
    """The document of an app that stores nothing: it depends on no setting."""
    from flask import Flask

    from stonks.entrypoints.container import Container
    from stonks.entrypoints.http.api import register_api
    from stonks.entrypoints.http.documents.rendering import openapi_json
    from stonks.entrypoints.settings import Settings

    container = Container(settings=Settings(database_url="memory:", redis_url="memory:"))
    return openapi_json(register_api(Flask("stonks"), container))
