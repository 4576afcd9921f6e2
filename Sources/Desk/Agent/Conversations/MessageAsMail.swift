import Conversations
import Foundation
import MailFormat
import Store

/// A message as a mail of an mbox, whichever way it came or went: written for the file, and never sent.
///
/// From is the customer, whoever else wrote by mail, or the inbox under its agent's name, as the customer knows it. What a mail cannot say stands
/// in `X-Throughline-…`: that it is a note, that it was said in the chat.
struct MessageAsMail {
    let conversation: Conversation
    let contact: Contact
    let inbox: Inbox
    let desk: Desk

    /// For ids, and for people and inboxes that have no address (RFC 2606 §2).
    private static let nowhere = "throughline.invalid"

    func entry(_ view: MessageView, _ tx: any Connection) throws -> [UInt8] {
        var mail = try self.mail(view, tx)
        let own = mail.messageID
        // A stranger's program may have named its mail so that it can stand in no header.
        if let name = view.message.sourceID { mail.messageID = name }
        let raw: [UInt8]
        do {
            raw = try MailWriter.write(mail)
        } catch .messageID {
            mail.messageID = own
            raw = try MailWriter.write(mail)
        }
        return Mbox.entry(raw, from: mail.from.address, at: mail.date)
    }

    private func mail(_ view: MessageView, _ tx: any Connection) throws -> OutgoingMail {
        let message = view.message
        let thread = "thread.\(conversation.uuid)@\(Self.nowhere)"
        let isFromCustomer = message.kind == .incoming
        return OutgoingMail(
            from: isFromCustomer ? writer(view) : ours(view.senderAgent?.name),
            to: [isFromCustomer || message.isPrivate || message.kind == .activity ? ours(nil) : customer],
            subject: conversation.subject, date: message.createdAt.date,
            messageID: "\(message.id).\(conversation.uuid)@\(Self.nowhere)", text: message.content ?? "",
            cc: message.copies.map { Self.mailbox(nil, $0, else: "copy") }, inReplyTo: [thread], references: [thread],
            headers: [
                MailHeader(name: "X-Throughline-Conversation", value: "\(conversation.displayID)"),
                MailHeader(name: "X-Throughline-Kind", value: message.isPrivate ? "note" : "\(message.kind)"),
                MailHeader(name: "X-Throughline-Channel", value: message.channel.rawValue),
            ],
            attachments: try view.attachments.compactMap { file in
                try tx.blob(file.sha256).map {
                    OutgoingAttachment(filename: file.filename, contentType: file.contentType, bytes: Data($0))
                }
            })
    }

    private var customer: MailAddress { Self.mailbox(contact.name, contact.email, else: "contact-\(contact.id)") }

    /// Who wrote what came in: by mail that may be somebody else than the customer.
    private func writer(_ view: MessageView) -> MailAddress {
        if let mail = view.mail, let address = mail.fromAddress { return Self.mailbox(mail.fromName, address, else: "sender-\(mail.id)") }
        guard let sender = view.senderContact else { return customer }
        return Self.mailbox(sender.name, sender.email, else: "contact-\(sender.id)")
    }

    private func ours(_ agent: String?) -> MailAddress {
        Self.mailbox(agent ?? desk.company(of: inbox), desk.senderAddress(of: inbox), else: "inbox-\(inbox.id)")
    }

    /// - Parameter other: stands in the place of an address that is not known or that no header may have.
    private static func mailbox(_ name: String?, _ address: String?, else other: String) -> MailAddress {
        let plain = address.flatMap(MailAddress.normalise).flatMap { $0.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } ? $0 : nil }
        return MailAddress(name: name ?? (plain == nil ? address : nil), address: plain ?? "\(other)@\(nowhere)")
    }
}
