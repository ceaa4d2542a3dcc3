"""Media and avatars, wired."""

from dependency_injector import providers

from stonks.adapters.media.pillow import PillowImages
from stonks.adapters.media.settled import media_store
from stonks.adapters.tokens import new_secret
from stonks.application.identity.avatars.forget_avatars import ForgetAvatars
from stonks.application.identity.avatars.remove_avatar import RemoveAvatar
from stonks.application.identity.avatars.set_avatar import SetAvatar
from stonks.application.media.ports import MediaStore
from stonks.entrypoints.containers.identity import IdentityContainer
from stonks.entrypoints.settings import Settings


def _store(settings: Settings) -> MediaStore:
    forgetful = settings.storage == "memory"
    return media_store(
        settings.media_url or ("memory:" if forgetful else "folder:"),
        var=settings.var,
        here=f"{settings.public_url}/media",
        public=settings.media_public_url,
        key=settings.media_key,
        secret=settings.media_secret,
    )


class MediaContainer(IdentityContainer):
    media = providers.Singleton(_store, IdentityContainer.settings)
    images = providers.Singleton(PillowImages)
    forget_avatars = providers.Singleton(
        ForgetAvatars, IdentityContainer.begin_identity, media, IdentityContainer.now
    )
    set_avatar = providers.Singleton(
        SetAvatar,
        begin=IdentityContainer.begin_identity,
        images=images,
        media=media,
        forget=forget_avatars,
        throttle=IdentityContainer.throttle,
        new_secret=providers.Object(new_secret),
        now=IdentityContainer.now,
    )
    remove_avatar = providers.Singleton(
        RemoveAvatar, IdentityContainer.begin_identity, forget_avatars, IdentityContainer.now
    )
