"""A mailbox and a relay that take no passwords: what fresh access tokens are fetched with is written in the dashboard, and never shown again."""

import email.message
import email.policy
import re

import pytest
from playwright.sync_api import expect

from desk_page import OURS, violations
from own_server import OwnServer
# Found by the path that own_server adds.
from certificates import Certificates
from server_under_test import until
from token_server import SECRETS, Mailbox, TokenRelay, TokenServer

BOSS = {"email": "kim@acme.test", "password": "four words are fine"}


@pytest.fixture
def certificates(tmp_path):
    (tmp_path / "certificates").mkdir()
    return Certificates(str(tmp_path / "certificates"))


@pytest.fixture
def world(tmp_path, certificates):
    """Our server, the token server, and a mailbox and a relay that take its tokens."""
    pair = certificates.sign("world", "IP:127.0.0.1")
    mail = email.message.EmailMessage(policy=email.policy.SMTP)
    mail["From"], mail["To"], mail["Subject"] = "Ann <ann@customer.test>", "support@acme.test", "Shipping"
    mail["Message-ID"] = "<1@customer.test>"
    mail.set_content("Do you ship to Norway?")
    tokens = TokenServer(*pair)
    mailbox, relay = Mailbox(tokens, mail.as_bytes()), TokenRelay(tokens, *pair)
    relay.controller.start()
    server = OwnServer(tmp_path, f"--mail-trusted-certificates={certificates.ca}", "--continuity-undo-window=1s")
    yield server, tokens, mailbox, relay
    server.stop()
    relay.controller.stop()
    mailbox.close()
    tokens.shutdown()
    tokens.server_close()


def fill_grant(step, tokens, refresh_token, secret=SECRETS["client_secret"]):
    step.get_by_label("Token server").fill(f"https://127.0.0.1:{tokens.server_port}/token")
    step.get_by_label("Client ID").fill(SECRETS["client_id"])
    step.get_by_label("Client secret").fill(secret)
    step.get_by_label(re.compile("^Refresh token")).fill(refresh_token)


def test_tokens_are_set_up_in_the_dashboard(browser, world):
    server, tokens, mailbox, relay = world
    server.command("agent", "create", "--email", BOSS["email"], "--password", BOSS["password"], "--name", "Kim", "--role", "administrator")
    inbox = server.command("inbox", "create", "--kind", "email", "--name", "Acme", "--address", "support@acme.test")["id"]
    server.start()
    context = browser.new_context(base_url=server.url, viewport={"width": 1280, "height": 900})
    try:
        assert context.request.post("/auth/sign_in", data=BOSS, headers=OURS).ok
        api = f"/api/v1/accounts/{context.request.get('/api/v1/profile').json()['account_id']}"
        page = context.new_page()
        page.goto(f"/app/settings/inboxes/{inbox}/email")

        # In: wrong at first, and the token server's words stand at the field.
        way_in = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="How mail comes in"))
        way_in.get_by_role("radio", name=re.compile("^From a mailbox")).check()
        way_in.get_by_label("Mail server").fill("127.0.0.1")
        way_in.get_by_label("Port").fill(str(mailbox.port))
        way_in.get_by_role("combobox", name=re.compile("^Encryption")).select_option("none")
        way_in.get_by_label("User").fill("support@acme.test")
        way_in.get_by_role("combobox", name="Signs in with").select_option("oauth")
        way_in.get_by_role("switch", name=re.compile("^Take the mail")).click()
        way_in.get_by_role("button", name="Try it").click()
        expect(way_in.get_by_role("alert")).to_have_text("Fill this in to go on.")
        fill_grant(way_in, tokens, "refresh-1", secret="another")
        way_in.get_by_role("button", name="Try it").click()
        expect(way_in.get_by_role("alert")).to_contain_text("refuses the refresh token: invalid_client")
        assert tokens.wrong == [{**SECRETS, "grant_type": "refresh_token", "client_secret": "another"}] and tokens.given == 0
        assert violations(page) == []
        way_in.get_by_label("Client secret").fill(SECRETS["client_secret"])
        way_in.get_by_role("button", name="Try it").click()
        expect(way_in.locator(".field-good")).to_contain_text("It works")
        way_in.get_by_role("button", name="Save and fetch").click()
        expect(way_in.get_by_text("Kept. Write all of it anew to change it.")).to_be_visible()
        for name in ("Token server", "Client secret", "Refresh token"):
            expect(way_in.get_by_label(re.compile(f"^{name}"))).to_have_value("")
        page.reload()
        expect(way_in.get_by_text("New mail is fetched.")).to_be_visible()
        expect(way_in.get_by_role("combobox", name="Signs in with")).to_have_value("oauth")
        # What was kept is not asked for again.
        way_in.get_by_role("button", name="Save and fetch").click()
        expect(page.get_by_text("New mail is fetched from now on.")).to_be_visible()

        # Out: the same, with a refresh token of its own.
        way_out = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="How mail goes out"))
        way_out.get_by_role("radio", name=re.compile("^A relay of its own")).check()
        way_out.get_by_role("textbox", name=re.compile("^Mail server")).fill("127.0.0.1")
        way_out.get_by_role("textbox", name="Port").fill(str(relay.controller.port))
        way_out.get_by_role("textbox", name="User").fill("support@acme.test")
        way_out.get_by_role("combobox", name="Signs in with").select_option("oauth")
        way_out.get_by_role("button", name="Save relay").click()
        expect(way_out.get_by_role("alert")).to_have_text("Fill this in to go on.")
        fill_grant(way_out, tokens, f"refresh-{tokens.given + 1}")
        way_out.get_by_role("button", name="Save relay").click()
        expect(way_out.get_by_text("Mail leaves by")).to_be_visible()
        assert violations(page) == []
        for secret in (SECRETS["client_secret"], "refresh-1", "refresh-2"):
            assert secret not in page.content()
            for path in ("mailbox", "relay"):
                assert secret not in context.request.get(f"{api}/inboxes/{inbox}/{path}").text()

        # The mail that was there has come in by a token, and its answer leaves by one.
        def conversation():
            found = context.request.get(f"{api}/conversations").json()["data"]["payload"]
            return found and found[0]["id"]

        number = until(conversation, "the mail from the mailbox", 60)
        message = {"content": "Yes, for nine euros.", "content_attributes": {"delivery": "email_now"}}
        assert context.request.post(f"{api}/conversations/{number}/messages", data=message, headers=OURS).ok
        until(lambda: relay.mails, "the answer at the relay", 60)
        assert relay.tried == [tokens.good]
        assert set(mailbox.tried) == {"token-1"} and len(tokens.wrong) == 1
    finally:
        context.close()
