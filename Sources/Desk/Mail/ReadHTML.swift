import MailFormat
import Store

/// The HTML of a mail as it is kept: made safe in the child process that read the mail, with its `cid:` pictures and remote sources as they
/// stand, because who shows it decides about them. It is cleaned once more then (`ShowMailHTML`), so a later rule holds for earlier mails too.
public struct ReadHTML: Sendable, Codable, Equatable {
    public var html: String
    public var shape: HTMLShape

    /// What is behind so many bytes of HTML is left out: the text and the original have it.
    static let byteLimit = 2_000_000

    /// - Parameter newText: the mail's new text, by which the new part of the HTML is found; nil where nothing was taken off it.
    public init(_ html: String, newText: String?) {
        let kept = SafeHTML(remoteImages: true, attached: .asTheyStand)
        let whole = kept.cleaned(html, newText: newText, byteLimit: Self.byteLimit)
        let bytes = Array(whole.html.utf8)
        let new = whole.newBytes.map { String(decoding: bytes[..<$0], as: UTF8.self).withoutTokens }
        let rest = whole.newBytes.map { String(decoding: bytes[$0...], as: UTF8.self).withoutTokens }
        self.html = new.map { $0 + (rest ?? "") } ?? whole.html.withoutTokens
        let part = new.map { kept.cleaned($0) } ?? whole
        shape = HTMLShape(
            isRich: part.html.contains("<table") || part.html.contains(" src=\""), newBytes: new?.utf8.count,
            newRemotePictures: part.remoteImages, remotePictures: whole.remoteImages)
    }
}
