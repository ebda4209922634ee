"""Every setting of the program: typed, frozen, documented; from the environment and an optional giaoban.toml."""

import base64
import binascii
import os
import re
from datetime import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NestedSecretsSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)


class Mode(StrEnum):
    POLLING = "polling"
    WEBHOOK = "webhook"


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Web(_Section):
    listen: str = Field("127.0.0.1:8080", description="Address and port the web side listens on.")
    public_url: str = Field(
        "", description="How the outside reaches it, e.g. https://bot.tinh.gov.vn (webhooks, links)."
    )

    @property
    def host(self) -> str:
        return self.listen.rpartition(":")[0] or "127.0.0.1"

    @property
    def port(self) -> int:
        return int(self.listen.rpartition(":")[2])

    @field_validator("public_url")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        if value and not re.match(r"https?://[^\s/]", value):
            raise ValueError("must begin with https://, e.g. https://bot.tinh.gov.vn")
        return value

    @field_validator("listen")
    @classmethod
    def _has_a_port(cls, value: str) -> str:
        port = value.rpartition(":")[2]
        if not port.isdigit() or int(port) > 65535:
            raise ValueError("must be ADDRESS:PORT, e.g. 0.0.0.0:8080")
        return value


class Telegram(_Section):
    token: SecretStr = Field(SecretStr(""), description="Bot token from @BotFather; empty: Telegram is not used.")
    api_url: str = Field("https://api.telegram.org", description="Bot API server.")
    mode: Mode = Field(Mode.POLLING, description="`polling`, or `webhook` (needs the public URL and the secret).")
    webhook_secret: SecretStr = Field(SecretStr(""), description="Secret of the webhook, 1 to 256 of A-Z a-z 0-9 _ -.")
    proxy: str = Field("", description="Outbound proxy, e.g. http://10.0.0.1:3128.")
    per_second: float = Field(30, gt=0, description="Messages a second over all chats.")
    per_chat: float = Field(1, gt=0, description="Messages a second to one private chat.")
    per_group_minute: float = Field(20, ge=0, description="Messages a minute to one group; 0: no limit.")


class ZaloBot(_Section):
    token: SecretStr = Field(SecretStr(""), description="Token of the Zalo bot, several with commas; empty: not used.")
    api_url: str = Field("https://bot-api.zaloplatforms.com", description="Zalo Bot API server.")
    mode: Mode = Field(Mode.POLLING, description="`polling`, or `webhook` (needs the public URL and the secret).")
    webhook_secret: SecretStr = Field(SecretStr(""), description="Secret of the webhook, 8 to 256 characters.")
    proxy: str = Field("", description="Outbound proxy.")


class ZaloOa(_Section):
    app_id: str = Field("", description="Id of the Zalo app the Official Account belongs to.")
    app_secret: SecretStr = Field(SecretStr(""), description="The app's secret; empty: the account is not used.")
    oa_secret: SecretStr = Field(SecretStr(""), description="The webhook's secret, where Zalo shows another one.")
    api_url: str = Field("https://openapi.zalo.me", description="Zalo Open API server.")
    oauth_url: str = Field("https://oauth.zaloapp.com", description="Zalo's login server.")
    refresh_token: SecretStr = Field(SecretStr(""), description="For the first start only, instead of a login.")
    zns_template: str = Field("", description="Approved template for those outside the seven-day window.")
    zns_template_field: str = Field("noi_dung", description="The template's field that says what it is about.")
    zns_by_phone: bool = Field(False, description="Send it by phone number where it does not arrive otherwise; paid.")
    zns_url: str = Field("https://business.openapi.zalo.me", description="Zalo's server for notices by phone number.")


class Encryption(StrEnum):
    STARTTLS = "starttls"  # begun in clear, encrypted before anything is said (587)
    TLS = "tls"  # encrypted from the first byte (465)


class Mail(_Section):
    host: str = Field("", description="Outgoing mail server; empty: official mail is not used.")
    port: int = Field(587, gt=0, lt=65536, description="Its port: 587 with `starttls`, 465 with `tls`.")
    user: str = Field("", description="Login there; empty: none is needed.")
    password: SecretStr = Field(SecretStr(""), description="Password of the login.")
    sender: str = Field("", description="Whose mails these are, e.g. Giao Ban <giaoban@tinh.gov.vn>.")
    tls: Encryption = Field(Encryption.STARTTLS, description="`starttls` or `tls`; nothing is sent unencrypted.")
    domains: str = Field("*.gov.vn", description="Domains of official addresses, with commas; `*.` for those below.")
    ca_file: str = Field("", description="Certificates of the office's own authority; empty: the system's.")

    @field_validator("domains")
    @classmethod
    def _are_domains(cls, value: str) -> str:
        if not all(_DOMAIN.fullmatch(each.strip().lower()) for each in value.split(",")):
            raise ValueError("must be domains with commas, e.g. *.gov.vn,quangtri.gov.vn")
        return value

    @property
    def domain_list(self) -> tuple[str, ...]:
        return tuple(each.strip().lower() for each in self.domains.split(","))


_DOMAIN = re.compile(r"(?:\*\.)?(?:[a-z0-9-]{1,63}\.)+[a-z]{2,63}")


def _clock_time(value: str) -> str:
    _moment(value)
    return value


def _moment(value: str) -> time:
    try:
        return time.fromisoformat(value.strip())
    except ValueError as wrong:
        raise ValueError("must be times like 07:30") from wrong


ClockTime = Annotated[str, AfterValidator(_clock_time)]


class Office(_Section):
    morning: ClockTime = Field("07:30", description="When the morning digest goes out on working days.")
    duty_collect: ClockTime = Field("15:00", description="When units are asked who is on duty next.")
    duty_publish: ClockTime = Field("07:00", description="When the day's duty roster is published.")
    hours: str = Field("07:30-11:30,13:30-17:00", description="Office hours; reminders keep to them.")

    @field_validator("hours")
    @classmethod
    def _are_hours(cls, value: str) -> str:
        ends = [[_moment(each) for each in span.split("-")] for span in value.split(",")]
        if [len(each) for each in ends] != [2, 2] or not ends[0][0] < ends[0][1] <= ends[1][0] < ends[1][1]:
            raise ValueError("must be morning and afternoon in order, like 07:30-11:30,13:30-17:00")
        return value.replace(" ", "")


class Flood(_Section):
    person_per_minute: float = Field(60, ge=0, description="Sentences a minute from one person; 0: no limit.")
    group_per_minute: float = Field(300, ge=0, description="The same from one group chat; its leaders are heard.")


class Settings(BaseSettings):
    """Environment first (GIAOBAN_…, sections with two underscores), then files of the same names in /run/secrets (or
    GIAOBAN_SECRETS_DIR), then giaoban.toml, then the defaults here."""

    model_config = SettingsConfigDict(
        env_prefix="GIAOBAN_", env_nested_delimiter="__", frozen=True, extra="ignore", toml_file="giaoban.toml"
    )

    data_dir: Path = Field(Path("data"), description="Where the database file, the vault and the logs' ids live.")
    database_url: str = Field("", description="Default: SQLite in the data directory.")
    secret_key: SecretStr = Field(
        SecretStr(""),
        description="Base64 of 32 bytes: the key of all that is encrypted at rest; older ones after commas.",
    )
    timezone: str = Field("Asia/Ho_Chi_Minh", description="The office's time zone.")
    language: str = Field("vi", description="Language where a group has not chosen one: vi or en.")
    web: Web = Web()
    telegram: Telegram = Telegram()
    zalo_bot: ZaloBot = ZaloBot()
    zalo_oa: ZaloOa = ZaloOa()
    mail: Mail = Mail()
    office: Office = Office()
    flood: Flood = Flood()

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as unknown:
            raise ValueError("is no IANA time zone, e.g. Asia/Ho_Chi_Minh") from unknown
        return value

    @field_validator("language")
    @classmethod
    def _known_language(cls, value: str) -> str:
        if value not in ("vi", "en"):
            raise ValueError("must be vi or en")
        return value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if value and not _is_database(value):
            raise ValueError(
                "must be postgresql+psycopg://user:password@host/database, with @ : / in the password written as "
                "%40 %3A %2F"
            )
        return value

    @field_validator("secret_key")
    @classmethod
    def _right_length(cls, value: SecretStr) -> SecretStr:
        """Rotating keys, one ends up with a comma too many, or a space."""
        keys = [each.strip() for each in value.get_secret_value().split(",") if each.strip()]
        for each in keys:
            decode_key(SecretStr(each))
        return SecretStr(",".join(keys))

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def keys(self) -> list[bytes]:
        """32 bytes each, the present key first; raises ValueError when the setting is missing."""
        return [decode_key(SecretStr(each)) for each in self.secret_key.get_secret_value().split(",")]

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{(self.data_dir / 'giaoban.sqlite').absolute()}"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        files = NestedSecretsSettingsSource(
            file_secret_settings,
            secrets_dir=os.environ.get("GIAOBAN_SECRETS_DIR", "/run/secrets"),
            secrets_dir_missing="ok",
        )
        return init_settings, env_settings, files, TomlConfigSettingsSource(settings_cls)


def _is_database(url: str) -> bool:
    from sqlalchemy.engine import make_url  # here: whoever sets none does without it
    from sqlalchemy.exc import ArgumentError

    try:
        return make_url(url).drivername in ("sqlite", "postgresql", "postgresql+psycopg")
    except (ArgumentError, ValueError):
        return False


def unknown() -> list[str]:
    """Names in the environment that look like settings and are none: what is misspelt there is not heard."""
    known = {"GIAOBAN_SECRETS_DIR"}
    for name, field in Settings.model_fields.items():
        section = field.annotation
        parts = section.model_fields if isinstance(section, type) and issubclass(section, BaseModel) else ()
        known |= {f"GIAOBAN_{name}".upper(), *(f"GIAOBAN_{name}__{part}".upper() for part in parts)}
    return sorted(name for name in os.environ if name.upper().startswith("GIAOBAN_") and name.upper() not in known)


def decode_key(secret: SecretStr) -> bytes:
    """The 32 bytes of a base64 key; ValueError says what is wrong without showing it."""
    try:
        key = base64.b64decode(secret.get_secret_value(), validate=True)
    except binascii.Error as bad:
        raise ValueError("must be base64 of exactly 32 bytes, without quotation marks") from bad
    if len(key) != 32:
        raise ValueError("must be base64 of exactly 32 bytes")
    return key


def load(**changes: Any) -> Settings:
    """The settings, or a ValueError that says in one sentence a setting which is wrong, without its value."""
    try:
        return Settings(**changes)
    except ValidationError as wrong:
        first = wrong.errors()[0]
        name = "GIAOBAN_" + "__".join(str(part).upper() for part in first["loc"])
        raise ValueError(f"{name} {first['msg'].removeprefix('Value error, ')}") from None
