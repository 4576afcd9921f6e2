import Foundation

extension BodyCollector {
    /// A mail within this one: kept as a file. Of a report's, the headers tell what the report is about.
    mutating func addMessage(_ part: Int, _ description: PartDescription) {
        // A mail may hold megabytes of which only the first lines are read here.
        let content = data(of: part, description)
        let inner = PartList([UInt8](content.prefix(Self.endOfHeaders(content))), from: 0, limits: headersAlone)
        if innerHeaders.isEmpty { innerHeaders = HeaderReader(limits: limits).decoded(inner, of: 0, limit: 200) }
        if report != nil || PartDescription(list, 0).parameters.value == "multipart/report" {
            var returned = report ?? MailReport(kind: .returned)
            returned.takeOriginal(innerHeaders)
            report = returned
        }
        var file = MailAttachment(
            filename: description.filename, contentType: description.type, contentID: description.contentID, bytes: content)
        if file.filename == nil, let subject = inner.value("Subject", of: 0, limit: limits.headerBytes) {
            file.filename = FileName.clean(EncodedWords.decode(subject).foldingWhiteSpace() + ".eml")
        }
        attachments.append(file)
    }

    /// Behind the first empty line: no header stands below it.
    private static func endOfHeaders(_ mail: Data) -> Int {
        mail.withUnsafeBytes { bytes in
            var at = 0
            while let feed = bytes[at...].firstIndex(of: 0x0A) {
                if feed == at || feed == at + 1 && bytes[at] == 0x0D { return feed + 1 }
                at = feed + 1
            }
            return bytes.count
        }
    }

    private var headersAlone: MailReader.Limits {
        var limits = limits
        limits.parts = 1
        return limits
    }

    /// The fields that a machine is meant to read are kept as a file too.
    mutating func addReport(_ kind: MailReport.Kind, _ part: Int, _ description: PartDescription) {
        let content = self.content(of: part, description)
        var found = report ?? MailReport(kind: kind)
        found.kind = kind
        found.read(String(cleaning: content.prefix(limits.bodyBytes)))
        report = found
        addAttachment(content, description)
    }

    mutating func addReturnedHeaders(_ part: Int, _ description: PartDescription) {
        let content = self.content(of: part, description)
        var returned = report ?? MailReport(kind: .returned)
        let text = String(cleaning: content.prefix(limits.bodyBytes))
        returned.takeOriginal(MailReport.blocks(text).first ?? [])
        report = returned
        addAttachment(content, description)
    }
}
