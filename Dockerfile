# The program in a virtual environment with the locked dependencies, then an image with nothing but that environment.
FROM python:3.11-slim-bookworm AS build
WORKDIR /src
RUN python -m venv /opt/giaoban
COPY requirements.lock ./
RUN /opt/giaoban/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY handlers handlers
COPY storage storage
COPY config config
RUN /opt/giaoban/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps .

FROM python:3.11-slim-bookworm
RUN apt-get update -q && apt-get install -y -q --no-install-recommends tesseract-ocr tesseract-ocr-vie \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin giaoban \
 && install -d -o giaoban -g giaoban -m 0700 /data
COPY --from=build /opt/giaoban /opt/giaoban
ENV PATH=/opt/giaoban/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    GIAOBAN_DATA_DIR=/data \
    GIAOBAN_WEB__LISTEN=0.0.0.0:8080
USER giaoban
# A giaoban.toml beside the data is read from here.
WORKDIR /data
VOLUME /data
EXPOSE 8080
# Asked without urllib: that would ask a proxy which the office has set for everything.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["python", "-c", "from http.client import HTTPConnection as C; c = C('127.0.0.1', 8080, timeout=4); c.request('GET', '/readyz'); raise SystemExit(c.getresponse().status != 200)"]
ENTRYPOINT ["giaoban"]
CMD ["run"]
