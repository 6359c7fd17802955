"""Small pictures whose left half is red and whose right half is blue."""

from __future__ import annotations

import io

from PIL import Image


def _picture(form: str) -> bytes:
    picture = Image.new("RGB", (64, 64), (0, 0, 255))
    picture.paste((255, 0, 0), (0, 0, 32, 64))
    data = io.BytesIO()
    picture.save(data, form, quality=95)
    return data.getvalue()


PNG, JPEG = _picture("PNG"), _picture("JPEG")
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64">'
    b'<rect width="32" height="64" fill="#f00"/><rect x="32" width="32" height="64" fill="#00f"/></svg>'
)
