"""gunicorn's own log, through the same chain as everything else."""

from gunicorn.config import Config
from gunicorn.glogging import Logger


class GunicornLog(Logger):
    """Hands all lines on; requests are logged by the app."""

    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            log.handlers.clear()
            log.propagate = True
