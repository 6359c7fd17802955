"""What can be said about the image and the compose file without an engine that runs them."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from pathlib import Path

from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]


def _copied() -> list[str]:
    """The paths that deploy/Dockerfile copies from the project, not from another stage."""
    lines = (ROOT / "deploy" / "Dockerfile").read_text().splitlines()
    copies = [line.split()[1:-1] for line in lines if line.startswith("COPY ")]
    return [path for words in copies if not words[0].startswith("--from") for path in words]


def test_the_image_copies_only_what_is_there() -> None:
    copied = _copied()
    assert copied
    assert [path for path in copied if not (ROOT / path).exists()] == []


def test_the_builder_is_sent_what_the_image_copies() -> None:
    allowed = [
        line[1:]
        for line in (ROOT / ".dockerignore").read_text().splitlines()
        if line.startswith("!")
    ]
    sent = [any(fnmatch(path.split("/")[0], each) for each in allowed) for path in _copied()]
    assert all(sent)


def test_every_mounted_file_is_there() -> None:
    compose = YAML(typ="safe").load(ROOT / "docker-compose.yml")
    mounted = [
        volume.split(":")[0]
        for service in compose["services"].values()
        for volume in service.get("volumes", [])
        if volume.startswith("./")
    ]
    assert mounted
    assert [path for path in mounted if not (ROOT / path).is_file()] == []


def test_the_store_keeps_what_it_acknowledged() -> None:
    config = (ROOT / "deploy" / "valkey.conf").read_text()
    settings = dict(re.findall(r"^([a-z-]+) (\S+)$", config, re.MULTILINE))
    assert settings["appendonly"] == "yes"
    assert settings["maxmemory-policy"] == "noeviction"
    assert settings["appendfsync"] == "always"
