import Foundation
import MailFormat

/// A `Date` header's value.
@Sendable func fuzzDates(_ bytes: UnsafeBufferPointer<UInt8>) {
    let mail = MailReader().read(Array("Date: ".utf8) + bytes + Array("\r\nFrom: a@b.test\r\n\r\n".utf8))
    guard let date = mail.date else { return }
    // Years 1 to 9999, and a time or zone at most some months off.
    check((-62_200_000_000...254_000_000_000).contains(date.timeIntervalSince1970), "a date that no calendar has")
    _ = date.ISO8601Format()
}
