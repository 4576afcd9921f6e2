"""A token server of the test's own (OAuth 2), and mail servers that take nothing but its tokens."""
import base64
import http.server
import json
import ssl
import threading
import urllib.parse

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from imap_server import IMAPServer
from ports import free_port

SECRETS = {"client_id": "the-client", "client_secret": "s3cret&=/+", "refresh_token": "refresh-1"}


class TokenServer(http.server.ThreadingHTTPServer):
    """RFC 6749 §6: token-1, token-2 …, each with a new refresh token, and the one before is good no more."""

    def __init__(self, certificate, key):
        super().__init__(("127.0.0.1", free_port()), TokenHandler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.given, self.life, self.refuses, self.wrong = 0, 3600, False, []
        # The access token that the mail servers take.
        self.good = None
        threading.Thread(target=self.serve_forever, daemon=True).start()


class TokenHandler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_POST(self):
        given = dict(urllib.parse.parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode(), strict_parsing=True))
        server, status, answer = self.server, 200, {}
        if self.path == "/moved":
            self.send_response(307)
            self.send_header("Location", f"https://127.0.0.1:{server.server_port}/token")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        expected = {**SECRETS, "grant_type": "refresh_token", "refresh_token": f"refresh-{server.given + 1}"}
        if server.refuses:
            status, answer = 400, {"error": "invalid_grant", "error_description": f"Token {given['refresh_token']} was revoked."}
        elif given != expected:
            server.wrong.append(given)
            status, answer = 401, {"error": "invalid_client"}
        else:
            server.given += 1
            server.good = f"token-{server.given}"
            answer = {"access_token": server.good, "token_type": "Bearer", "expires_in": server.life, "refresh_token": f"refresh-{server.given + 1}"}
        data = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def token_in(piece):
    user, bearer = base64.b64decode(piece).decode().rstrip("\1").split("\1")
    assert user == "user=support@acme.test", user
    return bearer.removeprefix("auth=Bearer ")


class Mailbox(IMAPServer):
    """One mail, for who has the token that is `good`; says which were tried."""

    mechanism = b"XOAUTH2"

    def __init__(self, tokens, text):
        """`text`: the one mail in it."""
        self.tokens, self.tried, self.revoked = tokens, [], False
        super().__init__(text)

    def lets_in(self, proof):
        token = token_in(proof)
        # Judged before it is told: the test changes what is good as soon as it is.
        good = token == self.tokens.good and not self.revoked
        self.tried.append(token)
        return good


class TokenRelay:
    """An own relay that takes mail of who has the good token."""

    def __init__(self, tokens, certificate=None, key=None):
        """With a certificate it insists on STARTTLS."""
        self.tokens, self.tried, self.mails, tls = tokens, [], [], None
        if certificate:
            tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            tls.load_cert_chain(certificate, key)
        self.controller = Controller(
            self, hostname="127.0.0.1", port=free_port(), auth_required=True, auth_require_tls=tls is not None, require_starttls=tls is not None,
            tls_context=tls, auth_exclude_mechanism=["LOGIN", "PLAIN"])

    async def auth_XOAUTH2(self, server, args):
        token = token_in(args[1])
        self.tried.append(token)
        return AuthResult(success=token == self.tokens.good, handled=False)

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(envelope)
        return "250 2.0.0 taken"
