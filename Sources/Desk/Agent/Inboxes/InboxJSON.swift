import Conversations
import Store

extension Inbox {
    /// Chatwoot's word for the kind.
    var channelType: String { kind == .website ? "Channel::WebWidget" : "Channel::Email" }

    /// What goes into the website's pages.
    public func widgetScript(publicURL: String) -> String? {
        guard let websiteToken else { return nil }
        return """
            <script>
              (function(d,t) {
                var BASE_URL="\(publicURL)";
                var g=d.createElement(t),s=d.getElementsByTagName(t)[0];
                g.src=BASE_URL+"/packs/js/sdk.js";
                g.async = true;
                s.parentNode.insertBefore(g,s);
                g.onload=function(){
                  window.chatwootSDK.run({
                    websiteToken: '\(websiteToken)',
                    baseUrl: BASE_URL
                  })
                }
              })(document,"script");
            </script>
            """
    }
}

extension JSON {
    /// An inbox in Chatwoot's shape; what only administrators may know only for them.
    public static func inbox(_ inbox: Inbox, publicURL: String, forAdministrator: Bool) -> JSON {
        var members: [(String, JSON)] = [
            ("id", .integer(inbox.id.value)), ("avatar_url", .string("")), ("channel_id", .integer(inbox.id.value)),
            ("name", .string(inbox.name)), ("channel_type", .string(inbox.channelType)), ("provider", .null), ("medium", .null),
            ("phone_number", .null), ("messaging_service_sid", .null), ("callback_webhook_url", .null), ("branded_email_layout", .null),
            ("website_url", JSON(inbox.websiteURL)), ("website_token", JSON(inbox.websiteToken)),
            ("web_widget_script", JSON(inbox.widgetScript(publicURL: publicURL))), ("email", JSON(inbox.address)),
            ("reply_domain", JSON(inbox.replyDomain)), ("hmac_mandatory", .bool(inbox.hmacMandatory)),
            ("continuity_via_email", .bool(inbox.continuityViaEmail)),
            ("lock_to_single_conversation", .bool(inbox.lockToSingleConversation)),
        ]
        if forAdministrator { members.append(("hmac_token", .string(inbox.hmacToken))) }
        return .object(members + InboxSettings.values(of: inbox))
    }
}
