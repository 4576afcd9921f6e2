import HTMLReading
import Foundation

/// What mail programs call the elements in which they put earlier mails and signatures.
enum HTMLQuotes {
    static func classify(_ element: String, _ attributes: HTMLAttributes) -> HTMLRegions {
        var regions: HTMLRegions = []
        if let id = attributes["id"]?.lowercased(), !id.isEmpty { regions.formUnion(named(id, isID: true)) }
        if let classes = attributes["class"]?.lowercased(), !classes.isEmpty {
            for name in classes.split(separator: " ").prefix(20) { regions.formUnion(named(String(name), isID: false)) }
        }
        if element == "blockquote" {
            // Gmail, and others who follow it, use a blockquote also for indenting: only a quote's has type="cite" or a class.
            if attributes["type"]?.lowercased() == "cite" || attributes["cite"] != nil { regions.insert(.quote) }
        }
        if element == "div" || element == "table" || element == "td", let style = attributes["style"], drawsRuleAbove(style) {
            regions.insert(.belowRule)
        }
        if attributes["name"] == "quote" || attributes["name"] == "messageReplySection" || attributes["data-marker"] == "__QUOTED_TEXT__"
            || attributes["data-marker"] == "__HEADERS__"
        {
            regions.insert(.quote)
        }
        if attributes["data-marker"] == "__SIG_PRE__" || attributes["data-marker"] == "__SIG_POST__" { regions.insert(.signature) }
        if element == "hr", attributes["tabindex"] == "-1" || attributes["id"]?.lowercased() == "stopspelling" { regions.insert(.tail) }
        return regions
    }

    /// `x_` is what Outlook puts before the names of foreign mails.
    private static func named(_ written: String, isID: Bool) -> HTMLRegions {
        var name = Substring(written)
        while name.hasPrefix("x_") { name = name.dropFirst(2) }
        if name.hasPrefix("m_"), let last = name.lastIndex(where: { $0.isNumber }) { name = name[name.index(after: last)...] }
        switch name {
        case "gmail_quote", "gmail_quote_container", "gmail_extra", "yahoo_quoted", "protonmail_quote", "zmail_extra", "zmail_extra_hr",
            "moz-forward-container", "tutanota_quote", "freebirdfxquote",
            "qtdseparateblock", "ymail_android_quote", "qt", "mailquote", "mail_quote", "cm_quote", "ms-outlook-mobile-reference-message",
            "ntes_quote", "isreplycontent", "quoted-text", "mcntmcontainer",
            "yqt", "history_container", "mail-quote-collapse", "airmail_ext_on_quote", "wisestamp_quote", "front-blockquote",
            "missive_quote", "hey_quote", "mailmate_quote", "sp_quote", "spark_quote":
            return name == "gmail_extra" || name == "mcntmcontainer" ? [] : .quote
        case "gmail_attr", "moz-cite-prefix", "ms-outlook-mobile-body-separator-line": return .attribution
        case "divrplyfwdmsg", "appendonsend", "olk_src_body_section", "mail-editor-reference-message-container", "replybody",
            "replyforwardmessage", "reply-intro", "zm_replyblock", "_origin_", "quoted_message", "divtagdefaultwrapper_quote",
            "replysplit", "mailcontentcontainer_quote", "oriMsgHtmlSeperator", "orimsghtmlseperator", "lineBreakAtBeginningOfMessage_quote",
            "isforwardcontent", "foxmail_quote", "composesignature_quote", "stopspelling", "skypehistory":
            return .tail
        case "gmail_signature", "gmail_signature_prefix", "moz-signature", "signature", "mailsignature", "email-signature",
            "emailsignature", "protonmail_signature_block", "applemailsignature", "ms-outlook-mobile-signature", "ms-outlook-signature",
            "composer_signature", "yahoo_signature",
            "ydp-signature", "zm_signature", "tutanota_signature", "sig", "-x-evo-signature", "lt-signature", "wisestamp_signature",
            "hs_signature", "mail_signature", "ymail_signature", "mail_android_signature", "emailsig", "signature_box":
            return .signature
        default:
            // Yahoo and Gmail put numbers around their names: ydp12ab34yahoo_quoted, yahoo_quoted_1234.
            let bytes = Array(name.utf8)[...]
            if bytes.contains("yahoo_quoted") || bytes.contains("gmail_quote") { return .quote }
            if name.hasPrefix("ydp"), name.hasSuffix("signature") { return .signature }
            if name.hasSuffix("divrplyfwdmsg") { return .tail }
            return []
        }
    }

    /// Outlook's header block has no mark but the line above it: `border-top:solid #E1E1E1 1.0pt`.
    private static func drawsRuleAbove(_ style: String) -> Bool {
        let words = style.lowercased()
        guard let at = words.range(of: "border-top") else { return false }
        let value = words[at.upperBound...].prefix { $0 != ";" }
        return value.contains("solid") && !value.contains("none")
    }
}
