import Continuity
import Foundation

extension String {
    /// The text as it may be shown: reply and bounce tokens in it (`+<32 hex digits>@`, any letter case) become `+…@`, and hidden marks
    /// (`ref:<32 hex digits>`) become `ref:…`. A token is in no API answer, event, URL or log (behaviour §4), wherever a mail program may
    /// have quoted it. Linear.
    var withoutTokens: String { withoutReplyTokens.withoutMarkers }

    private var withoutMarkers: String {
        HiddenMarker.find(in: self).reduce(self) { $0.replacingOccurrences(of: "ref:\($1)", with: "ref:…", options: .caseInsensitive) }
    }

    private var withoutReplyTokens: String {
        let bytes = Array(utf8)
        guard bytes.contains(UInt8(ascii: "+")) else { return self }
        var shown: [UInt8] = []
        shown.reserveCapacity(bytes.count)
        var at = 0
        while at < bytes.count {
            let end = at + 33
            if bytes[at] == UInt8(ascii: "+"), end < bytes.count, bytes[end] == UInt8(ascii: "@"), bytes[(at + 1)..<end].allSatisfy(isHex) {
                shown += "+…".utf8
                at = end
            } else {
                shown.append(bytes[at])
                at += 1
            }
        }
        return String(decoding: shown, as: UTF8.self)
    }
}

private func isHex(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): true
    default: false
    }
}
