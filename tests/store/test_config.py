"""Settings: read from the environment, handed to workers, refused in clear words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from inkwire.config import Settings, environment_of, load_settings
from inkwire.errors import ConfigError


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"INKWIRE_{name.upper()}", raising=False)


def test_the_defaults_are_safe() -> None:
    settings = load_settings()
    assert settings.host == "127.0.0.1"
    assert settings.fsync == "always"
    assert not settings.allow_volatile_store
    assert (settings.log_length, settings.log_age_s) == (10_000, 600.0)
    assert all(field.description for field in Settings.model_fields.values())


def test_every_setting_is_documented() -> None:
    """With its default and the words of its description."""
    page = (Path(__file__).parents[2] / "docs" / "settings.md").read_text()
    rows = {
        row.split("|")[1].strip(" `"): row
        for row in page.splitlines()
        if row.startswith("| `INKWIRE_")
    }
    for name, field in Settings.model_fields.items():
        row = rows[f"INKWIRE_{name.upper()}"]
        assert str(field.description).split()[0] in row
        if isinstance(field.default, int | float) and not isinstance(field.default, bool):
            assert f"`{field.default:g}`" in row or f"`{field.default}`" in row


def test_options_come_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INKWIRE_PORT", "9000")
    monkeypatch.setenv("INKWIRE_ALLOWED_ORIGINS", "https://a.example, https://b.example:8443")
    assert load_settings(port=None).port == 9000
    assert load_settings(port=9001).port == 9001
    assert load_settings().allowed_origins == ("https://a.example", "https://b.example:8443")


def test_workers_read_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given = load_settings(
        data_dir=tmp_path,
        redis_url="redis://h/1",
        allow_volatile_store=True,
        allowed_origins="https://a.example,https://b.example",
        log_age_s=1.5,
    )
    for name, value in environment_of(given).items():
        monkeypatch.setenv(name, value)
    assert load_settings() == given


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"port": 70_000}, "INKWIRE_PORT"),
        ({"workers": 0}, "INKWIRE_WORKERS"),
        ({"fsync": "sometimes"}, "INKWIRE_FSYNC"),
        ({"redis_url": "http://host"}, "must start with redis://"),
        ({"redis_url": "redis://h", "fsync": "always"}, "embedded store only"),
        ({"allow_volatile_store": True}, "without redis_url"),
        ({"log_length": 10, "log_most": 5}, "smaller than log_length"),
        ({"public_url": "draw.example.org"}, "https://draw.example.org"),
        ({"allowed_origins": "https://a.example/path"}, "is not an origin"),
        ({"allowed_origins": "*"}, "is not an origin"),
        ({"log_level": "loud"}, "INKWIRE_LOG_LEVEL"),
    ],
)
def test_contradictions_stop_the_start(given: dict[str, Any], words: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(words)):
        load_settings(**given)


def test_everything_wrong_is_told_at_once() -> None:
    with pytest.raises(ConfigError) as refusal:
        load_settings(port=-1, workers=0)
    assert len(str(refusal.value).splitlines()) == 2
