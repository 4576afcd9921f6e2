"""The visitor's side: launcher, widget frame, email question, sending, seeing, presence."""

from __future__ import annotations

import gzip
import re
import urllib.request

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import expect

from waiting import drawn, still
from widget_page import WidgetPage, site_with_widget, unique, until

KB = 1000


# --- What it costs a page


def test_a_new_visitor_costs_one_request_and_no_frame(shop):
    page = shop().visit()
    page.page.wait_for_load_state("networkidle")
    ours = [r for r in page.requests if re.search(r"/(packs|api|widget|events)\b", r)]
    assert len(ours) == 1 and ours[0].endswith("/packs/js/sdk.js")
    assert page.page.locator("iframe").count() == 0


def test_weight(base_url):
    def zipped(path: str) -> int:
        """What goes over the line: the server's own compressed form."""
        request = urllib.request.Request(base_url + path, headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(request) as answer:
            assert answer.headers["Content-Encoding"] == "gzip"
            body = answer.read()
        assert gzip.decompress(body)
        return len(body)

    launcher = zipped("/packs/js/sdk.js")
    assert launcher <= 6 * KB
    assert launcher + zipped("/assets/widget.js") + zipped("/assets/widget.css") <= 35 * KB


# --- Launcher


def test_launcher_is_a_button_that_keyboards_open_and_close(shop):
    page = shop().visit()
    expect(page.launcher).to_have_attribute("aria-expanded", "false")
    page.launcher.focus()
    page.page.keyboard.press("Enter")
    way = page.frame.get_by_role("button", name=re.compile("Send us a message"))
    expect(way).to_be_focused()
    expect(page.launcher).to_have_attribute("aria-expanded", "true")
    page.page.keyboard.press("Enter")
    expect(page.field).to_be_focused()
    page.page.keyboard.press("Escape")
    expect(page.launcher).to_have_attribute("aria-expanded", "false")
    expect(page.launcher).to_be_focused()
    expect(page.page.locator("iframe")).to_be_hidden()


def test_styles_of_the_page_do_not_reach_the_launcher(shop):
    page = shop().visit()
    before = page.launcher.bounding_box()
    page.page.add_style_tag(content="*{display:none!important;all:unset!important} button,div{width:1px!important;position:static!important}")
    assert page.launcher.bounding_box() == before
    assert (before["width"], before["height"]) == (60, 60)


def test_events_and_methods_of_the_sdk(shop):
    page = shop()
    page.page.add_init_script(
        """window.seen = [];
        for (const name of ['ready', 'opened', 'closed', 'on-message', 'on-start-conversation', 'error'])
            addEventListener('chatwoot:' + name, () => seen.push(name));"""
    )
    page.visit()
    assert page.page.evaluate("[$chatwoot.hasLoaded, $chatwoot.isOpen]") == [True, False]
    page.page.evaluate("$chatwoot.toggle('open')")
    page.frame.locator(".widget").wait_for()
    assert page.page.evaluate("$chatwoot.isOpen") is True
    page.page.evaluate("$chatwoot.toggle()")
    page.page.evaluate("$chatwoot.toggleBubbleVisibility('hide')")
    expect(page.launcher).to_be_hidden()
    page.page.evaluate("$chatwoot.toggleBubbleVisibility('show')")
    expect(page.launcher).to_be_visible()
    assert page.page.evaluate("seen") == ["ready", "opened", "closed"]
    page.page.evaluate("$chatwoot.setLocale('de')")
    page.page.evaluate("$chatwoot.toggle('open')")
    expect(page.frame.get_by_role("button", name=re.compile("Schreiben Sie uns"))).to_be_visible()
    page.page.evaluate("$chatwoot.setColorScheme('dark')")
    expect(page.frame.locator("html")).to_have_attribute("data-scheme", "dark")
    assert "cw_conversation" in [c["name"] for c in page.context.cookies()]
    page.page.evaluate("$chatwoot.reset()")
    assert "cw_conversation" not in [c["name"] for c in page.context.cookies()]
    assert page.page.locator("iframe").count() == 0


def test_the_website_tells_who_the_visitor_is(shop, agent):
    page = shop().visit()
    name = unique("Anna Holm")
    page.page.evaluate("name => $chatwoot.setUser('u-' + name, {name, email: 'anna@holm.test'})", name)
    page.until(lambda: page.page.evaluate("document.cookie.includes('cw_conversation')"), "the cookie")
    page.start()
    text = unique("Do you know me?")
    page.write(text)
    expect(page.bubble(text)).to_contain_text("Sent")
    sender = agent.conversation(agent.conversation_with(text))["meta"]["sender"]
    assert (sender["name"], sender["email"]) == (name, "anna@holm.test")
    expect(page.frame.get_by_text("Where can we reach you")).to_be_hidden()


def test_the_unmodified_snippet_on_another_site(shop, agent, base_url, other_site):
    page = shop()
    page.base_url = other_site(site_with_widget(base_url))
    page.visit("/").start()
    text = unique("From another site")
    page.write(text)
    expect(page.bubble(text)).to_contain_text("Sent")
    answer = unique("And back")
    conversation = agent.conversation_with(text)
    agent.say(conversation, answer)
    expect(page.bubble(answer)).to_be_visible()
    page.page.goto("about:blank")
    agent.say(conversation, unique("While you were away"))
    page.visit("/")
    expect(page.launcher).to_have_accessible_name(re.compile("Unread messages: [12]"))


# --- Writing and answering


def test_message_and_answer(shop, agent):
    page = shop()
    text = page.begin()
    conversation = agent.conversation_with(text)
    answer = unique("Yes, **every** glaze is. See https://kiln.test/care.")
    agent.say(conversation, answer)
    bubble = page.log.locator(".row.theirs").last
    expect(bubble).to_contain_text("Yes, every glaze is.")
    expect(bubble.locator("strong")).to_have_text("every")
    expect(bubble.locator("a")).to_have_attribute("href", "https://kiln.test/care")
    expect(bubble.locator(".name")).not_to_be_empty()
    expect(page.log).to_have_attribute("aria-live", "polite")


def test_markup_in_a_message_stays_text(shop, agent):
    page = shop()
    conversation = agent.conversation_with(page.begin())
    agent.say(conversation, "<img src=x onerror=alert(1)> [x](javascript:alert(1)) <b>bold</b>")
    bubble = page.log.locator(".row.theirs").last
    expect(bubble).to_contain_text("<img src=x onerror=alert(1)> [x](javascript:alert(1)) <b>bold</b>")
    assert bubble.locator("img, a, b").count() == 0


def test_notes_never_reach_the_visitor(shop, agent):
    page = shop()
    conversation = agent.conversation_with(page.begin())
    note, answer = unique("difficult customer"), unique("Of course")
    agent.say(conversation, note, private=True)
    agent.say(conversation, answer)
    expect(page.bubble(answer)).to_be_visible()
    expect(page.bubble(note)).to_have_count(0)


def test_typing_shows_both_ways(shop, agent):
    page = shop()
    conversation = agent.conversation_with(page.begin())
    agent.typing(conversation, True)
    expect(page.frame.locator(".typing")).to_be_visible()
    agent.typing(conversation, False)
    expect(page.frame.locator(".typing")).to_be_hidden()
    with page.page.expect_request(lambda r: r.url.split("?")[0].endswith("/toggle_typing") and '"on"' in (r.post_data or "")):
        page.field.press_sequentially("Hm")


def test_shift_enter_breaks_the_line(shop, agent):
    page = shop()
    page.begin()
    page.field.press_sequentially("one")
    page.field.press("Shift+Enter")
    page.field.press_sequentially("two")
    page.field.press("Enter")
    expect(page.log.locator(".row.own").last.locator(".text")).to_have_text("one\ntwo")


def test_files_go_up_and_come_down(shop, agent):
    page = shop()
    conversation = agent.conversation_with(page.begin())
    data = bytes(range(256)) * 40
    page.frame.locator("input[type=file]").set_input_files({"name": "Ünïcode list.bin", "mimeType": "application/octet-stream", "buffer": data})
    text = unique("here it is")
    page.write(text)
    expect(page.bubble(text)).to_contain_text("Sent")
    attachment = next(m for m in agent.messages(conversation) if m["content"] == text)["attachments"][0]
    link = page.bubble(text).locator("a.file")
    expect(link).to_contain_text("Ünïcode list.bin")
    got = page.page.request.get(page.page.evaluate("href => new URL(href, location.href).href", link.get_attribute("href")))
    assert got.body() == data
    assert attachment["file_size"] == len(data)


def test_a_pasted_picture_is_shown_and_sent(shop, agent):
    page = shop()
    conversation = agent.conversation_with(page.begin())
    page.field.evaluate(
        """async field => {
            const canvas = Object.assign(document.createElement('canvas'), {width: 40, height: 30});
            canvas.getContext('2d').fillRect(0, 0, 20, 20);
            const blob = await new Promise(done => canvas.toBlob(done));
            const clipboardData = new DataTransfer();
            clipboardData.items.add(new File([blob], 'image.png', {type: 'image/png'}));
            field.dispatchEvent(new ClipboardEvent('paste', {clipboardData, bubbles: true, cancelable: true}));
        }"""
    )
    expect(page.frame.locator(".tray img")).to_be_visible()
    page.field.press("Enter")
    sent = page.log.locator(".row.own").last
    expect(sent).to_contain_text("Sent")
    assert sent.locator("img").evaluate("image => image.decode().then(() => image.naturalWidth)") == 40
    assert agent.messages(conversation)[-1]["attachments"][0]["file_type"] == "image"
    page.page.reload()
    page.open()
    assert page.log.locator("img").evaluate("image => image.decode().then(() => image.naturalWidth)") == 40


def test_a_draft_survives_a_reload(shop):
    page = shop().visit().start()
    page.field.fill("I was just about to say")
    page.page.reload()
    page.start()
    expect(page.field).to_have_value("I was just about to say")


def test_a_closed_conversation_says_so_and_opens_again(shop, agent):
    page = shop()
    conversation = agent.conversation_with(page.begin())
    agent.account_call("POST", f"conversations/{conversation}/toggle_status", {"status": "resolved"})
    closed = page.frame.get_by_text("This conversation is closed. Write to open it again.")
    expect(closed).to_be_visible()
    page.write(unique("One more thing"))
    expect(closed).to_be_hidden()
    page.until(lambda: agent.conversation(conversation)["status"] == "open", "the conversation to be open")


def test_older_messages_come_when_they_are_scrolled_to(shop, agent):
    page = shop()
    text = page.begin()
    conversation = agent.conversation_with(text)
    for n in range(30):
        agent.say(conversation, f"line {n}")
    page.page.reload()
    page.open()
    expect(page.bubble("line 29")).to_be_in_viewport()
    assert page.log.locator(".row").count() < 30
    scroller = page.frame.locator(".scroller")
    scroller.evaluate("e => e.scrollTo(0, 0)")
    expect(page.log.locator(".row")).not_to_have_count(20)
    scroller.evaluate("e => e.scrollTo(0, 0)")
    expect(page.bubble(text)).to_be_visible()
    shown = page.log.locator(".row .text").all_inner_texts()
    assert shown == [text, *(f"line {n}" for n in range(30))]


# --- Nothing is lost, nothing is doubled


def test_messages_written_offline_arrive_once_and_in_order_after_a_reload(shop, agent):
    page = shop()
    first = page.begin()
    page.context.route("**/api/v1/widget/messages*", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    texts = [unique(f"offline {n}") for n in range(3)]
    for text in texts:
        if text is texts[1]:
            page.frame.locator("input[type=file]").set_input_files({"name": "list.txt", "mimeType": "text/plain", "buffer": b"kept over the reload"})
        page.write(text)
        expect(page.bubble(text)).to_be_visible()
    expect(page.bubble(texts[0])).to_contain_text("Not sent. Tap to retry")
    page.context.unroute("**/api/v1/widget/messages*")
    page.page.reload()  # the launcher alone starts the frame, because something waits
    conversation = agent.conversation_with(first)

    def arrived():
        return [m["content"] for m in agent.messages(conversation) if m["content"] in texts]

    page.until(lambda: len(arrived()) == 3, "three messages")
    assert arrived() == texts
    assert [len(m.get("attachments") or []) for m in agent.messages(conversation) if m["content"] in texts] == [0, 1, 0]


def test_a_lost_answer_does_not_double_the_message(shop, agent):
    page = shop()
    first = page.begin()
    lost = []

    def swallow(route):
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    page.context.route("**/api/v1/widget/messages*", swallow)
    text = unique("only once")
    page.write(text)
    expect(page.bubble(text)).to_contain_text("Sent")
    assert lost == [200]
    page.page.wait_for_timeout(2500)
    conversation = agent.conversation_with(first)
    assert [m["content"] for m in agent.messages(conversation)].count(text) == 1
    expect(page.bubble(text)).to_have_count(1)


def test_what_the_server_refuses_says_so_and_can_be_sent_again(shop):
    page = shop()
    page.begin()
    refused = lambda route: route.fulfill(status=422, json={"message": "Too long"}) if route.request.method == "POST" else route.continue_()
    page.context.route("**/api/v1/widget/messages*", refused)
    text = unique("please take it")
    page.write(text)
    retry = page.bubble(text).get_by_role("button", name="Not sent. Tap to retry")
    expect(retry).to_be_visible()
    expect(page.bubble(text)).to_contain_text("Too long")
    page.context.unroute("**/api/v1/widget/messages*")
    retry.click()
    expect(page.bubble(text)).to_contain_text("Sent")


# --- Seen, unread, present


def test_seen_after_a_second_on_screen_and_not_while_closed(shop, agent):
    page = shop()
    conversation = agent.conversation_with(page.begin())
    marks = lambda: [r for r in page.requests if "update_last_seen" in r]
    page.page.keyboard.press("Escape")
    agent.say(conversation, unique("while closed"))
    expect(page.launcher).to_have_accessible_name("Chat. Unread messages: 1")
    page.page.wait_for_timeout(1500)
    assert marks() == []
    page.launcher.click()
    page.page.wait_for_timeout(400)
    assert marks() == []
    page.page.wait_for_timeout(1500)
    assert len(marks()) == 1
    expect(page.launcher).to_have_accessible_name("Chat")


def test_an_answer_waits_on_the_next_page_without_a_frame(shop, agent):
    page = shop()
    text = page.begin()
    page.page.goto("about:blank")
    answer = unique("Here is your answer")
    agent.say(agent.conversation_with(text), answer)
    page.visit()
    expect(page.launcher).to_have_accessible_name("Chat. Unread messages: 1")
    assert page.page.locator("iframe").count() == 0
    later = unique("And one more thing")
    agent.say(agent.conversation_with(text), later)
    expect(page.launcher).to_have_accessible_name("Chat. Unread messages: 2")
    page.page.get_by_role("button", name=later).click()
    expect(page.bubble(answer)).to_be_visible()
    expect(page.bubble(later)).to_be_visible()
    expect(page.launcher).to_have_accessible_name("Chat")


def test_agents_see_whether_the_visitor_looks(shop, agent):
    page = shop()
    conversation = agent.conversation_with(page.begin())
    presence = lambda: agent.conversation(conversation)["continuity"]["presence"]
    page.until(lambda: presence() == "looking", "the visitor to be looking")
    page.page.keyboard.press("Escape")
    page.until(lambda: presence() == "open", "the visitor to be open")
    page.launcher.click()
    page.until(lambda: presence() == "looking", "the visitor to be looking")
    page.page.goto("about:blank")
    page.until(lambda: presence() != "looking", "the visitor not to be looking")


def test_many_tabs_need_one_connection_and_hand_it_on(shop, agent, browser, base_url):
    """Browsers allow six connections to a server over HTTP/1.1: a stream for each tab would block the seventh tab."""
    first = shop()
    text = first.begin()
    conversation = agent.conversation_with(text)
    tabs = [WidgetPage(browser, base_url, context=first.context).visit() for _ in range(7)]
    tabs[0].open()  # beside the launchers' connection, that of a frame
    answer = unique("For all tabs")
    agent.say(conversation, answer)
    expect(first.bubble(answer)).to_be_visible()
    expect(tabs[0].bubble(answer)).to_be_visible()
    for tab in tabs[1:]:
        expect(tab.launcher).to_have_accessible_name("Chat. Unread messages: 1")
    streams = [r for tab in (first, *tabs) for r in tab.requests if "/events?" in r]
    assert len(streams) <= 3, streams

    first.page.close()
    tabs[1].page.close()
    later = unique("And later")
    agent.say(conversation, later)
    expect(tabs[0].bubble(later)).to_be_visible()
    for tab in tabs[2:]:
        expect(tab.launcher).to_have_accessible_name("Chat. Unread messages: 2")


# --- The email question


def test_email_is_kept_when_the_field_is_left(shop, agent):
    page = shop()
    text = page.begin()
    page.email.fill("anna@example.test")
    page.field.focus()
    expect(page.frame.get_by_text("Saved")).to_be_visible()
    sender = agent.conversation(agent.conversation_with(text))["meta"]["sender"]
    assert sender["email"] == "anna@example.test"
    expect(page.frame.locator(".foot")).to_contain_text("Replies go to a…@example.test")
    expect(page.frame.get_by_text("Where can we reach you")).to_be_hidden()


def test_email_is_kept_when_the_tab_is_closed_at_once(shop, agent):
    page = shop()
    text = page.begin()
    page.email.press_sequentially("bo@example.test")
    page.close_page()
    conversation = agent.conversation_with(text)
    assert until(lambda: agent.conversation(conversation)["meta"]["sender"]["email"], "an address") == "bo@example.test"


def test_skip_and_change(shop, agent):
    page = shop()
    text = page.begin()
    page.email.fill("half@exam")
    page.frame.get_by_role("button", name="Skip").click()
    expect(page.email).to_be_hidden()
    assert not agent.conversation(agent.conversation_with(text))["meta"]["sender"]["email"]


def test_a_mistyped_address_is_asked_about(shop, agent):
    page = shop()
    text = page.begin()
    page.email.fill("anna@gmial.com")
    page.email.press("Enter")
    expect(page.frame.get_by_text("Did you mean anna@gmail.com?")).to_be_visible()
    page.frame.get_by_role("button", name="Yes, use that").click()
    expect(page.frame.locator(".foot")).to_contain_text("a…@gmail.com")
    sender = agent.conversation(agent.conversation_with(text))["meta"]["sender"]
    assert sender["email"] == "anna@gmail.com"
    page.frame.get_by_role("button", name="change").click()
    page.email.fill("anna at home")
    page.email.press("Enter")
    expect(page.frame.get_by_text("This does not look like an email address.")).to_be_visible()


def test_the_question_returns_once_when_nobody_answers(shop):
    page = shop()
    page.page.clock.install()
    text = unique("Anybody there?")
    page.visit().start().write(text)
    expect(page.bubble(text)).to_contain_text("Sent")
    page.frame.get_by_role("button", name="Skip").click()
    expect(page.email).to_be_hidden()
    page.page.clock.fast_forward(41_000)
    expect(page.frame.get_by_text("No answer yet. Where can we reach you?")).to_be_visible()
    page.frame.get_by_role("button", name="Skip").click()
    page.page.clock.fast_forward(120_000)
    expect(page.email).to_be_hidden()


# --- Who may speak to whom


def test_messages_from_other_windows_are_not_obeyed(shop):
    page = shop().visit().open()
    forged = "{mark: 'throughline', body: {type: 'close'}}"
    page.page.evaluate(f"window.postMessage({forged}, '*')")
    page.page.evaluate("document.body.append(Object.assign(document.createElement('iframe'), {name: 'other'}))")
    page.page.frame("other").evaluate(
        f"""() => {{
            const frame = parent.document.querySelector('#throughline-widget').shadowRoot.querySelector('iframe').contentWindow;
            const wish = {{mark: 'throughline', body: {{type: 'settings', settings: {{darkMode: 'dark'}}}}}};
            return new Promise((done) => setTimeout(() => {{
                parent.postMessage({forged}, '*');
                frame.postMessage(wish, '*');
                done();
            }}));
        }}"""
    )
    # Whoever obeyed would have done so by the next picture.
    for where in page.page.frames[:2]:
        drawn(where)
    expect(page.launcher).to_have_attribute("aria-expanded", "true")
    expect(page.frame.locator("html")).to_have_attribute("data-scheme", "light")


# --- For everyone


@pytest.mark.parametrize(("locale", "direction", "invitation"), [("de-DE", "ltr", "Schreiben Sie uns"), ("ja-JP", "ltr", "メッセージを送る"), ("ar-EG", "rtl", "أرسل إلينا رسالة"), ("tlh", "ltr", "Send us a message")])
def test_speaks_the_browsers_language(shop, locale, direction, invitation):
    page = shop(locale=locale).visit().open()
    expect(page.frame.get_by_role("button", name=re.compile(invitation))).to_be_visible()
    expect(page.frame.locator("html")).to_have_attribute("dir", direction)


@pytest.mark.parametrize("options", [{}, {"color_scheme": "dark"}, {"viewport": {"width": 360, "height": 740}}], ids=["light", "dark", "phone"])
def test_no_axe_violations(shop, agent, options):
    page = shop(**options)
    conversation = agent.conversation_with(page.begin())
    answer = unique("Hello")
    agent.say(conversation, answer)
    expect(page.bubble(answer)).to_be_visible()
    axe = AXE_FILE_PATH.read_text()
    frame = next(f for f in page.page.frames if "/widget?" in f.url)
    for where in (frame, page.page.main_frame):
        still(where)
        where.evaluate(axe)
        found = where.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], iframes: false})")
        assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found["violations"]] == []


@pytest.mark.parametrize("colour", ["#1f93ff", "#ffd400", "#ffffff", "#000000", "#e4572e", "#7fd1ae", "nonsense"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_any_colour_of_an_inbox_stays_readable(shop, colour, scheme):
    page = shop(color_scheme=scheme)
    recolour = lambda route: route.fulfill(response=(answer := route.fetch()), body=re.sub(r'"widgetColor":\s*"[^"]*"', f'"widgetColor":"{colour}"', answer.text()))
    page.context.route("**/widget?*", recolour)
    page.visit().open()
    measured = page.frame.locator("html").evaluate(
        """root => {
            const rgb = (text) => {
                const c = document.createElement('canvas').getContext('2d');
                c.fillStyle = text; c.fillRect(0, 0, 1, 1);
                return [...c.getImageData(0, 0, 1, 1).data.slice(0, 3)];
            };
            const light = (text) => rgb(text).map(v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4).reduce((s, v, i) => s + v * [.2126, .7152, .0722][i], 0);
            const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + .05) / (y + .05); };
            const of = (name) => getComputedStyle(root).getPropertyValue(name).trim();
            return [ratio(of('--on-fill'), of('--fill')), ratio(of('--on-fill'), of('--fill-far')), ratio(of('--accent'), of('--ground')), ratio(of('--accent'), of('--soft'))];
        }"""
    )
    assert min(measured) >= 4.5, measured
