import Testing

@testable import MailFormat

@Suite struct SafeHTMLTests {
    static let ways = [
        SafeHTML(attached: .at(["one": "/files/1"])), SafeHTML(remoteImages: true, attached: .at(["one": "/files/1"])),
        SafeHTML(remoteImages: true, attached: .asTheyStand),
    ]

    /// What holds for every input: the output keeps to the strict grammar of `OutputGrammar`, fetches nothing that it should not, and is stable.
    static func check(_ html: String, sourceLocation: SourceLocation = #_sourceLocation) {
        for (index, safe) in ways.enumerated() {
            let clean = safe.clean(html)
            do {
                let tags = try OutputGrammar.tags(of: clean)
                for tag in tags where tag.name == "a" {
                    #expect(
                        tag.attributes.suffix(2).map(\.value) == ["_blank", "noopener noreferrer nofollow"], sourceLocation: sourceLocation)
                }
                if index == 0 {
                    for tag in tags {
                        for (name, value) in tag.attributes where name == "src" || name == "background" || name == "style" {
                            #expect(
                                !value.contains("http:") && !value.contains("https:"), "fetches: \(clean)", sourceLocation: sourceLocation)
                        }
                    }
                }
            } catch {
                Issue.record("\(error)\nfrom: \(html)\nto: \(clean)", sourceLocation: sourceLocation)
            }
            #expect(safe.clean(clean) == clean, "not stable, from: \(html)", sourceLocation: sourceLocation)
        }
    }

    @Test(arguments: HostileHTML.all)
    func nothingRunsAndNothingIsFetched(_ attack: String) {
        Self.check("<p>before</p>" + attack + "<p>after</p>")
        #expect(SafeHTML().clean("<p>before</p>" + attack).hasPrefix("<p>before</p>"))
    }

    @Test(arguments: HostileHTML.untidy) func whatIsUntidyIsWrittenTidily(_ html: String) { Self.check(html) }

    /// Every attack inside and behind every other kind of place, and cut and mixed at random places.
    @Test(arguments: 0..<40) func mutatedInputsKeepTheGrammar(_ seed: Int) {
        var random = SeededNumbers(seed: UInt64(seed))
        let samples = HostileHTML.all + HostileHTML.untidy
        let marks = [
            "<", ">", "\"", "'", "/", "=", "&", ";", "<!--", "-->", "\u{0}", " ", "<svg>", "</svg>", "<style>", "</style>", "<p ",
            "<table>", "</td>", "url(",
        ]
        for _ in 0..<60 {
            var bytes: [UInt8] = []
            for _ in 0..<random.below(5) + 1 {
                let sample = Array(samples[random.below(samples.count)].utf8)
                switch random.below(4) {
                case 0: bytes += sample
                case 1: bytes += sample.prefix(random.below(sample.count + 1))
                case 2: bytes.insert(contentsOf: sample, at: random.below(bytes.count + 1))
                default:
                    var changed = sample
                    for _ in 0..<4 where !changed.isEmpty {
                        let place = random.below(changed.count)
                        if random.below(3) == 0 {
                            changed.remove(at: place)
                        } else {
                            changed.insert(contentsOf: marks[random.below(marks.count)].utf8, at: place)
                        }
                    }
                    bytes += changed
                }
            }
            Self.check(String(decoding: bytes, as: UTF8.self))
        }
    }

    @Test func whatIsGoodStays() {
        let html =
            "<h1 style=\"color: #333; margin:0\">Hi</h1><p>Some <b>bold</b> &amp; <a href=\"https://x.test/a?b=1&amp;c=2\">link</a><br><img alt=\"logo\" width=\"10\" src=\"cid:one@x\"></p><ul><li>a</li></ul>"
        #expect(
            SafeHTML(attached: .at(["one@x": "/files/1"])).clean(html)
                == "<h1 style=\"color:#333;margin:0\">Hi</h1><p>Some <b>bold</b> &amp; <a href=\"https://x.test/a?b=1&amp;c=2\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">link</a><br><img alt=\"logo\" width=\"10\" src=\"/files/1\"></p><ul><li>a</li></ul>"
        )
    }

    static let tidied: [(String, String)] = [
        ("<p>a<p>b", "<p>a</p><p>b</p>"), ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<table><tr><td>a<td>b<tr><td>c</table>", "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"),
        ("<table><tr><td>x</b></td></tr></table>", "<table><tr><td>x</td></tr></table>"),
        ("<b><table><tr><td>x</b>y</td></tr></table>z", "<b><table><tr><td>xy</td></tr></table>z</b>"),
        ("<body bgcolor=\"#000\" text=white>x</body>", "<div style=\"background-color:#000;color:white\">x</div>"),
        ("<body class=a>x</body>", "x"),
        ("<svg>x", "x"), ("a<svg>x</svg>b", "ab"), ("a<svg><svg>x</svg>y</svg>b", "ab"), ("<button>Go</button>", "Go"),
        (
            "<a href=' https://x.test/a b '>x</a>",
            "<a href=\"https://x.test/a%20b\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">x</a>"
        ),
        ("<div style='background:#fff url(https://x.test/p.png) no-repeat'>x</div>", "<div style=\"background:#fff no-repeat\">x</div>"),
    ]

    @Test(arguments: tidied) func elementsEndWhereBrowsersEndThem(_ html: String, _ clean: String) {
        #expect(SafeHTML().clean(html) == clean)
    }

    @Test func remotePicturesOnlyWhenAllowed() {
        let html =
            "<img src=\"https://pics.test/a.png\"><table background=\"https://pics.test/b.png\"></table><p style=\"background:url(&quot;https://pics.test/c.png&quot;)\"></p>"
        let blocked = SafeHTML().cleaned(html)
        #expect(blocked.html == "<img><table></table><p></p>")
        #expect(blocked.blockedRemoteImages == 3 && blocked.remoteImages == 0)
        let shown = SafeHTML(remoteImages: true).cleaned(html)
        #expect(shown.html == html)
        #expect(shown.blockedRemoteImages == 0 && shown.remoteImages == 3)
    }

    /// HTML is kept with its `cid:` pictures and remote sources, and cleaned again for each reader.
    @Test func whatIsKeptCanBeShownInEveryWay() {
        let html = "<img src=\"cid:logo@x\"><img src='https://pics.test/a.png'>"
        let kept = SafeHTML(remoteImages: true, attached: .asTheyStand).clean(html)
        #expect(kept == "<img src=\"cid:logo@x\"><img src=\"https://pics.test/a.png\">")
        #expect(SafeHTML(attached: .at(["logo@x": "/files/1"])).clean(kept) == "<img src=\"/files/1\"><img>")
    }

    @Test func coloursAreNoticed() {
        #expect(!SafeHTML().cleaned("<p style='margin:0'>x").hasColours)
        for html in [
            "<p style='color:red'>", "<p style='background:#fff'>", "<td bgcolor=red>", "<font color=red>", "<body bgcolor=black>",
        ] {
            #expect(SafeHTML().cleaned(html).hasColours, "\(html)")
        }
    }

    @Test func outputIsBalancedAtAnyDepth() throws {
        let clean = SafeHTML().clean(String(repeating: "<div><b>", count: 1000) + "x" + "</i></p>")
        _ = try OutputGrammar.tags(of: clean)
        #expect(clean.contains("x"))
    }
}

/// The same numbers at every run (SplitMix64).
private struct SeededNumbers {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ (z >> 31)) % UInt64(bound))
    }
}
