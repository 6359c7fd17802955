"""People see each other: who follows whom, who points where, who is there, and that one person is one."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from e2e.conftest import People
from e2e.pages.board import BoardPage
from e2e.test_look import CUT_OFF, OVERLAPS
from tests.harness.server import NewBoard, Server

HIDDEN = """(hidden) => {
  Object.defineProperty(document, 'visibilityState',
    {configurable: true, get: () => hidden ? 'hidden' : 'visible'});
  document.dispatchEvent(new Event('visibilitychange'));
}"""


def named(person: BoardPage, name: str) -> BoardPage:
    person.people.call_oneself(name)
    return person


def colour(person: BoardPage) -> str:
    return str(person.page.evaluate("() => JSON.parse(localStorage['inkwire.person']).color"))


# --- following --------------------------------------------------------------------------------------


def test_a_press_on_a_face_follows_its_person_until_escape(ana: BoardPage, ben: BoardPage) -> None:
    named(ben, "Ben")
    ben.pan(700, 300)
    ana.people.follow("Ben")
    ana.comes_to(ben)
    expect(ana.page.get_by_text("Following Ben")).to_be_visible()
    ben.pan(-900, 250)
    ana.comes_to(ben)
    expect(ana.people.face("Ben")).to_have_attribute("aria-pressed", "true")
    ana.press("Escape")
    expect(ana.people.following).to_have_count(0)
    stayed = ana.looks_at()
    ben.pan(400, 0)
    ana.people.open()
    ana.people.list.get_by_role("button", name="Show what Ben looks at").click()
    ana.comes_to(ben)
    assert ana.looks_at() != stayed
    expect(ana.people.following).to_have_count(0)


def test_the_camera_glides_for_those_who_like_motion(ana: BoardPage, ben: BoardPage) -> None:
    named(ben, "Ben")
    ana.page.emulate_media(reduced_motion="no-preference")
    ben.pan(700, 300)
    ana.page.evaluate(
        "() => { window.seen = new Set(); const look = () => {"
        " seen.add(inkwire.camera.x); requestAnimationFrame(look) }; look() }"
    )
    ana.people.follow("Ben")
    ana.comes_to(ben)
    assert ana.page.evaluate("() => seen.size") > 3


@pytest.mark.parametrize("how", ["pan", "draw", "key", "button"])
def test_whatever_one_does_oneself_ends_following(ana: BoardPage, ben: BoardPage, how: str) -> None:
    named(ben, "Ben")
    ana.people.follow("Ben")
    match how:
        case "pan":
            ana.pan(30, 30)
        case "draw":
            ana.draw_box("rectangle")
        case "key":
            ana.press("Control+Equal")
        case "button":
            ana.page.get_by_role("status").get_by_role("button", name="Stop following Ben").click()
    expect(ana.people.following).to_have_count(0)


def test_following_ends_with_a_word_when_the_leader_leaves(ana: BoardPage, ben: BoardPage) -> None:
    named(ben, "Ben")
    ana.people.follow("Ben")
    ben.page.context.close()
    word = ana.toast.filter(has_text="Ben has left the board.")
    expect(word).to_be_visible()
    expect(ana.people.following).to_have_count(0)


def test_following_lasts_while_the_leader_connects_anew(ana: BoardPage, ben: BoardPage) -> None:
    named(ben, "Ben")
    ana.people.follow("Ben")
    ben.people.call_oneself("Benno")
    expect(ana.page.get_by_text("Following Benno")).to_be_visible()
    ben.pan(300, 300)
    ana.comes_to(ben)


def test_two_who_follow_each_other_do_not_chase_each_other(ana: BoardPage, ben: BoardPage) -> None:
    """[L11] Who followed first leads from then on, and is told."""
    named(ana, "Ana")
    named(ben, "Ben")
    ben.people.follow("Ana")
    expect(ana.people.open()).to_contain_text("follows you")
    ana.press("Escape")
    ana.people.follow("Ben")
    expect(ben.toast).to_contain_text("Ana follows you now")
    expect(ben.people.following).to_have_count(0)
    ben.pan(500, 100)
    ana.comes_to(ben)
    expect(ana.people.following).to_be_visible()


# --- calling ----------------------------------------------------------------------------------------


def test_everybody_is_asked_to_come_and_may_decline(
    ana: BoardPage, ben: BoardPage, people: People, there: Server, board: NewBoard
) -> None:
    """[L9] Who looks only is asked too, and cannot ask."""
    named(ana, "Ana")
    viewer = people.look(there.link(board, "viewer"))
    viewer.people.are(3)
    expect(viewer.people.open().get_by_text("Bring everyone here")).to_have_count(0)
    viewer.press("Escape")
    ana.pan(800, 500)
    ana.people.open().get_by_role("button", name="Bring everyone here").click()
    expect(ana.toast).to_contain_text("Everyone was asked to follow you.")
    for person in (ben, viewer):
        expect(person.people.invitation).to_contain_text("Ana asks you to come along")
        expect(person.people.following).to_have_count(0)
    ben.people.invitation.get_by_role("button", name="Follow").click()
    ben.comes_to(ana)
    expect(ben.people.following).to_be_visible()
    viewer.people.invitation.get_by_role("button", name="Not now").click()
    expect(viewer.people.invitation).to_have_count(0)
    ana.pan(100, 0)
    ben.comes_to(ana)
    expect(viewer.people.invitation).to_have_count(0)
    expect(viewer.people.following).to_have_count(0)


# --- pointing and selecting -------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["editor", "viewer"])
def test_a_laser_is_seen_and_leaves_nothing(
    ana: BoardPage, people: People, there: Server, board: NewBoard, role: str
) -> None:
    """[L8] In the colour of its person, gone by itself, and never an element."""
    guest = people.look(there.link(board, role))
    theirs = colour(guest)
    ana.people.are(2)
    guest.press("k")
    expect(guest.tool("laser")).to_have_attribute("aria-pressed", "true")

    def sees_trail(person: BoardPage) -> bool:
        # Only what lies on the way: the name beside the cursor has the same colour.
        picture = person.canvas.picture((500, 398, 700, 402))
        return picture.tobytes().count(bytes.fromhex(theirs[1:])) > 200

    guest.canvas.press((500, 400))
    for person in (guest, ana):
        for _ in range(20):
            # A hand that points keeps moving; the trail fades behind it.
            guest.canvas.move([(690, 400), (500, 400)], steps=5)
            if sees_trail(person):
                break
        else:
            raise AssertionError("no trail was seen")
    guest.canvas.release()
    guest.page.mouse.move(300, 700)
    for person in (guest, ana):
        assert person.canvas.looks(lambda: not sees_trail(person))  # noqa: B023
    assert ana.state()["elements"] == 0
    expect(guest.tool("laser")).to_have_attribute("aria-pressed", "true")
    guest.press("Escape")
    expect(guest.tool("select")).to_have_attribute("aria-pressed", "true")


def test_what_somebody_selected_bears_their_colour_and_name(ana: BoardPage, ben: BoardPage) -> None:
    ben.draw_box("rectangle", 500, 250, 200, 120)
    ana.has_elements(1)
    ben.press("Escape")
    ben.page.mouse.move(100, 500)
    ben.press("Control+a")
    theirs = colour(ben)
    # The tag stands above the upper left corner.
    assert ana.canvas.looks(lambda: ana.canvas.pixel((502, 236)) == theirs)
    ben.press("Escape")
    assert ana.canvas.looks(lambda: ana.canvas.pixel((502, 236)) == "#ffffff")


# --- being here -------------------------------------------------------------------------------------


def test_a_person_with_two_windows_stays_when_one_is_closed_and_has_one_name(
    ana: BoardPage, ben: BoardPage, people: People, there: Server, board: NewBoard
) -> None:
    second = people.at(there.link(board), context=ben.page.context)
    ana.people.are(2)
    named(second, "Ben of both")
    expect(ana.people.peers).to_contain_text("Ben of both")
    expect(ben.people.name_field).to_have_count(0)
    ben.people.open()
    expect(ben.people.name_field).to_have_value("Ben of both")
    ben.press("Escape")
    expect(ana.people.open()).to_contain_text("2 windows")
    second.page.close()
    expect(ana.people.list).not_to_contain_text("2 windows")
    ana.people.are(2)
    expect(ana.people.peers).to_contain_text("Ben of both")


def test_of_two_windows_the_one_used_last_has_the_cursor(
    ana: BoardPage, ben: BoardPage, people: People, there: Server, board: NewBoard
) -> None:
    second = people.at(there.link(board), context=ben.page.context)
    theirs = colour(ben)
    ben.page.mouse.move(500, 600)
    assert ana.canvas.looks(lambda: ana.canvas.pixel((503, 607)) == theirs)
    second.page.mouse.move(800, 600)
    assert ana.canvas.looks(lambda: ana.canvas.pixel((803, 607)) == theirs)
    assert ana.canvas.looks(lambda: ana.canvas.pixel((503, 607)) == "#ffffff")
    # One's own other window is not somebody else.
    assert ben.canvas.pixel((803, 607)) == "#ffffff"


def test_who_hides_the_page_is_idle_until_they_are_back(ana: BoardPage, ben: BoardPage) -> None:
    """[L10] In the list, by a paler face, and by a paler cursor."""
    named(ben, "Ben")
    theirs = colour(ben)
    listed = ana.people.peers.get_by_text("Ben")
    ben.page.mouse.move(600, 400)
    assert ana.canvas.looks(lambda: ana.canvas.pixel((603, 407)) == theirs)
    ben.page.evaluate(HIDDEN, True)
    expect(listed).to_have_attribute("data-availability", "idle")
    expect(ana.people.open()).to_contain_text("idle")
    ana.press("Escape")
    assert ana.canvas.looks(lambda: ana.canvas.pixel((603, 407)) not in (theirs, "#ffffff"))
    ben.page.evaluate(HIDDEN, False)
    expect(listed).to_have_attribute("data-availability", "active")
    assert ana.canvas.looks(lambda: ana.canvas.pixel((603, 407)) == theirs)


def test_the_list_tells_who_draws(ana: BoardPage, ben: BoardPage) -> None:
    named(ben, "Ben")
    ben.use("pen")
    ben.canvas.press((400, 300))
    ben.canvas.move([(500, 350)])
    row = ana.people.open().get_by_role("listitem").filter(has_text="Ben")
    expect(row).to_contain_text("drawing")
    ben.canvas.release()
    expect(row).not_to_contain_text("drawing")


def test_everything_is_reached_by_keyboard_and_fits_on_a_phone(
    ben: BoardPage, people: People, server: Server, board: NewBoard
) -> None:
    named(ben, "Benedikt Maximilian von und zu Hohenstein")
    phone = people.at(
        server.link(board),
        viewport={"width": 360, "height": 740},
        has_touch=True,
        is_mobile=True,
    )
    phone.people.are(2)
    phone.people.button.focus()
    phone.press("Enter")
    expect(phone.people.list).to_be_visible()
    assert phone.page.evaluate(CUT_OFF) == []
    phone.page.get_by_role("button", name=re.compile("^Follow Benedikt")).focus()
    phone.press("Enter")
    expect(phone.people.following).to_be_visible()
    phone.comes_to(ben)
    assert phone.page.evaluate(CUT_OFF) == []
    assert phone.page.evaluate(OVERLAPS) == []
    ben.people.open().get_by_role("button", name="Bring everyone here").click()
    expect(phone.people.invitation).to_have_count(0)
    phone.press("Escape")
    expect(phone.people.following).to_have_count(0)
