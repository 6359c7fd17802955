"""What the pages of a PDF use by name; written once, at the end."""

from __future__ import annotations

from inkwire.exporting.pdf_file import PdfFile, Ref, number, numbers
from inkwire.rooms.bounds import Box


class Resources:
    """Names given while pages are drawn. ``ref`` is the dictionary that all pages share."""

    def __init__(self, file: PdfFile) -> None:
        self.file = file
        self.ref = file.reserve()
        self.fonts: dict[str, Ref] = {}
        self._states: dict[tuple[str, str], str] = {}
        self._things: dict[str, Ref] = {}

    def state(self, alpha: float = 1.0, blend: str = "") -> str:
        """The operator that makes what follows so transparent, and, if said, blends it so with what is below."""
        key = (number(alpha), blend)
        name = self._states.setdefault(key, f"s{len(self._states)}")
        return f"/{name} gs"

    def thing(self, ref: Ref) -> str:
        """The operator that paints a form or a picture."""
        name = f"x{ref}"
        self._things[name] = ref
        return f"/{name} Do"

    def group(self, content: str, box: Box) -> str:
        """The operator that paints content composed by itself first, for it to be blended once."""
        return self.thing(
            self.file.stream(
                content.encode(),
                "/Type/XObject/Subtype/Form"
                f"/BBox[{numbers(*box)}]/Resources {self.ref} 0 R"
                "/Group<</S/Transparency/CS/DeviceRGB/I true>>",
            )
        )

    def write(self) -> None:
        """Writes the dictionary."""
        states = "".join(
            f"/{name}<</ca {alpha}/CA {alpha}{f'/BM/{blend}' if blend else ''}>>"
            for (alpha, blend), name in self._states.items()
        )
        self.file.add(
            f"<</ExtGState<<{states}>>/XObject<<{_refs(self._things)}>>"
            f"/Font<<{_refs(self.fonts)}>>>>",
            self.ref,
        )


def _refs(named: dict[str, Ref]) -> str:
    return "".join(f"/{name} {ref} 0 R" for name, ref in named.items())
