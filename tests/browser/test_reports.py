"""Reports: figures of what really happened, as charts and as tables, for a time and an inbox, and as files."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from desk_page import LOW_CONTRAST, OURS, account, mailed, violations
from desk_page import agent, new_visitor, open_page, signed_in, visitor  # noqa: F401 (fixtures)


def tile(page, name):
    return page.locator(".tile", has_text=name).locator("b")


def test_figures_and_charts_of_what_happened_and_the_same_as_a_file(open_page, agent, visitor):
    mailed(agent, visitor)
    label = f"kiln-{uuid.uuid4().hex[:6]}"
    labelled = agent.post(f"{account(agent)}/conversations/{visitor.conversation}/labels", data={"labels": [label]}, headers=OURS)
    assert labelled.ok, labelled.text()
    page = open_page("/app")
    assert page.locator("script[src*=charts]").count() == 0
    page.get_by_role("link", name="Reports").click()
    expect(page.get_by_role("heading", name="Reports", exact=True)).to_be_visible()
    expect(tile(page, "Begun")).to_have_text(re.compile(r"^[1-9]\d*$"))
    expect(tile(page, "Went on by email")).to_have_text(re.compile(r"^[1-9]\d*(\.\d)?%$"))
    for name in ["Conversations", "Messages", "First response", "Resolution", "From chat to email", "Mails"]:
        chart = page.get_by_role("img", name=re.compile(f"^Chart: {name}\\."))
        expect(chart).to_have_attribute("data-drawn", "1")
        # Something is really drawn: not all of the canvas is empty.
        assert chart.evaluate("c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(v => v !== 0)")
    expect(page.get_by_role("region", name="Load by label").get_by_role("row", name=f"{label} 1 0")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Load by label as CSV").click()
    assert f",{label},1,0," in open(download.value.path(), encoding="utf-8-sig").read()
    page.locator("summary", has_text="Figures").first.click()
    expect(page.get_by_role("region", name="Conversations", exact=True).get_by_role("row")).to_have_count(31)
    page.get_by_role("combobox", name="Time", exact=True).select_option("7")
    expect(page.get_by_role("region", name="Conversations", exact=True).get_by_role("row")).to_have_count(8)
    with page.expect_download() as download:
        page.get_by_role("link", name="Conversations as CSV").click()
    assert download.value.suggested_filename == "reports-daily.csv"
    lines = open(download.value.path(), encoding="utf-8-sig").read().splitlines()
    assert len(lines) == 8 and lines[0].startswith("date,timestamp,conversations_count")
    assert violations(page) == []
    assert page.evaluate(LOW_CONTRAST) == []


@pytest.fixture
def utc(agent):
    """The account's zone as it was, before and after."""
    def back():
        agent.patch(account(agent), data={"timezone": ""}, headers={"X-Throughline": "1"})

    back()
    yield
    back()


def test_the_zone_of_the_days_is_the_accounts(open_page, agent, utc):
    page = open_page("/app/reports")
    zone = page.get_by_role("combobox", name="Time zone of the reports")
    expect(zone).to_have_value("UTC")
    zone.select_option("Asia/Tokyo")
    expect(page.get_by_text("The reports’ days are that zone’s now.")).to_be_visible()
    assert agent.get(account(agent)).json()["timezone"] == "Asia/Tokyo"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_fits_a_phone(open_page, scheme):
    page = open_page("/app/reports", viewport={"width": 360, "height": 740}, color_scheme=scheme)
    expect(page.locator("canvas[data-drawn]")).to_have_count(6)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert violations(page) == []
