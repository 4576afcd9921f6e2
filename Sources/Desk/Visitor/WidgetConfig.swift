import Conversations
import Store

/// What a widget needs to know of its website, under Chatwoot's names.
public enum WidgetConfig {
    /// For `POST /config`: names as Chatwoot's API writes them.
    public static func forAPI(_ session: BeginVisitorSession.Session) -> JSON {
        let (inbox, contact) = (session.inbox, session.contact)
        return .object([
            (
                "website_channel_config",
                .object(
                    InboxSettings.values(of: inbox).filter { $0.0 != "allowed_domains" && $0.0 != "auto_assignment_config" } + [
                        ("website_name", .string(inbox.name)), ("website_token", JSON(inbox.websiteToken)), ("avatar_url", .string("")),
                        ("locale", .string("en")), ("enabled_features", setting("selected_feature_flags", of: inbox)),
                        ("auth_token", .string(session.authToken)),
                    ])
            ),
            (
                "contact",
                .object([
                    ("id", .integer(contact.id.value)), ("email", JSON(contact.email)), ("name", .string(contact.name)),
                    ("phone_number", JSON(contact.phoneNumber)), ("identifier", JSON(contact.identifier)),
                    ("pubsub_token", .string(session.streamToken)),
                ])
            ),
            ("global_config", .object([("BRAND_NAME", .string("Throughline"))])),
        ])
    }

    /// For the frame's page: names as `window.chatwootWebChannel` has them. It promises mail only where mail can leave and is known to come back (behaviour §6, §10).
    public static func forPage(_ session: BeginVisitorSession.Session, desk: Desk) -> JSON {
        let inbox = session.inbox
        let hours = setting("working_hours", of: inbox)
        let form = PreChatForm.asked(of: session.contact, inbox: inbox)
        return .object([
            ("websiteToken", JSON(inbox.websiteToken)), ("websiteName", .string(inbox.name)), ("avatarUrl", .string("")),
            ("authToken", .string(session.authToken)), ("pubsubToken", .string(session.streamToken)), ("locale", .string("")),
            ("hasAConnectedAgentBot", .bool(false)), ("welcomeTitle", setting("welcome_title", of: inbox)),
            ("welcomeTagline", setting("welcome_tagline", of: inbox)), ("widgetColor", setting("widget_color", of: inbox)),
            ("portal", .null),
            ("enabledFeatures", setting("selected_feature_flags", of: inbox)), ("enabledLanguages", .array([])),
            ("replyTime", setting("reply_time", of: inbox)), ("preChatFormEnabled", .bool(form["pre_chat_fields"] != nil)),
            ("preChatFormOptions", form),
            ("workingHoursEnabled", setting("working_hours_enabled", of: inbox)), ("workingHours", hours),
            ("csatSurveyEnabled", setting("csat_survey_enabled", of: inbox)),
            ("outOfOfficeMessage", setting("out_of_office_message", of: inbox)),
            ("utcOffset", .string("+00:00")), ("timezone", setting("timezone", of: inbox)),
            ("allowMessagesAfterResolved", setting("allow_messages_after_resolved", of: inbox)), ("disableBranding", .bool(true)),
            ("canEmail", .bool(session.promisesMail)), ("demo", .bool(desk.options.isDemo)),
        ])
    }

    private static func setting(_ name: String, of inbox: Inbox) -> JSON {
        InboxSettings.values(of: inbox).first { $0.0 == name }?.1 ?? .null
    }
}

extension JSON {
    /// The visitor's own contact, in Chatwoot's shape with the address beside it.
    public static func ownContact(_ contact: Contact, suggestion: String? = nil) -> JSON {
        .object([
            ("id", .integer(contact.id.value)), ("has_email", .bool(contact.email != nil)), ("has_name", .bool(!contact.name.isEmpty)),
            ("has_phone_number", .bool(contact.phoneNumber != nil)), ("identifier", JSON(contact.identifier)),
            ("identified", .bool(contact.isNamedByWebsite)),
            ("email", JSON(contact.email)),
            ("name", .string(contact.name)), ("phone_number", JSON(contact.phoneNumber)), ("suggestion", JSON(suggestion)),
        ])
    }
}

extension WidgetConfig {
    /// Which websites may frame the widget, as `frame-ancestors` says it (CSP Level 3 §6.4.2): all, or the domains that the inbox allows.
    public static func frameAncestors(_ inbox: Inbox) -> String {
        let domains = (setting("allowed_domains", of: inbox).stringValue ?? "").split(whereSeparator: { $0 == "," || $0.isWhitespace })
        // A source has no character that could end the directive.
        let sources = domains.prefix(100).filter { domain in
            domain.utf8.allSatisfy {
                (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || "-.:/*_".utf8.contains($0)
            }
        }
        return sources.isEmpty ? "*" : "'self' " + sources.joined(separator: " ")
    }
}
