#!/usr/bin/env python3
"""Measures what people wait for, in Debian's Chromium: opening conversations, scrolling the list, typing, and a message on the other side's screen.

Called by screens.py with a server's address, an agent's address and password, the website token and a count of samples; prints one JSON object.
All times are taken inside the browser, from the event to the frame that shows it.
"""

import json
import sys

from playwright.sync_api import sync_playwright

# Resolves with the milliseconds between `act` and the frame in which `shown` holds.
UNTIL_SHOWN = """window.untilShown = (act, shown) => new Promise((done) => {
    const begin = performance.now();
    act();
    const look = () => shown() ? requestAnimationFrame(() => done(performance.now() - begin)) : requestAnimationFrame(look);
    look();
})"""

# The row is clicked; its conversation is on screen when the thread has its name and its messages.
OPEN = """(at) => {
    const row = document.querySelectorAll('a.row')[at];
    const before = document.querySelector('.thread .messages');
    return untilShown(() => row.click(), () => {
        const now = document.querySelector('.thread .messages');
        return now && now !== before && now.querySelector('.message') !== null && row.getAttribute('aria-current') === 'true';
    });
}"""

# One wheel's turn a frame for two seconds; the longest and the 95th of 100 gaps between frames.
SCROLL = """async () => {
    const box = document.querySelector('.list-scroll');
    const gaps = [];
    let last = performance.now();
    for (let frame = 0; frame < 120; frame += 1) {
        box.scrollTop += 240;
        await new Promise(requestAnimationFrame);
        const now = performance.now();
        gaps.push(now - last);
        last = now;
    }
    return gaps.slice(1);
}"""

# From the key to the next frame, as the page itself sees it.
TYPED = """() => {
    window.typed = [];
    const field = document.querySelector('.composer textarea');
    field.addEventListener('keydown', () => {
        const begin = performance.now();
        requestAnimationFrame(() => setTimeout(() => typed.push(performance.now() - begin), 0));
    });
    field.focus();
}"""

# When a text came on screen, in milliseconds of the machine's clock.
WATCH = """([root, text]) => {
    window.cameAt = new Promise((done) => {
        const look = () => {
            if (!document.querySelector(root)?.textContent.includes(text)) return requestAnimationFrame(look);
            requestAnimationFrame(() => done(performance.timeOrigin + performance.now()));
        };
        look();
    });
}"""


def rows_of(page, count):
    """Scrolls on until the list holds so many rows."""
    page.locator("a.row").first.wait_for()
    height = page.evaluate("document.querySelector('.rows').offsetHeight")
    while height < count * 84:
        page.evaluate("document.querySelector('.list-scroll').scrollTop = 1e9")
        height = page.wait_for_function(
            "(before) => { const now = document.querySelector('.rows').offsetHeight; return now > before && now }", arg=height).json_value()


def main():
    url, email, password, token, samples = sys.argv[1:5] + [int(sys.argv[5])]
    rows = int(sys.argv[6])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        desk = browser.new_context(viewport={"width": 1440, "height": 900})
        desk.add_init_script(UNTIL_SHOWN)
        answer = desk.request.post(f"{url}/auth/sign_in", data={"email": email, "password": password}, headers={"X-Throughline": "1"})
        assert answer.ok, answer.text()
        page = desk.new_page()
        page.goto(f"{url}/app")
        page.get_by_role("tab", name="All").click()
        page.locator("a.row").nth(8).wait_for()
        seen, first, again = 8, [], []
        while len(first) < samples:
            for at in range(seen):
                first.append(page.evaluate(OPEN, at))
            for at in range(seen):
                again.append(page.evaluate(OPEN, at))
            # The next rows, which nobody has opened.
            page.evaluate("(rows) => { document.querySelector('.list-scroll').scrollTop += rows * 84 }", seen + 8)
            page.wait_for_timeout(300)
        page.evaluate(TYPED)
        page.keyboard.type("It is on its way, and should be with you on Friday. " * 4, delay=20)
        page.wait_for_function("typed.length >= 200")
        typed = page.evaluate("typed")
        page.keyboard.press("Control+a")
        page.keyboard.press("Delete")

        shop = browser.new_context(viewport={"width": 1000, "height": 800}).new_page()
        shop.goto(f"{url}/widget?website_token={token}")
        shop.get_by_role("button", name="Send us a message").click()
        there, back = [], []
        field = shop.get_by_label("Message", exact=True)
        field.fill("Is anybody there?")
        field.press("Enter")
        shop.locator(".row.own", has_text="Is anybody there?").filter(has_text="Sent").wait_for()
        page.goto(f"{url}/app")
        page.get_by_role("tab", name="All").click()
        page.locator("a.row", has_text="Is anybody there?").first.click()
        page.locator(".thread .messages", has_text="Is anybody there?").wait_for()
        for number in range(max(samples // 2, 5)):
            for writer, reader, root, times in ((shop, page, ".thread .messages", there), (page, shop, "[role=log]", back)):
                text = f"{'question' if writer is shop else 'answer'} {number} of the measurement"
                reader.evaluate(WATCH, [root, text])
                box = field if writer is shop else page.locator(".composer textarea")
                box.fill(text)
                begin = writer.evaluate("performance.timeOrigin + performance.now()")
                box.press("Enter" if writer is shop else "Control+Enter")
                times.append(reader.evaluate("cameAt") - begin)
        rows_of(page, rows)
        page.evaluate("document.querySelector('.list-scroll').scrollTop = 0")
        scrolled = page.evaluate(SCROLL)
        browser.close()
    print(json.dumps({"open_first_ms": first, "open_again_ms": again, "typed_ms": typed, "to_agent_ms": there, "to_visitor_ms": back,
                      "frame_ms": scrolled, "rows": rows}))


main()
