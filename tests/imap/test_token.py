"""A mailbox and a relay that want tokens which end: fresh ones are fetched from a token server of the test's own."""
import json

import pytest
from conftest import Desk, mail, until
from token_server import SECRETS, Mailbox, TokenRelay, TokenServer

TEXT = mail("Shipping", message_id="<1@customer.test>")


@pytest.fixture
def tokens(certificates):
    server = TokenServer(*certificates.sign("tokens", "IP:127.0.0.1"))
    yield server
    server.shutdown()
    server.server_close()


def test_tokens_are_fetched_before_they_end_and_once_when_they_are_refused(server, tokens):
    desk, mailbox, relay = Desk(server), Mailbox(tokens, TEXT), TokenRelay(tokens)
    relay.controller.start()
    server.start()
    grant = {**SECRETS, "token_url": f"https://127.0.0.1:{tokens.server_port}/token"}
    settings = {"host": "127.0.0.1", "port": mailbox.port, "security": "none", "user": "support@acme.test", "import_existing": True, **grant}
    try:
        for wrong in ({"token_url": grant["token_url"].replace("https", "http")}, {"token_url": "https://user@127.0.0.1/"}, {"client_id": ""},
                      {"password": "too"}):
            assert desk.ask("PUT", desk.path, {**settings, **wrong})[0] == 422, wrong
        # A redirect is not followed, and the reason is said.
        status, answer = desk.ask("POST", f"{desk.path}/test", {**settings, "token_url": grant["token_url"].replace("/token", "/moved")})
        assert status == 422 and "gave no token: it answered 307" in answer["message"] and tokens.given == 0
        # A token that ends soon is not used: each connection fetches one before.
        tokens.life = 60
        shown = desk.agent("PUT", desk.path, settings)
        assert shown["sign_in"] == "oauth" and not any(secret in json.dumps(shown) for secret in ("s3cret", "refresh-1"))
        (first,) = desk.until_mails(1)
        desk.until_state("working")
        tokens.life = 3600
        mailbox.drop()
        until(lambda: mailbox.tried == ["token-1", "token-2"], "the second token")
        # One that holds is used again, until the server refuses it: then another is fetched.
        mailbox.drop()
        until(lambda: mailbox.tried[2:] == ["token-2"], "the same token")
        tokens.good = "none"
        mailbox.drop()
        until(lambda: mailbox.tried[3:] == ["token-2", "token-3"], "a token anew")
        desk.until_state("working")

        # The relay: the same, with a refresh token of its own.
        relay_grant = {**grant, "refresh_token": f"refresh-{tokens.given + 1}"}
        url = f"smtp://support%40acme.test@127.0.0.1:{relay.controller.port}?tls=none"
        assert desk.ask("PUT", f"/inboxes/{desk.inbox}/relay", {"url": "postmark://key@", **relay_grant})[0] == 422
        shown = desk.agent("PUT", f"/inboxes/{desk.inbox}/relay", {"url": url, **relay_grant})
        assert not any(secret in json.dumps(shown) for secret in ("s3cret", "refresh-"))
        desk.agent("POST", f"/conversations/{first['conversation_id']}/messages", {"content": "Yes."})
        until(lambda: relay.mails, "the mail by the relay")
        assert relay.tried == ["token-4"] and tokens.wrong == []

        # The token server has taken it all back: that is said, and nothing is hammered.
        tokens.refuses, mailbox.revoked = True, True
        mailbox.drop()
        stopped = desk.until_state("stopped")
        assert "127.0.0.1 refuses the refresh token: invalid_grant, Token … was revoked" in stopped["reason"], stopped
        assert "refresh-" not in json.dumps(stopped) and stopped["next_try_at"] is None
    finally:
        mailbox.close()
        relay.controller.stop()
