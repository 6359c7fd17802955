"""Links and API addresses name the same board."""

import pytest

from inkwire.client import Address

BOARD = "Vq3nGd0fV1x2y3z4"


@pytest.mark.parametrize(
    ("url", "base"),
    [
        (f"http://127.0.0.1:8000/b/{BOARD}#k=secret", "http://127.0.0.1:8000"),
        (f"http://127.0.0.1:8000/api/boards/{BOARD}#k=secret", "http://127.0.0.1:8000"),
        (
            f"wss://draw.example/api/boards/{BOARD}/socket#k=secret",
            "https://draw.example",
        ),
        (f"https://draw.example/team/b/{BOARD}/#k=secret", "https://draw.example/team"),
    ],
)
def test_a_link_and_an_api_address_name_the_same_board(url: str, base: str) -> None:
    assert Address.parse(url) == Address(base, BOARD, "secret")


def test_a_token_given_apart_wins_over_the_links() -> None:
    assert Address.parse(f"http://h/b/{BOARD}#k=viewer", "owner").token == "owner"


def test_the_token_is_in_no_address_that_a_server_logs() -> None:
    address = Address.parse(f"https://h/b/{BOARD}#k=secret")
    assert address.socket == f"wss://h/api/boards/{BOARD}/socket"
    assert "secret" not in address.socket + address.api


@pytest.mark.parametrize(
    "url", ["", "ftp://h/b/x", "http://h/", "http:///b/x", "b/x", "http://h/b/"]
)
def test_anything_else_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="not a board's address"):
        Address.parse(url)
