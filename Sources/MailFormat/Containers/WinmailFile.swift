import Foundation

/// Outlook's `winmail.dat` (MS-OXTNEF §2): a stream of attributes, each with level, id, length, content and checksum.
struct WinmailFile {
    private(set) var text: String?
    private(set) var html: String?
    private(set) var files: [MailAttachment] = []
    /// False where the stream breaks off: what came before is there.
    private(set) var isWhole = false

    private let bytes: [UInt8]
    private let depth: Int
    private var codepage = "windows-1252"
    private var rtf: String?
    /// The attachment that is being read.
    private var name: String?
    private var data: [UInt8]?
    private var properties: [Int: MAPIProperties.Value] = [:]

    private static let fileLimit = 500

    /// nil where it is no such file, or holds nothing.
    init?(_ bytes: [UInt8], depth: Int = 0) {
        self.bytes = bytes
        self.depth = depth
        guard bytes.count > 6, bytes.littleEndian(0, 4) == 0x223E_9F78 else { return nil }
        readAttributes()
        text = text ?? rtf
        if files.isEmpty, text == nil, html == nil { return nil }
    }

    private mutating func readAttributes() {
        var index = 6
        while index + 9 <= bytes.count {
            let id = bytes.littleEndian(index + 1, 4) & 0xFFFF
            let length = bytes.littleEndian(index + 5, 4)
            let begin = index + 9
            guard bytes[index] == 1 || bytes[index] == 2, length <= bytes.count - begin else { break }
            read(id, bytes[begin..<(begin + length)])
            index = begin + length + 2
        }
        endFile()
        isWhole = index >= bytes.count
    }

    private mutating func read(_ id: Int, _ value: ArraySlice<UInt8>) {
        switch id {
        case 0x9007: codepage = Self.charset(Array(value).littleEndian(0, 4)) ?? codepage
        case 0x800C: text = string(value).nonEmpty
        case 0x9003: readMessage(MAPIProperties.read(Array(value)))
        case 0x9002: endFile()  // attAttachRenddata begins an attachment.
        case 0x8010: name = string(value).nonEmpty
        case 0x800F: data = Array(value)
        case 0x9005: properties = MAPIProperties.read(Array(value))
        default: break
        }
    }

    private mutating func readMessage(_ found: [Int: MAPIProperties.Value]) {
        if let page = found[0x3FDE], let charset = Self.charset(page.bytes.littleEndian(0, 4)) { codepage = charset }
        if let body = found[0x1000].map(string)?.nonEmpty { text = body }
        if let body = found[0x1013] { html = body.isWide ? string(body) : Charsets.decode(body.bytes, named: codepage).text }
        if let body = found[0x1009], let source = CompressedRTF.expand(body.bytes) { rtf = RichText.text(of: source).nonEmpty }
    }

    private mutating func endFile() {
        defer { (name, data, properties) = (nil, nil, [:]) }
        guard files.count < Self.fileLimit else { return }
        let said = properties[0x3707] ?? properties[0x3704] ?? properties[0x3001]
        let filename = said.map(string)?.nonEmpty ?? name
        let type = properties[0x370E].map(string)?.lowercased().nonEmpty ?? "application/octet-stream"
        if let object = properties[0x3701], data == nil || data?.isEmpty == true {
            addObject(object.bytes, filename, type)
        } else if let data {
            let contentID = properties[0x3712].map(string)?.nonEmpty
            files.append(
                MailAttachment(
                    filename: filename.flatMap(FileName.clean), contentType: type, contentID: contentID, bytes: Data(data)))
        }
    }

    /// A message within the message: its text as a file, its files beside ours. Its stream stands behind the 16 bytes of an interface's id.
    private mutating func addObject(_ object: [UInt8], _ filename: String?, _ type: String) {
        guard depth < 4, let inner = WinmailFile(Array(object.dropFirst(16)), depth: depth + 1) else {
            files.append(MailAttachment(filename: filename.flatMap(FileName.clean), contentType: type, bytes: Data(object)))
            return
        }
        if let text = inner.text ?? inner.html.map(HTMLText.text) {
            files.append(
                MailAttachment(
                    filename: FileName.clean((filename ?? "message") + ".txt"), contentType: "text/plain", bytes: Data(text.utf8)))
        }
        files += inner.files.prefix(Self.fileLimit - files.count)
    }

    private func string(_ value: ArraySlice<UInt8>) -> String {
        return Charsets.decode(Array(value.prefix { $0 != 0 }), named: codepage).cleanText
    }

    private func string(_ value: MAPIProperties.Value) -> String {
        guard value.isWide else { return string(value.bytes[...]) }
        return String(cleaning: Charsets.decode(value.bytes, named: "utf-16le").utf8.prefix { $0 != 0 })
    }

    private static func charset(_ codepage: Int) -> String? {
        switch codepage {
        case 65_001: "utf-8"
        case 20_127: "us-ascii"
        case 28_591...28_605: "iso-8859-\(codepage - 28_590)"
        case 20_866: "koi8-r"
        case 21_866: "koi8-u"
        case 50_220...50_222: "iso-2022-jp"
        case 51_932: "euc-jp"
        case 51_949: "euc-kr"
        case 54_936: "gb18030"
        case 1...1_999: Charsets.isKnown("cp\(codepage)") ? "cp\(codepage)" : nil
        default: nil
        }
    }
}

extension [UInt8] {
    /// A little-endian number of at most four bytes; 0 beyond the end.
    func littleEndian(_ at: Int, _ length: Int) -> Int {
        guard at >= 0, at + length <= count else { return 0 }
        return (0..<length).reduce(0) { $0 | Int(self[at + $1]) << (8 * $1) }
    }
}
