"""The dashboard in an agent's own language: the browser's until another is chosen, and then on every device."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from desk_page import LOW_CONTRAST, OURS, account, address, answer_by_mail, composer, mailed, sign_in, violations
from desk_page import agent, new_visitor, open_page, signed_in, visitor  # noqa: F401 (fixtures)

TITLES = {
    "de": ("Unterhaltungen", "Berichte", "Posteingänge"),
    "fr": ("Conversations", "Rapports", "Boîtes de réception"),
    "es": ("Conversaciones", "Informes", "Bandejas de entrada"),
}


@pytest.fixture
def colleague(browser, base_url, agent):
    """Opens pages as an agent of its own, each call on a new device."""
    who = {"email": f"lang-{uuid.uuid4().hex[:8]}@example.test", "password": "four words are fine"}
    made = agent.post(f"{account(agent)}/agents", data={"name": "Lou", "role": "administrator", **who}, headers=OURS)
    assert made.ok, made.text()
    contexts, faults = [], []

    def opened(path, locale="en-US", **options):
        contexts.append(browser.new_context(base_url=base_url, locale=locale, **options))
        context = contexts[-1]
        sign_in(context, who)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


def test_the_browsers_language_until_another_is_chosen_and_then_everywhere(colleague):
    page = colleague("/app", locale="fr-CA")
    expect(page.get_by_role("link", name="Rapports")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "fr"
    page.get_by_role("button", name="Votre compte").click()
    page.get_by_role("menuitem", name="Langue: Français").click()
    assert violations(page) == []
    page.get_by_role("button", name="Deutsch").click()
    expect(page.get_by_role("link", name="Berichte")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "de"
    # A device on which nothing was chosen learns it from the server.
    other = colleague("/app", locale="en-GB")
    expect(other.get_by_role("link", name="Berichte")).to_be_visible()
    other.get_by_role("button", name="Ihr Konto").click()
    other.get_by_role("menuitem", name="Sprache: Deutsch").click()
    other.get_by_role("button", name="Wie der Browser").click()
    expect(other.get_by_role("link", name="Reports")).to_be_visible()
    page.reload()
    expect(page.get_by_role("link", name="Rapports")).to_be_visible()


@pytest.mark.parametrize("language", ["de", "fr", "es"])
def test_pages_speak_it_and_fit_a_phone(colleague, language):
    conversations, reports, inboxes = TITLES[language]
    page = colleague("/app", locale=language, viewport={"width": 360, "height": 740}, color_scheme="dark")
    expect(page.get_by_role("link", name=conversations, exact=True)).to_be_visible()
    for path, title in [("reports", reports), ("settings/inboxes", inboxes)]:
        page.goto(f"/app/{path}")
        expect(page.locator("h1, h2").get_by_text(title, exact=True).first).to_be_attached()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
    assert violations(page) == []
    assert page.evaluate(LOW_CONTRAST) == []


def test_what_the_server_says_is_said_in_the_agents_language(colleague, agent, visitor):
    """Delivery lines, system lines, the composer's sentence, the evidence of a held reply: by their codes, while the API's words stay English."""
    headers = mailed(agent, visitor)
    answer_by_mail(headers, "I am her husband.", f"tom-{uuid.uuid4().hex[:6]}@elsewhere.test")
    path = f"{account(agent)}/conversations/{visitor.conversation}"
    assert agent.post(f"{path}/toggle_status", data={"status": "resolved"}, headers=OURS).ok
    visitor.write("Is it still there, please?")
    page = colleague(f"/app/conversations/{visitor.conversation}", locale="de")
    lines = page.locator(".activity")
    expect(lines.first).to_contain_text("hat die Unterhaltung erledigt")
    expect(lines.nth(1)).to_contain_text(f"{visitor.name} hat wieder geschrieben")
    expect(page.locator(".held-text")).to_contain_text("Sie ging an die eigene Antwortadresse dieser Unterhaltung")
    expect(page.locator(".sentence")).to_have_text(f"Erscheint jetzt im Chat; geht per E-Mail an {address(visitor)}, wenn es nicht gesehen wird.")
    composer(page).fill("Ja.")
    composer(page).press("Enter")
    expect(page.locator(".message", has_text="Ja.").locator(".delivery-text")).to_have_text(re.compile(r"^Noch nicht gesehen, E-Mail in \d+:\d\d$"))
    said = [message["content"] for message in agent.get(f"{path}/messages").json()["payload"] if message["message_type"] == 2]
    assert said == ["Conversation was marked resolved by Sam", f"{visitor.name} wrote again"]
