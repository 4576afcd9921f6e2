import MailFormat

/// A header with addresses, alone and within a mail.
@Sendable func fuzzAddresses(_ bytes: UnsafeBufferPointer<UInt8>) {
    let text = String(decoding: bytes, as: UTF8.self)
    let list = MailAddress.list(text, limit: 50)
    check(list.count <= 50, "more addresses than asked for")
    for each in list {
        check(!each.address.utf8.contains { $0 == 0 || $0 == 0x0A || $0 == 0x0D }, "NUL or a line end in an address")
        check(each.name?.utf8.contains { $0 == 0 || $0 == 0x0A || $0 == 0x0D } != true, "NUL or a line end in a name")
        if let normal = MailAddress.normalise(each.address) {
            check(MailAddress.normalise(normal) == normal, "a normalised address is not stable")
        }
    }
    _ = MailAddress(text)
    _ = MailAddress.normalise(text)
    let mail = MailReader().read(Array("From: ".utf8) + bytes + Array("\r\n\r\n".utf8))
    check(mail.from?.address.utf8.contains { $0 == 0 || $0 == 0x0A || $0 == 0x0D } != true, "NUL or a line end in From")
}
