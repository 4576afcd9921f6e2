"""The pages on which a visitor was: told by the widget, seen by agents, without what is private, and forgotten again."""
from test_chat_email_chat import Desk


def pages(desk, contact):
    return [(page["url"], page["title"]) for page in desk.agent("GET", f"/contacts/{contact}/pages")["payload"]]


def tell(desk, page, title=""):
    desk.visitor("POST", "/presence", {"open": True, "visible": True, "page": page, "title": title})


def test_last_pages_are_told_bounded_and_forgotten(server):
    desk = Desk(server)
    status, config = server.request(
        "POST", f"/api/v1/widget/config?website_token={desk.website}", {"page": "https://acme.test/", "title": "Acme"}, {"X-Auth-Token": desk.session})
    assert status == 200, config
    conversation = desk.begin()
    contact = desk.agent("GET", f"/conversations/{conversation}")["meta"]["sender"]["id"]
    assert pages(desk, contact) == [("https://acme.test/", "Acme")]

    # Once for each page; never what is private, never what is no page.
    tell(desk, "https://acme.test/pricing?email=ann@customer.test#me", "Prices\n<b>bold</b>")
    tell(desk, "https://acme.test/pricing?other=1", "Prices")
    tell(desk, "javascript:alert(1)", "Click me")
    tell(desk, "https://acme.test/" + "a" * 5000)
    assert pages(desk, contact) == [("https://acme.test/pricing", "Prices"), ("https://acme.test/", "Acme")]

    # The last ten.
    for number in range(12):
        tell(desk, f"https://acme.test/p{number}", "x" * 10_000)
    kept = pages(desk, contact)
    assert len(kept) == 10 and all(len(title) <= 255 for _, title in kept)

    document = desk.agent("GET", f"/conversations/{conversation}/export")
    assert len(document["last_pages"]) == 10
