import HTMLReading
import MailFormat

/// HTML made safe and HTML made text.
@Sendable func fuzzHTML(_ bytes: UnsafeBufferPointer<UInt8>) {
    let html = String(decoding: bytes, as: UTF8.self)
    checkText(HTMLText.text(of: html), "text of HTML")
    checkSafeHTML(html)
}

/// What `SafeHTML` promises: nothing that runs or loads, and the same again on a second pass.
func checkSafeHTML(_ html: String) {
    let safe = SafeHTML().clean(html)
    let again = SafeHTML().clean(safe)
    check(safe == again, "not stable:\n\(safe)\n----\n\(again)")
    var tokens = HTMLTokenizer(safe)
    while let token = tokens.next() {
        switch token {
        case .start(let name, let range, _):
            check(!forbidden.contains(name), "<\(name)> in safe HTML")
            for (attribute, value) in HTMLAttributes(tokens.bytes, range).pairs {
                check(!attribute.hasPrefix("on"), "a handler in safe HTML: \(attribute)")
                guard attribute == "href" || attribute == "src" || attribute == "background" else { continue }
                let link = value.lowercased().filter { $0 > " " }
                check(
                    !link.hasPrefix("javascript:") && !link.hasPrefix("vbscript:") && !link.hasPrefix("data:text"),
                    "a link that runs: \(link)")
                check(attribute == "href" || !link.hasPrefix("http") && !link.hasPrefix("//"), "a remote source: \(link)")
            }
        case .comment: check(false, "a comment in safe HTML")
        case .rawText(let name, _): check(false, "raw text of \(name) in safe HTML")
        default: break
        }
    }
}

private let forbidden: Set<String> = [
    "script", "iframe", "frame", "frameset", "object", "embed", "applet", "svg", "math", "form", "input", "button", "select", "textarea",
    "base", "meta", "link", "style", "template", "noscript", "xmp", "plaintext", "title", "video", "audio", "portal",
]
