import Continuity
import Foundation

/// Puts the hidden mark into both parts of a mail, whatever template wrote them: as the last line of the text, and where nobody sees it
/// in the HTML.
enum ComposeMarker {
    static func put(_ marker: String, into parts: (text: String, html: String)) -> (text: String, html: String) {
        let mark = HiddenMarker.written(marker)
        let hidden =
            "<div aria-hidden=\"true\" style=\"display:none;max-height:0;overflow:hidden;font-size:1px;line-height:1px;mso-hide:all\">\(mark)</div>"
        var html = parts.html
        if let end = html.range(of: "</body>", options: [.caseInsensitive, .backwards]) {
            html.insert(contentsOf: hidden + "\n", at: end.lowerBound)
        } else {
            html += hidden
        }
        var text = parts.text
        while text.last?.isWhitespace == true { text.removeLast() }
        return (text + "\n\n\(mark)\n", html)
    }
}
