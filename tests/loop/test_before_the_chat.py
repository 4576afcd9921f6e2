"""The form before the chat: kept as an administrator makes it, asked of those who have not answered, and its answers where they belong."""
import json
import re

from test_chat_email_chat import Desk

EMAIL = {"name": "emailAddress", "type": "email", "field_type": "standard", "label": "Your email", "placeholder": "", "enabled": True, "required": True}
NAME = {"name": "fullName", "type": "text", "field_type": "standard", "enabled": True, "required": False}
PLAN = {"name": "plan", "type": "list", "field_type": "contact_attribute", "label": "Plan", "values": ["Free", "Team"], "enabled": True}
ORDER = {"name": "order_number", "type": "number", "field_type": "conversation_attribute", "label": "Order", "enabled": True}


class FormDesk(Desk):
    def __init__(self, server):
        boss = server.create(
            "agent", "create", "--email", "boss@acme-team.test", "--name", "Boss", "--password", "correct horse battery", "--role", "administrator")
        self.boss = {"api_access_token": boss["api_access_token"]}
        super().__init__(server)

    def inbox(self, method="GET", body=None):
        number = self.agent("GET", "/inboxes")["payload"][0]["id"]
        return self.server.request(method, f"/api/v1/accounts/{self.account}/inboxes/{number}", body, self.boss)

    def form(self, fields, **options):
        return self.inbox("PATCH", {"channel": {"pre_chat_form_enabled": True, "pre_chat_form_options": {"pre_chat_fields": fields, **options}}})

    def asked(self):
        """The names of the fields that this visitor's widget is given."""
        status, page = self.server.request("GET", f"/widget?website_token={self.website}&cw_conversation={self.session}")
        assert status == 200
        config = json.loads(re.search(r'id="throughline-config"[^>]*>(.*?)</script>', page, re.S)[1])
        names = [field["name"] for field in config["preChatFormOptions"].get("pre_chat_fields", [])]
        assert config["preChatFormEnabled"] == bool(names)
        return names


REFUSED = [
    ([EMAIL] * 2, {}, "there twice"),
    ([{**ORDER, "name": f"f{n}"} for n in range(21)], {}, "20 fields at most"),
    ([{**PLAN, "values": []}], {}, "1 to 100 texts"),
    ([{**PLAN, "values": ["x" * 256]}], {}, "255 bytes"),
    ([{**EMAIL, "label": "x" * 256}], {}, "`label` of emailAddress"),
    ([{**EMAIL, "field_type": "contact_attribute"}], {}, "`field_type` of emailAddress"),
    ([{**ORDER, "type": "password"}], {}, "`type` of order_number"),
    ([{**ORDER, "name": "a b"}], {}, "`name` of letters"),
    ([{**ORDER, "required": "yes"}], {}, "`required` of order_number"),
    ("all", {}, "is a list"),
    ([EMAIL], {"pre_chat_message": "x" * 2001}, "`pre_chat_message`"),
]


def test_the_form_is_kept_asked_and_answered(server):
    desk = FormDesk(server)
    for fields, options, reason in REFUSED:
        status, answer = desk.form(fields, **options)
        assert status == 422 and reason in answer["message"] and answer["attributes"] == ["pre_chat_form_options"], answer
    assert desk.asked() == []
    status, inbox = desk.form([EMAIL, NAME, PLAN, ORDER, {**NAME, "name": "phoneNumber", "enabled": False}], pre_chat_message="Who are you?")
    assert status == 200, inbox
    assert [f["name"] for f in inbox["pre_chat_form_options"]["pre_chat_fields"]] == ["emailAddress", "fullName", "plan", "order_number", "phoneNumber"]
    assert desk.asked() == ["emailAddress", "fullName", "plan", "order_number"]

    # As the widget sends it: the contact's own first, the conversation's with the first message.
    desk.visitor("PATCH", "/contact", {"email": "Ann@Customer.test", "custom_attributes": {"plan": "Team"}})
    assert desk.asked() == ["fullName", "order_number"]
    begun = desk.visitor("POST", "/conversations", {"message": {"content": "Where is it?"}, "custom_attributes": {"order_number": 17}})
    assert "input_email" not in [message["content_type"] for message in begun["messages"]]
    conversation = desk.agent("GET", f"/conversations/{begun['id']}")
    assert conversation["custom_attributes"] == {"order_number": 17}
    sender = conversation["meta"]["sender"]
    assert (sender["email"], sender["custom_attributes"], sender["address_state"]) == ("ann@customer.test", {"plan": "Team"}, "claimed")

    # Whom the website names is asked nothing.
    named = desk.visitor("PATCH", "/contact/set_user", {"identifier": "u-1"})
    desk.session = named.get("widget_auth_token", desk.session)
    assert desk.asked() == []
