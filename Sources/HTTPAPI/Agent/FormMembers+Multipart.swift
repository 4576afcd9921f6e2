import Desk

extension MultipartForm {
    /// The fields as members; `content_attributes[delivery]` becomes an object, `attachments[]` a list.
    var members: JSON {
        var form = FormMembers()
        for field in fields { form.add(field.name, .string(field.value)) }
        return form.json
    }

    /// The files under a name, with or without `[]`.
    func files(named name: String) -> [IncomingFile] {
        files.filter { $0.field == name || $0.field.hasPrefix("\(name)[") }.map(\.incoming)
    }
}
