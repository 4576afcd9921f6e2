import Conversations
import MailFormat
import Store

/// An agent looks at a mail as its writer laid it out: safe HTML, for a frame in which nothing can run.
public struct ShowMailHTML: Sendable {
    public enum Part: String, Sendable, CaseIterable {
        /// Without what was quoted, where that can be told apart.
        case new
        case all
    }

    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    /// - Parameter remotePictures: whether pictures of other servers may be fetched.
    public func run(
        _ part: Part, remotePictures: Bool, message number: Int64, in conversationNumber: Int64, by agent: Agent
    ) async throws -> SafeHTML.Result {
        let links = desk.attachmentLinks
        let (html, pictures) = try await desk.database.read { tx in
            let conversation = try tx.conversation(conversationNumber, of: agent)
            let message = try tx.message(number, in: conversation)
            guard let mail = try message.inboundMailID.flatMap({ try tx.mail($0) }), let shape = mail.htmlShape,
                let html = try tx.html(of: mail.id)
            else { throw DeskError.notFound("This message has no HTML.") }
            let files = try tx.attachments(of: [message.id])[message.id] ?? []
            let pictures = files.compactMap { file in file.contentID.map { ($0, links.path(file)) } }
            let shown = part == .new ? shape.newBytes.map { String(decoding: Array(html.utf8).prefix($0), as: UTF8.self) } : nil
            return (shown ?? html, Dictionary(pictures, uniquingKeysWith: { first, _ in first }))
        }
        return SafeHTML(remoteImages: remotePictures, attached: .at(pictures)).cleaned(html)
    }
}
