"""The dashboard in an agent's own language: the browser's until another is chosen, and then on every device."""

import uuid

import pytest
from playwright.sync_api import expect

from desk_page import LOW_CONTRAST, OURS, account, sign_in, violations
from desk_page import agent, open_page, signed_in  # noqa: F401 (fixtures)

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
