"""The settings of one installation: environment variables INKWIRE_*, or options of `serve`."""

from __future__ import annotations

import os
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from inkwire.errors import ConfigError

PREFIX = "INKWIRE_"

Words = Annotated[tuple[str, ...], NoDecode]
"""Written with commas between them."""


def _default_workers() -> int:
    return max(1, min(os.cpu_count() or 1, 4))


class Settings(BaseSettings):
    """Everything that can be set. Each line says what it does; docs/settings.md lists them."""

    model_config = SettingsConfigDict(
        env_ignore_empty=True, env_prefix=PREFIX, frozen=True, extra="forbid"
    )

    host: str = Field("127.0.0.1", description="Address to listen on; 0.0.0.0 for all.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on; 0 for a free one.")
    workers: int = Field(
        default_factory=_default_workers, ge=1, le=256, description="Worker processes."
    )
    public_url: str = Field(
        "", description="Where people reach this server; goes into links. Default: as asked."
    )
    allowed_origins: Words = Field(
        (), description="Origins that may open sockets, besides the server's own; with commas."
    )
    trusted_proxies: Words = Field(
        ("127.0.0.1", "::1"), description="Proxies whose X-Forwarded-* headers are believed."
    )
    data_dir: Path = Field(
        default_factory=lambda: user_data_path("inkwire", appauthor=False),
        description="Folder of the embedded store and of pictures.",
    )
    pictures: str = Field(
        "",
        description="Where pictures are kept: a folder, or s3://bucket/prefix. "
        "Default: the data folder.",
    )
    picture_bytes: int = Field(
        10 * 2**20, ge=1024, le=64 * 2**20, description="Bytes of one picture at most."
    )
    board_picture_bytes: int = Field(
        2**30, ge=0, description="Bytes of all pictures of one board at most."
    )
    import_bytes: int = Field(
        512 * 2**20, ge=2**20, description="Bytes of one file that is brought in at most."
    )
    drawings: int = Field(
        2, ge=1, le=64, description="Exports that are drawn at once on this machine."
    )
    redis_url: str = Field(
        "", description="A Redis (7.0 or newer) or Valkey to use instead of the embedded one."
    )
    fsync: Literal["everysec", "always"] = Field(
        "always",
        description="When the embedded store's file reaches the disk. With `everysec` a killed "
        "store may have acknowledged what it had not yet written.",
    )
    allow_volatile_store: bool = Field(
        False, description="Start although the given Redis may forget: for trying things out."
    )
    log_length: int = Field(
        10_000, ge=1, description="Commits of a board that are always kept for resuming."
    )
    log_age_s: float = Field(
        600.0, ge=0.0, description="Seconds that commits beyond log_length are kept for."
    )
    log_most: int = Field(50_000, ge=1, description="Commits of a board that are kept at most.")
    max_elements: int = Field(200_000, ge=1, le=200_000, description="Elements of a board at most.")
    rates: float = Field(
        1.0,
        ge=0.01,
        le=1000,
        description="How many times the rates of docs/protocol.md (C8, C11) people may send at.",
    )
    board_connections: int = Field(
        1_000, ge=1, description="People on one board at most, counted by their open pages."
    )
    address_connections: int = Field(
        1_000, ge=1, description="Connections of one network address at most, on each worker."
    )
    address_connections_per_minute: int = Field(
        1_200, ge=1, description="New connections of one network address, on each worker."
    )
    webhook_networks: Words = Field(
        (),
        description="Networks that webhooks may reach besides public addresses, such as "
        "10.0.0.0/8; with commas.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="How much is logged."
    )

    @field_validator("allowed_origins", "trusted_proxies", "webhook_networks", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(word.strip() for word in value.split(",") if word.strip())
        return value

    @field_validator("data_dir")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @field_validator("public_url")
    @classmethod
    def _base(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in ("http", "https") or not parts.netloc or parts.query):
            raise ValueError("must look like https://draw.example.org")
        return value.rstrip("/")

    @field_validator("allowed_origins")
    @classmethod
    def _origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for origin in value:
            parts = urlsplit(origin)
            whole = f"{parts.scheme}://{parts.netloc}"
            if parts.scheme not in ("http", "https") or not parts.netloc or whole != origin:
                raise ValueError(f"{origin} is not an origin such as https://draw.example.org")
        return value

    @field_validator("webhook_networks")
    @classmethod
    def _networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for network in value:
            try:
                ip_network(network)
            except ValueError as error:
                raise ValueError(f"{network} is not a network such as 10.0.0.0/8") from error
        return value

    @field_validator("redis_url")
    @classmethod
    def _redis(cls, value: str) -> str:
        if value and urlsplit(value).scheme not in ("redis", "rediss", "unix"):
            raise ValueError("must start with redis://, rediss:// or unix://")
        return value

    @field_validator("pictures")
    @classmethod
    def _place(cls, value: str) -> str:
        scheme, mark, _ = value.partition("://")
        if mark and scheme != "s3":
            raise ValueError("must be a folder, or look like s3://bucket/prefix")
        return value

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if self.redis_url and "fsync" in self.model_fields_set:
            raise ValueError(
                "fsync is of the embedded store only; set appendfsync where redis_url points to"
            )
        if self.allow_volatile_store and not self.redis_url:
            raise ValueError("allow_volatile_store means nothing without redis_url")
        if self.log_most < self.log_length:
            raise ValueError("log_most is smaller than log_length")
        return self


def load_settings(**given: Any) -> Settings:
    """The settings of the environment, ``given`` before them (None means not given).

    Raises ``ConfigError``, one line for each setting that is wrong.
    """
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        lines = []
        for each in error.errors(include_url=False, include_input=False):
            where = ".".join(str(part) for part in each["loc"][:1])
            name = f"{PREFIX}{where.upper()}: " if where else ""
            lines.append(f"{name}{each['msg'].removeprefix('Value error, ')}")
        raise ConfigError("\n".join(lines)) from None


def environment_of(settings: Settings) -> dict[str, str]:
    """The variables from which another process reads the same settings."""
    found = {}
    for name in settings.model_fields_set:
        value = getattr(settings, name)
        found[PREFIX + name.upper()] = ",".join(value) if isinstance(value, tuple) else str(value)
    return found
