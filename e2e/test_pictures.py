"""Pictures: pasted, dropped, chosen, brought in with a file; seen by everybody, whatever happens on the way."""

from __future__ import annotations

import base64
import hashlib
import io
import json
from functools import reduce
from pathlib import Path

import httpx
from PIL import Image, ImageChops
from playwright.sync_api import Route, expect

from e2e.conftest import People
from e2e.pages.board import BoardPage
from tests.assets.pictures import svg
from tests.harness.http import patient
from tests.harness.server import NewBoard, Server
from tests.web.test_boards import bearer

RED, GREEN, BLUE = "#e03131", "#2f9e44", "#1971c2"
ORANGE, VIOLET = "#f08c00", "#6741d9"
"""Each test has its own: what one has brought, the server has for all."""

GIVE = """([kind, files, x, y]) => {
  const data = new DataTransfer();
  for (const [name, type, base64] of files)
    data.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name, {type}));
  const target = document.querySelector('[data-testid=board]');
  if (kind === 'paste')
    return target.dispatchEvent(
      new ClipboardEvent('paste', {bubbles: true, cancelable: true, clipboardData: data}));
  for (const each of ['dragover', 'drop'])
    target.dispatchEvent(new DragEvent(each,
      {bubbles: true, cancelable: true, dataTransfer: data, clientX: x, clientY: y}));
}"""


def picture(colour: str = RED, size: tuple[int, int] = (200, 100), kind: str = "PNG") -> bytes:
    """A picture of one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    return out.getvalue()


def upright_photo() -> bytes:
    """A JPEG, red above and blue below once it is turned as it says; it also says where it was taken."""
    lying = Image.new("RGB", (100, 200), RED)
    lying.paste(BLUE, (0, 100, 100, 200))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "SECRET CAMERA"
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    out = io.BytesIO()
    lying.rotate(90, expand=True).save(out, "JPEG", exif=exif, quality=95)
    return out.getvalue()


def give(
    board: BoardPage, how: str, *files: tuple[str, bytes], at: tuple[float, float] = (640, 400)
) -> None:
    """Pastes or drops files."""
    kinds = {"svg": "image/svg+xml", "jpg": "image/jpeg", "txt": "text/plain"}
    packed = [
        [name, kinds.get(name.rsplit(".", 1)[-1], "image/png"), base64.b64encode(data).decode()]
        for name, data in files
    ]
    board.page.evaluate(GIVE, [how, packed, *at])


def shows(person: BoardPage, colour: str, pixels: int = 5_000) -> None:
    """Waits until so much of the screen has the colour, or nearly: a JPEG's is never quite it."""
    assert person.canvas.looks(lambda: nearly(person.canvas.picture(), colour) > pixels), colour


def nearly(picture: Image.Image, colour: str) -> int:
    """How many pixels have the colour, give or take a little."""
    off = ImageChops.difference(picture, Image.new("RGB", picture.size, colour))
    most = reduce(ImageChops.lighter, off.split())
    return sum(most.histogram()[:6])


def test_pasted_dropped_and_chosen_pictures_are_on_everybodys_board(
    people: People, server: Server, there: Server, board: NewBoard, tmp_path: Path
) -> None:
    ana = people.at(server.link(board))
    ben = people.at(there.link(board))
    ana.page.mouse.move(400, 400)
    give(ana, "paste", ("red.png", picture(RED)))
    ana.has_elements(1)
    (red,) = ana.of_type("image")
    assert red["place"][2:4] == [200, 100]
    assert [red["place"][0] + 100, red["place"][1] + 50] == [
        ana.page.evaluate("() => inkwire.camera.x + 400 / inkwire.camera.zoom"),
        ana.page.evaluate("() => inkwire.camera.y + 400 / inkwire.camera.zoom"),
    ]
    blue = svg(f'<rect width="100%" height="100%" fill="{BLUE}"/>', 'width="160" height="90"')
    give(ben, "drop", ("blue.svg", blue), at=(800, 250))
    file = tmp_path / "green.jpg"
    file.write_bytes(picture(GREEN, (150, 150), "JPEG"))
    with ana.page.expect_file_chooser() as chooser:
        ana.state()  # by now the browser knows that somebody waits for its dialog
        ana.press("9")
    chooser.value.set_files(file)
    for person in (ana, ben):
        person.has_elements(3)
        for colour in (RED, GREEN, BLUE):
            shows(person, colour)
    ana.agrees_with(ben)
    assert {each["natural"][0] for each in ana.elements()} == {200, 160, 150}
    ana.press("Control+z")
    ben.has_elements(2)
    ana.press("Control+Shift+z")
    ben.has_elements(3)
    shows(ben, GREEN)
    # After a reload, for who comes late, and in the export.
    ana.page.reload()
    ana.is_live()
    shows(ana, RED)
    text = patient.get(
        f"{there.base}/api/boards/{board.id}/export.svg", headers=bearer(board.token)
    ).text
    assert text.count('href="data:image/') == 3
    assert base64.b64encode(picture(RED)).decode() in text


def test_a_picture_is_described_for_who_cannot_see_it(ana: BoardPage, ben: BoardPage) -> None:
    give(ana, "paste", ("red.png", picture(RED)))
    said = ana.page.get_by_test_id("announcer")
    expect(said).to_have_text("Picture")
    words = ana.chrome.style.get_by_label("Description")
    words.fill("A red door")
    # A press on the board ends typing as Enter does.
    ana.canvas.click((300, 600))
    ben.until("() => window.inkwire.elements()[0]?.name === 'A red door'")
    ana.press("Control+a")
    expect(said).to_have_text("Picture: A red door")
    words.fill("A door")
    words.press("Enter")
    expect(said).to_have_text("Picture: A door")
    ana.canvas.click((900, 600))
    ana.press("Control+z")
    ana.press("Control+a")
    expect(words).to_have_value("A red door")


def test_a_photo_is_upright_and_tells_no_place(
    ana: BoardPage, server: Server, board: NewBoard
) -> None:
    photo = upright_photo()
    assert b"SECRET CAMERA" in photo
    give(ana, "drop", ("photo.jpg", photo))
    ana.has_elements(1)
    image = ana.element()
    assert image["natural"] == [100, 200]
    shows(ana, RED)
    shows(ana, BLUE)
    ana.page.wait_for_function("() => document.querySelectorAll('.toast').length === 0")
    ana.is_saved()
    url = f"{server.base}/api/boards/{board.id}/images/{image['file']}"
    with httpx.Client(timeout=60, headers=bearer(board.token)) as client:
        ana.canvas.looks(lambda: client.get(url).status_code == 200)
        kept = client.get(url).content
    assert hashlib.sha256(kept).hexdigest() == image["file"]
    assert b"SECRET" not in kept
    assert Image.open(io.BytesIO(kept)).size == (100, 200)


def test_a_picture_placed_offline_waits_and_goes_out_also_after_a_reload(
    people: People, server: Server, board: NewBoard
) -> None:
    ana, ben = people.at(server.link(board)), people.at(server.link(board))

    def cut(route: Route) -> None:
        route.abort()

    people.forgive("ERR_FAILED")
    ana.page.route("**/images", cut)
    give(ana, "paste", ("red.png", picture(ORANGE)))
    shows(ana, ORANGE)
    ben.has_elements(1)
    shows(ben, "#e9ecef")
    expect(ana.toast).to_contain_text("1 picture waits on this device")
    ana.is_saved()
    ana.page.reload()
    ana.is_live()
    shows(ana, ORANGE)
    ana.page.unroute("**/images", cut)
    ana.page.evaluate("() => dispatchEvent(new Event('online'))")
    shows(ben, ORANGE)
    expect(ana.toast).to_have_count(0)


def test_what_cannot_be_placed_or_kept_is_told_and_can_be_tried_again(
    people: People, server: Server, board: NewBoard
) -> None:
    ana = people.at(server.link(board))
    give(ana, "drop", ("notes.png", b"these are words"), ("ok.png", picture(GREEN)))
    words = "notes.png could not be placed: it is no picture"
    expect(ana.page.locator(".toast", has_text=words)).to_be_visible()
    ana.has_elements(1)
    people.forgive("413")
    ana.page.route("**/images", lambda route: route.fulfill(status=413, body="{}"))
    give(ana, "paste", ("large.png", picture(VIOLET)))
    told = ana.page.locator(".toast", has_text="Others cannot see large.png")
    expect(told).to_be_visible()
    ana.page.unroute("**/images")
    told.get_by_role("button", name="Retry").click()
    expect(told).to_have_count(0)
    late = people.at(server.link(board))
    shows(late, VIOLET)


def test_an_svg_that_is_opened_by_its_address_runs_nothing(
    people: People, server: Server, board: NewBoard
) -> None:
    """Not even one that got past the check: here it is put where pictures lie."""
    script = svg("<script>document.title = 'ran'; fetch('/healthz')</script><text>words</text>")
    name = hashlib.sha256(script).hexdigest()
    folder = server.log_path.parent.parent / "pictures" / name[:2]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(script)
    page = people.context(extra_http_headers=bearer(board.token)).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    answer = page.goto(f"{server.base}/api/boards/{board.id}/images/{name}")
    assert answer is not None
    assert answer.headers["content-type"] == "image/svg+xml"
    assert page.locator("text").inner_html() == "words"
    assert page.title() != "ran"
    assert len(asked) == 1


def scene_with_picture() -> bytes:
    """An Excalidraw scene of one red picture, 200 by 100, around the origin."""
    url = "data:image/png;base64," + base64.b64encode(picture(RED, (40, 20))).decode()
    element = {
        "type": "image",
        "id": "i1",
        "x": 0,
        "y": 0,
        "width": 200,
        "height": 100,
        "fileId": "f1",
        "status": "saved",
    }
    files = {"f1": {"id": "f1", "mimeType": "image/png", "dataURL": url}}
    return json.dumps({"type": "excalidraw", "elements": [element], "files": files}).encode()


def test_an_imported_picture_is_shown_to_everybody(
    ana: BoardPage, server: Server, board: NewBoard, people: People
) -> None:
    patient.post(
        f"{server.base}/api/boards/{board.id}/import",
        params={"x": "640", "y": "400"},
        content=scene_with_picture(),
        headers=bearer(board.token),
        timeout=60,
    ).raise_for_status()
    ana.has_elements(1)
    shows(ana, RED, 15_000)
    late = people.at(server.link(board))
    shows(late, RED, 15_000)
