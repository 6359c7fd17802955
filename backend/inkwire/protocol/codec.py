"""Bytes to frames and back.

Every input is a frame or a ``FrameError`` with a published close code; nothing else is ever raised.
"""

from __future__ import annotations

from typing import Any

import msgspec

from inkwire.errors import FrameError
from inkwire.protocol.codes import CloseCode
from inkwire.protocol.elements import Element, Frame, Freedraw, Image, Line
from inkwire.protocol.frames import ClientFrame, Commit, Hello, Live, PackedPage, Push, ServerFrame
from inkwire.protocol.labels import is_label
from inkwire.protocol.limits import MAX_FRAME_BYTES
from inkwire.protocol.ops import Op, Put, Retitle, SetProps
from inkwire.protocol.packing import unpacked
from inkwire.protocol.points import check_points

_client = msgspec.msgpack.Decoder(ClientFrame)
_server = msgspec.msgpack.Decoder(ServerFrame)
_commit = msgspec.msgpack.Decoder(Commit)
_encoder = msgspec.msgpack.Encoder()


def encode(frame: object) -> bytes:
    """The bytes of a frame, a commit or an element."""
    return _encoder.encode(frame)


def decode_client(data: bytes) -> ClientFrame:
    """A frame that a client may send; raises ``FrameError``."""
    if len(data) > MAX_FRAME_BYTES:
        raise FrameError(f"{len(data)} bytes, at most {MAX_FRAME_BYTES}", CloseCode.TOO_BIG)
    frame: ClientFrame = _decode(_client, data)
    if isinstance(frame, Push):
        for op in frame.ops:
            check_op(op)
    elif isinstance(frame, Hello):
        check_label(frame.name)
    elif isinstance(frame, Live):
        for ink in frame.state.ink:
            if ink.element is not None and not isinstance(ink.element, Freedraw):
                raise FrameError("ink: the element is not a freedraw", CloseCode.MALFORMED)
            if ink.element is not None:
                check_element(ink.element)
        for draft in frame.state.drafts or ():
            check_element(draft)
    return frame


def decode_server(data: bytes) -> ServerFrame:
    """A frame that a server sends, a packed page unpacked; for clients. Raises ``FrameError``."""
    frame: ServerFrame = _decode(_server, data)
    return unpacked(frame) if isinstance(frame, PackedPage) else frame


def decode_commit(data: bytes) -> Commit:
    """One commit, as it lies in the log. Raises ``FrameError``."""
    commit: Commit = _decode(_commit, data)
    return commit


def check_op(op: Op) -> None:
    """Raises ``FrameError`` for what the types alone do not show."""
    if isinstance(op, Put):
        check_element(op.element)
    elif isinstance(op, SetProps):
        points = getattr(op.props, "points", msgspec.UNSET)
        if points is not msgspec.UNSET:
            check_points(points)
        name = getattr(op.props, "name", msgspec.UNSET)
        if name is not msgspec.UNSET:
            check_label(name)
    elif isinstance(op, Retitle):
        check_label(op.title)


def check_element(element: Element) -> None:
    """Raises ``FrameError`` for what the types alone do not show."""
    if isinstance(element, Line | Freedraw):
        check_points(element.points)
    elif isinstance(element, Frame | Image):
        check_label(element.name)


def check_label(words: str) -> None:
    """Raises ``FrameError`` for what a title or a name may not have; what is stored is read all the same."""
    if not is_label(words):
        raise FrameError("a title or name with characters that do not show", CloseCode.MALFORMED)


def _decode(decoder: msgspec.msgpack.Decoder[Any], data: bytes) -> Any:
    try:
        return decoder.decode(data)
    except msgspec.ValidationError as error:
        raise FrameError(str(error), CloseCode.MALFORMED) from None
    except msgspec.DecodeError as error:
        raise FrameError(str(error), CloseCode.NOT_A_FRAME) from None
    except (RecursionError, UnicodeDecodeError, OverflowError, ValueError) as error:
        raise FrameError(f"not a frame: {type(error).__name__}", CloseCode.NOT_A_FRAME) from None
