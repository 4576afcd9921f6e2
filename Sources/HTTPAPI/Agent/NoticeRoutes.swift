import Desk
import Hummingbird

/// What an agent is told of, under Chatwoot's names: each sees and marks their own alone.
func addNoticeRoutes(to account: AccountRoutes, desk: Desk) {
    let notices = ListNotices(desk: desk)
    let settings = NotificationSettings(desk: desk)

    account.get("notifications") { caller, request, _ in
        let page = try await notices.run(page: request.page, by: caller.agent)
        let meta = JSON.object([
            ("unread_count", .integer(page.unread)), ("count", .integer(page.all)), ("current_page", .integer(Int64(max(1, request.page)))),
        ])
        return .json(.object([("data", .object([("meta", meta), ("payload", .array(page.rows.map { .notice($0) }))]))]))
    }
    account.get("notifications/unread_count") { caller, _, _ in .json(.integer(try await notices.unread(by: caller.agent))) }
    account.post("notifications/read_all") { caller, request, _ in
        try await notices.readAll(in: request.fields().number("primary_actor_id"), by: caller.agent)
        return .json(.object([]))
    }
    account.patch("notifications/:notice") { caller, _, context in
        .json(.notice(try await notices.mark(context.number("notice"), isRead: true, by: caller.agent)))
    }
    account.post("notifications/:notice/unread") { caller, _, context in
        .json(.notice(try await notices.mark(context.number("notice"), isRead: false, by: caller.agent)))
    }

    account.get("notification_settings") { caller, _, _ in
        .json(.notificationSettings(try await settings.show(of: caller.agent), of: caller.agent))
    }
    account.patch("notification_settings") { caller, request, _ in
        let fields = try await request.fields().part("notification_settings")
        let flags = try await settings.change(
            email: fields.texts("selected_email_flags"), push: fields.texts("selected_push_flags"), of: caller.agent)
        return .json(.notificationSettings(flags, of: caller.agent))
    }
}
