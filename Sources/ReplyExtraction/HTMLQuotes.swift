import HTMLReading

/// What mail programs call the elements in which they put earlier mails and signatures.
enum HTMLQuotes {
    static func classify(_ element: String, _ attributes: HTMLAttributes) -> HTMLRegions {
        var regions: HTMLRegions = []
        for (name, value) in attributes.pairs {
            switch name {
            case "id": regions.formUnion(named(value.lowercased()))
            case "class":
                for name in value.lowercased().utf8.split(separator: 0x20).prefix(20) { regions.formUnion(named(String(Substring(name)))) }
            case "style": if element != "span", HTMLStyle.drawsRuleAbove(value) { regions.insert(.belowRule) }
            // Gmail, and others who follow it, use a blockquote also for indenting: only a quote's has type="cite" or a class.
            case "type": if element == "blockquote", value.lowercased() == "cite" { regions.insert(.quote) }
            case "cite": if element == "blockquote" { regions.insert(.quote) }
            case "name": if value == "quote" || value == "messageReplySection" { regions.insert(.quote) }
            case "data-marker": regions.formUnion(markers[value] ?? [])
            case "tabindex": if element == "hr", value == "-1" { regions.insert(.tail) }
            default: break
            }
        }
        return regions
    }

    /// Zimbra's.
    private static let markers: [String: HTMLRegions] = [
        "__QUOTED_TEXT__": .quote, "__HEADERS__": .quote, "__SIG_PRE__": .signature, "__SIG_POST__": .signature,
    ]

    /// `x_` is what Outlook puts before the names of foreign mails.
    private static func named(_ written: String) -> HTMLRegions {
        var name = written
        while name.hasPrefix("x_") { name.removeFirst(2) }
        // Gmail numbers foreign names: m_2465269450974321714mailspring-quote.
        if name.hasPrefix("m_"), let last = name.lastIndex(where: { $0.isNumber }) { name = String(name[name.index(after: last)...]) }
        if let regions = names[name] { return regions }
        // Yahoo puts numbers around its names: ydp12ab34yahoo_quoted, yahoo_quoted_1234.
        if name.hasPart("yahoo_quoted") || name.hasPart("gmail_quote") { return .quote }
        if name.hasPrefix("ydp"), name.hasSuffix("signature") { return .signature }
        if name.hasSuffix("divrplyfwdmsg") { return .tail }
        return []
    }

    /// Names of classes and identifiers, in small letters.
    private static let names: [String: HTMLRegions] = {
        var table: [String: HTMLRegions] = [:]
        for name in [
            "gmail_quote", "gmail_quote_container", "yahoo_quoted", "protonmail_quote", "zmail_extra", "zmail_extra_hr",
            "moz-forward-container",
            "tutanota_quote", "freebirdfxquote", "qtdseparateblock", "ymail_android_quote", "qt", "mailquote", "mail_quote", "cm_quote",
            "ms-outlook-mobile-reference-message", "ntes_quote", "isreplycontent", "quoted-text", "yqt", "history_container",
            "mail-quote-collapse", "airmail_ext_on_quote", "wisestamp_quote", "front-blockquote", "missive_quote", "hey_quote",
            "mailmate_quote", "sp_quote", "spark_quote", "mailspring-quote", "nylas-quote", "quoted_msg", "wm-quote", "mail-quote",
            "superhuman_quote", "sh-quoted-content", "quotedtext", "forwarded-message", "zd-quoted", "mailbird_quote", "emclient_quote",
            "infomaniak_quote", "hm_quote", "quote_container", "quotedmessage",
        ] { table[name] = .quote }
        for name in ["gmail_attr", "moz-cite-prefix", "wisestamp_attr", "protonmail_attr"] {
            table[name] = .attribution
        }
        for name in [
            "divrplyfwdmsg", "appendonsend", "olk_src_body_section", "mail-editor-reference-message-container", "replybody",
            "replyforwardmessage", "reply-intro", "zm_replyblock", "_origin_", "quoted_message", "replysplit", "orimsghtmlseperator",
            "isforwardcontent", "foxmail_quote", "stopspelling", "skypehistory", "includetail", "originalcontent",
        ] { table[name] = .tail }
        for name in [
            "gmail_signature", "gmail_signature_prefix", "moz-signature", "signature", "mailsignature", "email-signature", "emailsignature",
            "protonmail_signature_block", "protonmail_signature_block-user", "protonmail_signature_block-proton", "applemailsignature",
            "ms-outlook-mobile-signature", "ms-outlook-signature", "composer_signature", "yahoo_signature", "ydp-signature", "zm_signature",
            "tutanota_signature", "sig", "-x-evo-signature", "lt-signature", "wisestamp_signature", "wisestamp_app", "hs_signature",
            "mail_signature", "ymail_signature", "mail_android_signature", "emailsig", "signature_box", "mobile-signature",
            "sh-signature", "front-signature", "missive_signature", "spark_signature", "x_signature", "mailbird_signature",
            "x-evo-signature",
            "zimbra-signature", "roundcube-signature", "_rc_sig", "composersignature", "outlook-signature",
        ] { table[name] = .signature }
        return table
    }()
}
