import Desk
import HTTPTypes
import Hummingbird
import NIOCore

/// The document that a mail's HTML is shown in, inside a sandboxed frame of the dashboard.
///
/// The HTML is safe already. All the same this answer's own headers let nothing run and nothing be fetched but the mail's own pictures, also where
/// somebody opens it outside of the frame, and also if something unsafe were in it.
struct MailFrame: Sendable {
    enum Theme: String, Sendable, CaseIterable { case light, dark }

    /// The body, which is safe HTML.
    let html: String
    /// A mail with colours of its own is shown on the white ground that its writer saw.
    let hasColours: Bool
    let remotePictures: Bool
    let theme: Theme

    /// What a frame may do that shows this: open a link that somebody clicks in a window of its own. The dashboard's frame has the same words.
    static let sandbox = "allow-popups allow-popups-to-escape-sandbox"

    var response: Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "text/html; charset=utf-8", .contentSecurityPolicy: policy, .cacheControl: "no-store",
                .crossOriginResourcePolicy: "same-origin", .referrerPolicy: "no-referrer", .xDNSPrefetchControl: "off",
            ], body: .init(byteBuffer: ByteBuffer(string: document)))
    }

    /// No script, style sheet, font, frame, form, object, connection; pictures from here, and from elsewhere only where the agent wants them.
    private var policy: String {
        """
        default-src 'none'; img-src 'self' data:\(remotePictures ? " https: http:" : ""); style-src 'unsafe-inline'; form-action 'none'; \
        base-uri 'none'; frame-ancestors 'self'; sandbox \(Self.sandbox)
        """
    }

    private var document: String {
        """
        <!doctype html><html dir="auto" data-theme="\(hasColours ? "own" : theme.rawValue)"><head><meta charset="utf-8">\
        <meta name="viewport" content="width=device-width"><title>Email</title><style>\(Self.style)</style></head><body>\(html)</body></html>
        """
    }

    private static let style = """
        html { background: #ffffff; color: #1d2123; color-scheme: light; font: 14px/1.5 system-ui, "Segoe UI", "Noto Sans", Arial, sans-serif; }
        html[data-theme="dark"] { background: #171b1c; color: #e7eaea; color-scheme: dark; }
        body { margin: 0; padding: 12px 14px; overflow-wrap: anywhere; }
        a { color: #0a646b; } html[data-theme="dark"] a { color: #6fcbcd; } html[data-theme="own"] a { color: inherit; }
        img { max-width: 100%; height: auto; } table { max-width: 100%; } pre { white-space: pre-wrap; }
        p { margin: 0 0 0.8em; } p:last-child { margin-bottom: 0; }
        blockquote { margin: 0.6em 0 0 0.4em; padding-left: 0.8em; border-left: 2px solid #8a9296; }
        """
}
