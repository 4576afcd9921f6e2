"""What the tests of the dashboard share: its page, signed in; the agents' API; visitors; mails that come in; what axe and the eye find."""

import os
import re
import smtplib
import uuid
from email.message import EmailMessage

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from waiting import still, until

AGENT = {"email": "agent@example.test", "password": "throughline"}
OURS = {"X-Throughline": "1"}


def sign_in(context, who):
    """From now on all that this browser asks is asked by them."""
    answer = context.request.post("/auth/sign_in", data=who, headers=OURS)
    assert answer.ok, answer.text()


@pytest.fixture(scope="module")
def signed_in(browser, base_url):
    """Cookies of the agent, got once: signing in is slow on purpose."""
    context = browser.new_context(base_url=base_url)
    sign_in(context, AGENT)
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def open_page(browser, base_url, signed_in):
    """Opens the dashboard as the agent; fails the test on any script error or refused resource of ours."""
    contexts, faults = [], []

    def opened(path="/app", expect_refused=False, **options):
        """`expect_refused`: where refusing resources is what the test is about."""
        options.setdefault("viewport", {"width": 1440, "height": 900})
        context = browser.new_context(base_url=base_url, storage_state=signed_in, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        if not expect_refused:
            page.on("console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None)
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def agent(browser, base_url, signed_in):
    """The agents' API with the agent's cookies."""
    context = browser.new_context(base_url=base_url, storage_state=signed_in)
    yield context.request
    context.close()


def account(agent):
    """The path of the agent's account."""
    return f"/api/v1/accounts/{agent.get('/api/v1/profile').json()['account_id']}"


@pytest.fixture
def website(agent):
    """A website of the test's own, without mail."""
    channel = {"type": "web_widget", "website_url": "https://shop.example.test", "continuity_via_email": True}
    made = agent.post(f"{account(agent)}/inboxes", data={"name": f"Shop {uuid.uuid4().hex[:6]}", "channel": channel}, headers=OURS)
    assert made.ok, made.text()
    return made.json()


class Visitor:
    """A visitor of the demo's website, by the widget's API."""

    def __init__(self, context, website_token):
        self.request = context.request
        self.query = f"?website_token={website_token}"
        config = self.request.post(f"/api/v1/widget/config{self.query}", data={})
        assert config.ok, config.text()
        self.headers = {"X-Auth-Token": config.json()["website_channel_config"]["auth_token"]}
        self.name = f"Visitor {uuid.uuid4().hex[:8]}"
        self.conversation = None

    def begin(self, text, email=None):
        contact = {"name": self.name} | ({"email": email} if email else {})
        answer = self._post("conversations", {"contact": contact, "message": {"content": text, "echo_id": uuid.uuid4().hex}})
        self.conversation = answer.json()["id"]
        return self.conversation

    def write(self, text):
        self._post("messages", {"message": {"content": text, "echo_id": uuid.uuid4().hex}})

    def typing(self, status):
        self._post("conversations/toggle_typing", {"typing_status": status})

    def sees(self):
        answer = self.request.get(f"/api/v1/widget/messages{self.query}", headers=self.headers)
        assert answer.ok, answer.text()
        return [message["content"] for message in answer.json()["payload"]]

    def _post(self, path, data):
        answer = self.request.post(f"/api/v1/widget/{path}{self.query}", data=data, headers=self.headers)
        assert answer.ok, answer.text()
        return answer


@pytest.fixture
def new_visitor(browser, base_url, agent):
    """Makes visitors of the first website."""
    inboxes = agent.get(f"{account(agent)}/inboxes").json()["payload"]
    website = next(inbox for inbox in inboxes if inbox.get("website_token"))
    contexts = []

    def made():
        contexts.append(browser.new_context(base_url=base_url))
        return Visitor(contexts[-1], website["website_token"])

    yield made
    for context in contexts:
        context.close()


@pytest.fixture
def visitor(new_visitor):
    return new_visitor()


def address(visitor):
    return f"{visitor.name.split()[-1]}@customer.test"


def row(page, visitor):
    return page.locator(".row", has_text=visitor.name)


def composer(page):
    return page.locator(".composer textarea")


def center(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def bubbles(page, text):
    return page.locator(".bubble", has_text=text)


class Door:
    """An email inbox of its own, and mails to it over SMTP, as the world sends them."""

    def __init__(self, agent):
        self.agent = agent
        self.account = account(agent)
        self.address = f"door-{uuid.uuid4().hex[:8]}@example.test"
        channel = {"type": "email", "email": self.address}
        answer = agent.post(f"{self.account}/inboxes", data={"name": "Door", "channel": channel}, headers=OURS)
        assert answer.ok, answer.text()

    def send(self, text, html=None, subject="A question", sender=None, name="Ada Muster", files=(), headers=()):
        """Sends a mail; gives its sender's address."""
        sender = sender or f"ada-{uuid.uuid4().hex[:8]}@customer.test"
        mail = EmailMessage()
        mail["From"] = f"{name} <{sender}>"
        mail["To"] = self.address
        mail["Subject"] = subject
        mail["Message-ID"] = f"<{uuid.uuid4().hex}@customer.test>"
        for header, value in headers:
            mail[header] = value
        mail.set_content(text)
        if html is not None:
            mail.add_alternative(html, subtype="html")
            for content_id, kind, data in files:
                mail.get_payload()[-1].add_related(data, "image", kind, cid=f"<{content_id}>")
        with smtplib.SMTP("127.0.0.1", int(os.environ.get("TL_SMTP_PORT", "2525")), timeout=20) as smtp:
            smtp.send_message(mail, sender, [self.address])
        return sender

    def row(self, sender, settled=lambda row: row["outcome"]):
        """The mail desk's row of the newest mail from there, once it was read."""
        def found():
            listed = self.agent.get(f"{self.account}/mails?outcome=all").json()["payload"]
            return next((row for row in listed if row["from"] and row["from"]["address"] == sender and settled(row)), None)

        return until(found, f"a mail from {sender}")

    def conversation(self, sender):
        return self.row(sender)["conversation_id"]


def mails_to(agent, email):
    """What the demo's mailbox has for somebody, the newest first."""
    listed = agent.get("/demo/api/mailbox").json()["payload"]
    return [agent.get(f"/demo/api/mailbox/{entry['id']}").json() for entry in listed if entry["to"].lower() == email.lower()]


def headers_of(mail):
    return {name.lower(): value for name, value in mail["headers"]}


def mailed(agent, visitor, text="We have kept it for you."):
    """The agent answers by mail; gives the headers of the mail that the customer got."""
    number = visitor.begin("Is it still there?", email=address(visitor))
    sent = agent.post(f"{account(agent)}/conversations/{number}/messages", headers=OURS,
                      data={"content": text, "content_attributes": {"delivery": "email_now"}})
    assert sent.ok, sent.text()
    return headers_of(until(lambda: mails_to(agent, address(visitor)), "the answer to be mailed")[0])


def answer_by_mail(headers, text, sender, name="Somebody Else", subject=None, automatic=False):
    """Somebody, or their mail program by itself, answers that mail over SMTP."""
    mail = EmailMessage()
    mail["From"] = f"{name} <{sender}>"
    mail["To"] = headers["reply-to"]
    mail["Subject"] = subject or f"Re: {headers['subject']}"
    mail["Message-ID"] = f"<{uuid.uuid4().hex}@elsewhere.test>"
    mail["In-Reply-To"] = headers["message-id"]
    if automatic:
        mail["Auto-Submitted"] = "auto-replied"
    mail.set_content(text)
    recipient = headers["reply-to"].split("<")[-1].rstrip(">")
    with smtplib.SMTP("127.0.0.1", int(os.environ.get("TL_SMTP_PORT", "2525")), timeout=20) as smtp:
        smtp.send_message(mail, sender, [recipient])


@pytest.fixture
def door(agent):
    return Door(agent)


# Text and the ground that it stands on, as drawn: (contrast, text) of everything below 4.5:1.
LOW_CONTRAST = """
() => {
  const parse = (color) => (color.match(/[\\d.]+/g) || []).map(Number);
  const channel = (value) => { value /= 255; return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4; };
  const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const mix = (top, below) => { const a = top[3] ?? 1; return [0, 1, 2].map((i) => top[i] * a + below[i] * (1 - a)); };
  const ground = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.backgroundColor.startsWith('color(')) return null;
      const color = parse(style.backgroundColor);
      if ((color[3] ?? 1) > 0) layers.push(color);
      if ((color[3] ?? 1) === 1) break;
    }
    return layers.reverse().reduce((below, top) => mix(top, below), [255, 255, 255]);
  };
  const low = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent.trim();
    if (!text || !element.checkVisibility({ opacityProperty: true }) || element.closest('noscript, script, :disabled')) continue;
    const back = ground(element);
    if (!back) continue;
    const front = mix(parse(getComputedStyle(element).color), back);
    const [light, dark] = [luminance(front), luminance(back)].sort((a, b) => b - a);
    const contrast = (light + 0.05) / (dark + 0.05);
    if (contrast < 4.5) low.push([contrast.toFixed(2), text.slice(0, 40), element.className]);
  }
  return low;
}
"""


RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def violations(page):
    still(page)
    return [(found["id"], [node["target"] for node in found["nodes"]]) for found in Axe().run(page, options=RULES).response["violations"]]
