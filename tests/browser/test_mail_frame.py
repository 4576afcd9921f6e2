"""A mail as its writer laid it out: what the frame shows, and that nothing in it can run or fetch, even where the HTML was not made safe."""

import re

import pytest
from playwright.sync_api import expect

from desk_page import LOW_CONTRAST, account, bubbles, violations
from desk_page import agent, door, open_page, signed_in  # noqa: F401 (fixtures)
from sink import GIF, Sink, hostile

NEWSLETTER = """<html><body bgcolor="#102030" text="#ffffff"><style>p{{color:red}}</style>
<table width="600"><tr><td bgcolor="#203040"><h1>Our summer glazes</h1><p>Twelve of them. <a href="https://shop.test/a?b=1&amp;c=2">See all</a></p>
<img src="cid:logo" alt="Logo" width="40" height="40"><img src="{sink}/img-remote" alt="Cup"></td></tr></table>
<script>top.ran=1</script></body></html>"""

ANSWER = """<div dir="ltr">Yes, the blue one, please.<br></div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Mon, 2 Mar 2026 at 10:00,
Sam at Acme &lt;support@acme.test&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex"><table><tr><td>Shall I put one aside?</td></tr></table></blockquote></div>"""


@pytest.fixture
def sink():
    sink = Sink()
    yield sink
    sink.close()


def frame_of(page):
    return page.frame_locator(".mail-frame iframe")


@pytest.fixture
def newsletter(door, sink):
    """The conversation of a mail with pictures and colours of its own."""
    sender = door.send("Our summer glazes", NEWSLETTER.format(sink=sink.url), subject="Summer", files=[("logo", "gif", GIF)])
    return door.conversation(sender)


def test_mail_with_pictures_is_shown_as_designed(open_page, newsletter, sink):
    page = open_page(f"/app/conversations/{newsletter}")
    frame = frame_of(page)
    expect(frame.get_by_role("heading", name="Our summer glazes")).to_be_visible()
    link = frame.get_by_role("link", name="See all")
    assert link.get_attribute("href") == "https://shop.test/a?b=1&c=2"
    assert link.get_attribute("rel") == "noopener noreferrer nofollow" and link.get_attribute("target") == "_blank"
    # Its own picture loads from us; the remote one does not, until somebody asks for it.
    logo = frame.get_by_alt_text("Logo")
    expect(logo).to_have_js_property("naturalWidth", 1)
    expect(frame.get_by_alt_text("Cup")).not_to_have_attribute("src", re.compile(".*"))
    assert sink.asked == []
    page.get_by_role("button", name="Show 1 remote picture").click()
    expect(frame.get_by_alt_text("Cup")).to_have_js_property("naturalWidth", 1)
    assert sink.asked == ["img-remote"] and sink.referrers == [""], "only the picture, and it does not learn where it is looked at"
    expect(page.get_by_role("button", name="Show 1 remote picture")).to_have_count(0)
    # As text, and back.
    page.get_by_role("button", name="As text").click()
    expect(page.locator(".mail-frame")).to_have_count(0)
    expect(bubbles(page, "Our summer glazes").first).to_be_visible()
    page.get_by_role("button", name="As designed").click()
    expect(frame.get_by_role("heading", name="Our summer glazes")).to_be_visible()


def test_only_the_new_part_first_the_quoted_behind_the_dots(open_page, door):
    sender = door.send("Yes, the blue one, please.\n\nOn Mon, 2 Mar 2026 at 10:00, Sam at Acme <support@acme.test> wrote:\n> Shall I put one aside?\n", ANSWER)
    page = open_page(f"/app/conversations/{door.conversation(sender)}")
    expect(bubbles(page, "Yes, the blue one, please.")).to_be_visible()
    expect(page.locator(".mail-frame")).to_have_count(0)  # words alone are shown as words
    page.get_by_role("button", name="As designed").click()
    frame = frame_of(page)
    expect(frame.get_by_text("Yes, the blue one, please.")).to_be_visible()
    expect(frame.get_by_text("Shall I put one aside?")).to_have_count(0)
    dots = page.get_by_role("button", name="Show quoted text")
    dots.click()
    expect(frame.get_by_text("Shall I put one aside?")).to_be_visible()
    page.get_by_role("button", name="Hide quoted text").click()
    expect(frame.get_by_text("Shall I put one aside?")).to_have_count(0)
    expect(frame.get_by_text("Yes, the blue one, please.")).to_be_visible()


def test_frame_grows_by_a_button_and_by_the_keyboard(open_page, newsletter):
    page = open_page(f"/app/conversations/{newsletter}")
    frame = page.locator(".mail-frame iframe")
    before = frame.bounding_box()["height"]
    page.get_by_role("button", name="Show more of it").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Show less of it")).to_be_focused()
    assert frame.bounding_box()["height"] > before


def html_address(page):
    """The address of the frame's document."""
    return page.locator(".mail-frame iframe").get_attribute("src")


def test_answer_has_headers_of_its_own_and_only_agents_get_it(browser, base_url, open_page, newsletter):
    page = open_page(f"/app/conversations/{newsletter}")
    expect(page.locator(".mail-frame iframe")).to_be_visible()
    address = html_address(page)
    answer = page.request.get(address)
    policy = answer.headers["content-security-policy"]
    for words in ["default-src 'none'", "sandbox", "form-action 'none'", "base-uri 'none'", "frame-ancestors 'self'"]:
        assert words in policy
    assert "allow-scripts" not in policy and "allow-same-origin" not in policy and "http" not in policy
    assert answer.headers["cache-control"] == "no-store" and answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin" and answer.headers["referrer-policy"] == "no-referrer"
    assert page.locator(".mail-frame iframe").get_attribute("sandbox") == "allow-popups allow-popups-to-escape-sandbox"
    stranger = browser.new_context(base_url=base_url)
    assert stranger.request.get(address).status == 401
    stranger.close()


def settle(page):
    """Time for what a page does by itself: loads, timers, the refresh after a second."""
    page.wait_for_timeout(2500)


def test_the_hostile_document_works_where_nothing_holds_it(browser, sink):
    """What the tests below prove is worth something only if the same document does run and fetch elsewhere."""
    sink.pages["hostile"] = hostile(sink.url).replace("top.location", "top.nowhere").replace("document.forms[0].submit()", "")
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{sink.url}/hostile")
    page.wait_for_timeout(900)
    reached = set(sink.asked)
    for name in ["script-inline", "script-src", "script-module", "handler-body", "handler-error", "handler-svg", "script-svg", "css-link", "css-import",
                 "img-src", "img-srcset", "img-picture", "img-background", "img-table", "img-poster", "frame-src", "img-srcdoc", "script-srcdoc",
                 "object", "embed", "font", "preload"]:
        assert name in reached, name
    settle(page)
    assert "page-refresh" in sink.asked
    context.close()


def unsafe(page, sink, change_headers=lambda headers: headers):
    """From now on the frame's answer has the hostile document as its body, behind the real headers: as if nothing had been made safe."""
    def answer(route):
        real = route.fetch()
        route.fulfill(status=real.status, headers=change_headers(dict(real.headers)), body=hostile(sink.url))

    page.context.route(re.compile(r"/messages/\d+/html\?"), answer)


def attacked_frame(open_page, newsletter, sink, change_headers=lambda headers: headers):
    page = open_page("/app", expect_refused=True)
    unsafe(page, sink, change_headers)
    page.goto(f"/app/conversations/{newsletter}")
    frame = frame_of(page)
    expect(frame.get_by_text("text in a font")).to_be_visible()
    return page, frame


def test_nothing_runs_and_nothing_is_fetched_even_without_the_sanitiser(open_page, newsletter, sink):
    page, frame = attacked_frame(open_page, newsletter, sink)
    settle(page)
    for name in ["#submit", "#top", "#script"]:
        frame.locator(name).click(timeout=3000, no_wait_after=True)
        page.wait_for_timeout(300)
    assert sink.asked == []
    assert page.evaluate("window.ran") is None
    assert re.search(rf"/app/conversations/{newsletter}$", page.url), "the page itself was led away"
    assert len(page.context.pages) == 1, "a window was opened"


def test_with_pictures_allowed_only_pictures_are_fetched(open_page, newsletter, sink):
    page, frame = attacked_frame(open_page, newsletter, sink)
    page.get_by_role("button", name="Show 1 remote picture").click()
    expect(frame.get_by_text("text in a font")).to_be_visible()
    settle(page)
    assert "img-src" in sink.asked
    # What is fetched ahead may be a picture, so Chromium lets it through where pictures are allowed; it is not used for anything else.
    assert [name for name in sink.asked if not name.startswith("img-") and name not in ("preload", "prefetch")] == []
    assert set(sink.referrers) == {""} and page.evaluate("window.ran") is None


def test_opened_outside_of_its_frame_it_can_do_as_little(open_page, newsletter, sink):
    page = open_page(f"/app/conversations/{newsletter}", expect_refused=True)
    expect(page.locator(".mail-frame iframe")).to_be_visible()
    address = html_address(page)
    unsafe(page, sink)
    page.goto(address)
    expect(page.get_by_text("text in a font")).to_be_visible()
    settle(page)
    assert sink.asked == [] and page.url.endswith(address)
    # Its origin is none: what it would run could not use the agent's session.
    assert page.evaluate("self.origin") == "null"


def test_the_frame_alone_already_keeps_scripts_out(open_page, newsletter, sink):
    """Without the policy of the answer, the sandbox of the frame still lets nothing run and nothing navigate."""
    def without_policy(headers):
        headers.pop("content-security-policy")
        return headers

    page, _ = attacked_frame(open_page, newsletter, sink, without_policy)
    settle(page)
    assert "img-src" in sink.asked, "the policy was still there"
    assert [name for name in sink.asked if re.match("script-(?!src)|handler|page|form", name)] == []
    assert page.evaluate("window.ran") is None
    assert page.url.endswith(f"/app/conversations/{newsletter}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_frame_can_be_read_and_used(open_page, newsletter, door, scheme):
    page = open_page(f"/app/conversations/{newsletter}", color_scheme=scheme)
    expect(frame_of(page).get_by_role("heading")).to_be_visible()
    assert page.evaluate(LOW_CONTRAST) == []
    assert violations(page) == []
    # A mail without colours of its own takes those of the page around it.
    plain = door.send("Just words", "<p>Just words, in a table:</p><table><tr><td>1</td></tr></table>")
    page.goto(f"/app/conversations/{door.conversation(plain)}")
    words = frame_of(page).get_by_text("Just words, in a table:")
    expect(words).to_be_visible()
    light = "rgb(29, 33, 35)" if scheme == "light" else "rgb(231, 234, 234)"
    expect(words).to_have_css("color", light)
