import Testing

@testable import Desk

/// What a report's file says, also where a name tries to be more than a name.
@Suite struct ReportTableTests {
    static let names: [(name: String, written: String)] = [
        ("Kim", "Kim"), ("Kim, Support", "\"Kim, Support\""), ("Kim \"K\" Lee", "\"Kim \"\"K\"\" Lee\""),
        ("=HYPERLINK(\"http://evil.test\")", "\"'=HYPERLINK(\"\"http://evil.test\"\")\""), ("=1+1", "\"'=1+1\""), ("+49 30", "\"'+49 30\""),
        ("-2", "\"'-2\""), ("@SUM(A1)", "\"'@SUM(A1)\""), ("  =1", "\"'  =1\""), ("\t=1", "\"'\t=1\""), ("＝1+1", "\"'＝1+1\""),
        ("a\nb", "\"a\nb\""), ("a;b", "\"a;b\""), ("", ""), ("日本", "日本"),
    ]

    @Test(arguments: names) func namesAreHarmless(_ row: (name: String, written: String)) {
        let table = ReportTable(columns: ["name"], rows: [[.text(row.name)]])
        #expect(table.csv == "\u{FEFF}name\r\n\(row.written)\r\n")
    }

    @Test func numbersStayNumbersAndWhatIsNotThereIsEmpty() {
        let table = ReportTable(
            columns: ["a", "b", "c", "d", "e"],
            rows: [[.number(-3), .time(.milliseconds(1_500)), .time(nil), .share(1.0 / 3), .share(nil)]])
        #expect(table.csv == "\u{FEFF}a,b,c,d,e\r\n-3,1.5,,0.3333,\r\n")
        #expect(JSON.array(table.json).text == #"[{"a":-3,"b":1.5,"c":null,"d":0.3333,"e":null}]"#)
    }
}
