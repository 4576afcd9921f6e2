import Testing

@testable import MailFormat

/// A style that stands at many elements is cleaned once, and means the same at each of them.
@Suite struct RepeatedStyleTests {
    @Test func isWrittenEachTime() {
        let html = "<p style='color:red;behavior:x'>a</p><p style='color:red;behavior:x'>b</p>"
        let result = SafeHTML().cleaned(html)
        #expect(result.html == "<p style=\"color:red\">a</p><p style=\"color:red\">b</p>")
        #expect(result.hasColours)
    }

    @Test func countsItsPicturesEachTime() {
        let html = String(repeating: "<td style=\"background:url(https://shop.test/a.png)\">x</td>", count: 3)
        #expect(SafeHTML().cleaned(html).blockedRemoteImages == 3)
        #expect(SafeHTML(remoteImages: true).cleaned(html).remoteImages == 3)
    }

    @Test func hidesTheTextFromWhoFollowsIt() {
        let html = "<p>New.</p><div style=\"display:none\">x</div><div style=\"display:none\">y</div><blockquote>Old.</blockquote>"
        let result = SafeHTML().cleaned(html, newText: "New.")
        #expect(result.newBytes == "<p>New.".utf8.count)
    }

    @Test func ofABodyJoinsItsOldAttributes() {
        #expect(
            SafeHTML().clean("<body bgcolor=white text=black style='margin:0'><p>a</p></body>")
                == "<div style=\"background-color:white;color:black;margin:0\"><p>a</p></div>")
    }
}
