"""How whoever has made work tells those who do it."""

from dependency_injector import providers

from stonks.adapters.celery import CeleryHint, hints_app
from stonks.entrypoints.containers.foundation import Foundation
from stonks.entrypoints.work.local import LocalHint


class HintsContainer(Foundation):
    hint = providers.Selector(
        Foundation.settings.provided.signals,
        memory=providers.Singleton(LocalHint),
        redis=providers.Singleton(
            CeleryHint, providers.Singleton(hints_app, Foundation.settings.provided.redis_url)
        ),
    )
