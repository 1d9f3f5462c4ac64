"""All settings of the service in one typed place; each is read from the environment variable GRIDSVC_<NAME>."""

import os
from collections.abc import Mapping
from functools import lru_cache
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

Bounds = tuple[float, float, float, float]
# All of China: no city's own, and so wide that a slip of a hundred kilometres goes unnoticed.
ANYWHERE: Bounds = (73.0, 3.0, 136.0, 54.0)


def default_home() -> Path:
    """The folder for data, accounts and logs when GRIDSVC_HOME is not set.

    For root it is not below /root: the database runs as an unprivileged user, who cannot enter a 0700 folder.
    """
    if os.geteuid() == 0:
        return Path("/var/lib/gridsvc")
    state = os.environ.get("XDG_STATE_HOME")
    return (Path(state) if state else Path.home() / ".local" / "state") / "gridsvc"


class Settings(BaseSettings):
    """The settings of one running service. docs/settings.md lists them; a test keeps the two in step."""

    model_config = SettingsConfigDict(env_prefix="GRIDSVC_", env_ignore_empty=True, extra="ignore", frozen=True)

    home: Path = Field(default_factory=default_home, description="Folder for the private cluster and local files.")
    host: str = Field("127.0.0.1", description="Address to listen on. Any other than loopback needs TLS.")
    port: int = Field(8000, ge=1, le=65535, description="Port to listen on.")
    tls_cert: Path | None = Field(None, description="Certificate chain (PEM) for HTTPS.")
    tls_key: Path | None = Field(None, description="Private key (PEM) of the certificate.")
    trusted_proxy: str | None = Field(
        None,
        description="Addresses of the proxies in front that terminate TLS; their X-Forwarded headers are believed.",
    )

    database_url: str | None = Field(
        None, repr=False, description="Own PostgreSQL server (postgresql://…). Unset: the private cluster."
    )
    pool_size: int = Field(8, ge=1, le=100, description="Database connections each process keeps open.")
    pool_overflow: int = Field(8, ge=0, le=200, description="Further connections each process opens under load.")

    city_timezone: str = Field("Asia/Shanghai", description="Zone in which a day runs from midnight to midnight.")
    city_bounds: Annotated[Bounds, NoDecode] = Field(
        ANYWHERE,
        description="West,south,east,north in degrees WGS 84; coordinates outside are refused. Default: China.",
    )
    locale: Literal["zh-CN", "en"] = Field("zh-CN", description="Language for whoever has not chosen one.")
    tile_url: str | None = Field(
        None, description="Backdrop tiles on the intranet ({z}/{x}/{y}). Unset: our own outlines and roads."
    )

    border_band_m: float = Field(10, ge=0, le=1000, description="A point this near to a grid border is marked (m).")
    visit_cycle_days: float = Field(30, gt=0, description="A grid is overdue when its last visit is older (days).")
    due_soon_share: float = Field(0.75, gt=0, lt=1, description="Share of the cycle after which a grid is due soon.")
    plan_least_households: int = Field(100, ge=0, description="A basic grid with fewer households is too small.")
    plan_most_households: int = Field(1000, ge=1, description="A grid with more households is too large.")
    plan_workload_weights: str = Field(
        "households=1,care_subjects=5,organisations=3,incidents=2",
        pattern=r"^[a-z_]+=[0-9]+(\.[0-9]+)?(,[a-z_]+=[0-9]+(\.[0-9]+)?)*$",
        description="What each of these weighs in the workload of a grid; any kind of count of blocks may stand here.",
    )
    leave_cover_rule: Literal["backup", "backup_then_neighbour"] = Field(
        "backup_then_neighbour",
        description="Who covers a leave when nobody is named: the backup; where there is none, the least loaded "
        "colleague of the community.",
    )

    session_idle_hours: float = Field(12, gt=0, description="A session ends when unused for this long (hours).")
    session_absolute_hours: float = Field(168, gt=0, description="A session ends at this age in any case (hours).")
    idempotency_days: float = Field(30, gt=0, le=3650, description="Answers to Idempotency-Keys are kept (days).")
    position_kept_days: int = Field(180, ge=1, le=36_500, description="Positions of visits are kept (days).")
    photo_kept_days: int = Field(730, ge=1, le=36_500, description="Photos of visits are kept (days).")
    reporter_kept_days: int = Field(
        365, ge=1, le=36_500, description="Names and phones of reporters are kept after an incident is closed (days)."
    )
    former_kept_days: int = Field(
        365,
        ge=1,
        le=36_500,
        description="Data of people no longer visited, and phones of former workers and team members, are kept (days).",
    )
    audit_kept_months: int = Field(12, ge=6, le=600, description="Audit rows are kept (months).")
    demo_password: str | None = Field(
        None, repr=False, description="One password for the demo accounts. Unset: random, in demo-accounts.json."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="How much is logged.")
    log_format: Literal["text", "json"] = Field("text", description="Lines for people, or one JSON object a line.")
    metrics_access: Literal["permission", "loopback"] = Field(
        "permission", description="Who reads /metrics: whoever has metrics.read, or also any program on this machine."
    )

    archive_to: Path | None = Field(
        None, description="Folder to which the private cluster's write-ahead log is archived without end. Unset: not."
    )
    archive_every_s: int = Field(30, ge=1, le=3600, description="A change is in the archive after this time (s).")
    reserve_mb: int = Field(
        256, ge=0, le=1_000_000, description="Writes are refused while the home's disk has less free than this (MB)."
    )

    @field_validator("home", "archive_to", mode="after")
    @classmethod
    def _absolute(cls, value: Path | None) -> Path | None:
        if value is None:
            return None
        return Path(os.path.abspath(value.expanduser()))  # noqa: PTH100 - resolve() would follow links

    @field_validator("trusted_proxy")
    @classmethod
    def _addresses(cls, value: str | None) -> str | None:
        """Addresses or networks, never "everybody": whoever is believed may say who somebody is."""
        if value is None:
            return None
        return ",".join(
            str(ip_network(part.strip())).removesuffix("/32").removesuffix("/128") for part in value.split(",")
        )

    @field_validator("city_timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(f"{value!r} is not a known time zone") from error
        return value

    @field_validator("city_bounds", mode="before")
    @classmethod
    def _four_numbers(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",")) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _fit_together(self) -> Self:
        west, south, east, north = self.city_bounds
        if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
            raise ValueError("city_bounds must be west,south,east,north in degrees, with west < east and south < north")
        if (self.tls_cert is None) != (self.tls_key is None):
            raise ValueError("tls_cert and tls_key are only useful together")
        return self

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach the service."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def base_url(self) -> str:
        """Where the service answers, as somebody on this machine would type it."""
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, self.host)  # noqa: S104 - compared, not bound
        host = f"[{host}]" if ":" in host and not host.startswith("[") else host
        return f"{'https' if self.tls_cert else 'http'}://{host}:{self.port}"

    @property
    def workload_weights(self) -> dict[str, float]:
        """The weights of workload by kind of count."""
        pairs = (pair.split("=") for pair in self.plan_workload_weights.split(","))
        return {kind: float(weight) for kind, weight in pairs}

    def environment(self) -> dict[str, str]:
        """The environment variables that give a child process these settings."""
        given: dict[str, str] = {}
        for name in type(self).model_fields:
            value = getattr(self, name)
            if value is not None:
                text = ",".join(map(str, value)) if isinstance(value, tuple) else str(value)
                given[f"GRIDSVC_{name.upper()}"] = text
        return given


_city: dict[str, Any] = {}


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """The settings of this process: the environment, read once, with what the city wants otherwise.

    Tests that change the environment call `get_settings.cache_clear()`.
    """
    return Settings().model_copy(update=_city)


def follow_city(values: Mapping[str, Any]) -> None:
    """Go by these values from now on instead of the environment's; see `runtime_settings`, which says where from."""
    if values != _city:
        _city.clear()
        _city.update(values)
        get_settings.cache_clear()
