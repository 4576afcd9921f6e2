import Foundation
import Testing

@testable import MailFormat

#if canImport(Glibc)
    import Glibc
#endif

/// Making HTML safe costs time in proportion to the HTML, whatever it is made of. The time is that of the processor for this thread alone, so a
/// busy machine changes little.
@Suite(.serialized) struct LinearTests {
    static let units = [
        "<div>", "</div>", "<b>", "</b>", "<p><b>", "<p>", "<li>", "<td>", "<table>", "<table><td>", "<a href=\"", "<a href=x>", "\"", "&#",
        "&#1",
        "&", "&amp", "<", "<!--", "<!", "--!>", "<svg>", "</svg>", "<svg></svg>", "<style>", "</style", "<p style='a:b;",
        "<p style=color:red>",
        "<p style=\"background:url(", "<i style='background:url(a)'></i>", "<p title=", "<p a", "<p =", "x ", "ä", "x", "\u{0}",
        "<img src=\"cid:", "<ul><li></b>", "</b><b>",
    ]

    @Test(arguments: units) func doublingTheInputDoublesTheTime(_ unit: String) {
        _ = seconds(unit, bytes: 20_000)
        // The better of two tries: the first may have met an empty cache.
        let once = min(seconds(unit, bytes: 100_000), seconds(unit, bytes: 100_000))
        let twice = min(seconds(unit, bytes: 400_000), seconds(unit, bytes: 400_000))
        #expect(twice < 4 * once * 1.8 + 0.02, "100 kB took \(once) s, 400 kB \(twice) s")
    }

    private func seconds(_ unit: String, bytes: Int) -> Double {
        let html = "<b><table><tr><td>" + String(repeating: unit, count: bytes / unit.utf8.count)
        let text = String(repeating: "x1. ", count: bytes / 4)
        let begun = Self.processorSeconds()
        _ = SafeHTML(remoteImages: true, attached: .asTheyStand).cleaned(html, newText: text)
        return Self.processorSeconds() - begun
    }

    private static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
