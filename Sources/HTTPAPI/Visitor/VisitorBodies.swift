import Desk

/// What widgets send. Unknown members are left alone, as Chatwoot leaves them.
enum VisitorBody {
    struct Contact: Decodable {
        var name: String?
        var email: String?
        var phone_number: String?
        var custom_attributes: JSON?
        var additional_attributes: JSON?
        var identifier: JSON?
        var identifier_hash: String?

        var details: VisitorDetails {
            VisitorDetails(
                name: name, email: email, phoneNumber: phone_number, customAttributes: custom_attributes?.nonNull,
                additionalAttributes: additional_attributes?.nonNull)
        }
    }

    /// Some widgets wrap the contact, some do not.
    struct ContactChange: Decodable {
        var contact: Contact?
        let plain: Contact

        private enum Key: CodingKey { case contact }

        init(from decoder: any Decoder) throws {
            contact = try decoder.container(keyedBy: Key.self).decodeIfPresent(Contact.self, forKey: .contact)
            plain = try Contact(from: decoder)
        }
    }

    struct Message: Decodable {
        var content: String?
        var echo_id: String?
        var referer_url: String?
        var submitted_values: JSON?
        var submitted_email: String?
    }

    struct Post: Decodable {
        var message: Message?
        var contact: Contact?
        var custom_attributes: JSON?
        var labels: [String]?

        func draft() -> VisitorDraft {
            var draft = VisitorDraft()
            draft.content = message?.content
            draft.echoID = message?.echo_id.flatMap { $0.isEmpty ? nil : String($0.prefix(128)) }
            draft.refererURL = message?.referer_url
            draft.customAttributes = custom_attributes?.nonNull
            draft.labels = Array((labels ?? []).prefix(20))
            return draft
        }
    }

    struct Seen: Decodable { var message_id: Int64? }
    struct Typing: Decodable { var typing_status: String }
    struct Attributes: Decodable { var custom_attributes: JSON }
    struct AttributeNames: Decodable { var custom_attributes: [String] }
    struct Label: Decodable { var label: String }

    struct Page: Decodable {
        var open: Bool
        var visible: Bool
        /// A beacon cannot carry headers.
        var auth_token: String?
    }
}

extension JSON {
    var nonNull: JSON? {
        if case .null = self { return nil }
        return self
    }
}
