# One image for every process; what it runs is its command: serve, migrate, keys, staff …
FROM python:3.13-slim AS build

WORKDIR /build
RUN python -m venv /opt/stonks
COPY setup.cfg pyproject.toml constraints.txt README.md LICENSE ./
COPY src src
RUN /opt/stonks/bin/pip install --no-cache-dir --disable-pip-version-check -c constraints.txt '.[s3]'


FROM python:3.13-slim

# /keys and /media are volumes; whoever runs Stonks must be able to write them
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin stonks \
    && install -d -o stonks -g stonks -m 0700 /keys /media
COPY --from=build /opt/stonks /opt/stonks

ENV PATH=/opt/stonks/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    STONKS_HOST=0.0.0.0 \
    STONKS_LOG_FORMAT=json
USER stonks
WORKDIR /tmp
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
ENTRYPOINT ["stonks"]
CMD ["serve"]
