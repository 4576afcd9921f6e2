import MailFormat
import Testing

@testable import Desk

/// What is kept of a mail's HTML.
@Suite struct ReadHTMLTests {
    static let token = "0123456789abcdef0123456789abcdef"

    @Test func `the new part and what is fetched for it are known without the HTML`() {
        let read = ReadHTML(
            "<p>Yes.</p><table><tr><td>Sam wrote: <img src='https://x.test/a.png'></td></tr></table>", newText: "Yes.")
        #expect(read.shape.isRich == false)
        #expect(read.shape.newRemotePictures == 0 && read.shape.remotePictures == 1)
        #expect(read.shape.newBytes.map { String(decoding: Array(read.html.utf8).prefix($0), as: UTF8.self) } == "<p>Yes.")
    }

    @Test(arguments: [
        ("<p>words <b>alone</b></p>", false), ("<table><tr><td>x</table>", true), ("<img src=cid:a>", true), ("<img>", false),
    ])
    func `pictures and tables make it rich`(_ html: String, _ isRich: Bool) {
        #expect(ReadHTML(html, newText: nil).shape.isRich == isRich)
    }

    /// A token is in no answer of the API, also where a mail program made a link of it; the new part ends where it ended.
    @Test func `tokens are hidden in text and links`() {
        let address = "reply+\(Self.token)@reply.acme.test"
        let read = ReadHTML(
            "<p>To \(address): yes</p><p>Sam <a href=\"mailto:\(address)\">\(address)</a> wrote</p>", newText: "To \(address): yes")
        #expect(!read.html.contains(Self.token))
        #expect(
            read.shape.newBytes.map { String(decoding: Array(read.html.utf8).prefix($0), as: UTF8.self) }
                == "<p>To reply+…@reply.acme.test: yes")
    }

    @Test func `very long HTML is kept up to its bound`() {
        let read = ReadHTML(String(repeating: "<p>many words of a very long mail</p>", count: 100_000), newText: nil)
        #expect(read.html.utf8.count <= ReadHTML.byteLimit + 1_000)
    }

    @Test func `a mail's HTML is read with it`() throws {
        let raw = "From: a@b.test\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p onclick=x>Hi</p><script>x</script>"
        let read = ReadMail.read(Array(raw.utf8), envelope: MailEnvelope(sender: "a@b.test", recipients: []))
        #expect(try #require(read.html).html == "<p>Hi</p>")
        let plain = ReadMail.read(Array("From: a@b.test\r\n\r\nHi".utf8), envelope: MailEnvelope(sender: "a@b.test", recipients: []))
        #expect(plain.html == nil)
    }
}
