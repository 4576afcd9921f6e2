import Testing

@testable import HTTPAPI

@Suite struct MultipartFormTests {
    private func form(_ body: String, _ type: String = "multipart/form-data; boundary=xx") throws -> MultipartForm {
        try MultipartForm(Array(body.utf8), contentType: type)
    }

    private func part(_ head: String, _ body: String) -> String { "--xx\r\nContent-Disposition: form-data; \(head)\r\n\r\n\(body)\r\n" }

    @Test func fieldsAndFilesInOrder() throws {
        let form = try form(
            part(#"name="a""#, "1") + part(#"name="l[]""#, "x") + part(#"name="l[]""#, "y")
                + part(#"name="f"; filename="a \"b\".txt""#, "\r\n--x\r\n") + "--xx--\r\n")
        #expect(form["a"] == "1")
        #expect(form.list("l[]") == ["x", "y"])
        #expect(form.files.first?.filename == #"a "b".txt"#)
        #expect(form.files.first?.bytes == Array("\r\n--x\r\n".utf8))
    }

    @Test func quotedBoundaryAndPreamble() throws {
        #expect(try form("preamble\r\n" + part(#"name=a"#, "1") + "--xx--", "multipart/form-data; charset=x; boundary=\"xx\"")["a"] == "1")
    }

    @Test func anEmptyFileFieldIsNoFile() throws {
        #expect(try form(part(#"name="f"; filename="""#, "") + "--xx--").files.isEmpty)
    }

    @Test(arguments: ["", "--xx", "--xx\r\n", "--xx\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nno end", "--xxjunk", "\r\n--yy--"])
    func whatIsDamagedIsRefused(_ body: String) {
        #expect(throws: MultipartForm.Problem.self) { try form(body) }
    }

    @Test func withoutABoundaryNothingIsRead() {
        #expect(throws: MultipartForm.Problem.noBoundary) { try form("--xx--", "multipart/form-data") }
    }

    @Test func partsAreBounded() {
        let many = String(repeating: part(#"name="a""#, ""), count: MultipartForm.mostParts + 1) + "--xx--"
        #expect(throws: MultipartForm.Problem.tooManyParts) { try form(many) }
    }
}
