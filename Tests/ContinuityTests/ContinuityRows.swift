import Continuity
import Conversations

private let survey = "input_csat"

let continuityRows: [ContinuityRow] =
    whatCountsRows + whoRows + closedPageRows + openPageRows + atLatestRows + intervalRows + emailModeRows + choiceRows + copyRows

private let whatCountsRows: [ContinuityRow] = [
    ContinuityRow("no message at all", at: 100, .nothing(.nothingWaiting)) { s, _ in s.messages = [] },
    ContinuityRow("the customer's own message", at: 100, .nothing(.nothingWaiting)) { s, _ in
        s.messages = [entry(1, at: 0, kind: .incoming)]
    },
    ContinuityRow("a private note never leaves", at: 100, .nothing(.nothingWaiting)) { s, _ in s.messages = [entry(1, at: 0, note: true)] },
    ContinuityRow("a private note with email_now never leaves", at: 100, .nothing(.nothingWaiting)) { s, _ in
        s.messages = [entry(1, at: 0, .emailNow, note: true)]
    },
    ContinuityRow("an activity never leaves", at: 100, .nothing(.nothingWaiting)) { s, _ in s.messages = [entry(1, at: 0, kind: .activity)]
    },
    ContinuityRow("a greeting never leaves", at: 100, .nothing(.nothingWaiting)) { s, _ in s.messages = [entry(1, at: 0, kind: .template)]
    },
    ContinuityRow("the email question never leaves", at: 100, .nothing(.nothingWaiting)) { s, _ in
        s.messages = [entry(1, at: 0, kind: .template, type: "input_email")]
    },
    ContinuityRow("a satisfaction survey leaves", at: 45, .email([1])) { s, _ in
        s.messages = [entry(1, at: 0, kind: .template, type: survey)]
    },
    ContinuityRow("a private survey does not", at: 100, .nothing(.nothingWaiting)) { s, _ in
        s.messages = [entry(1, at: 0, kind: .template, note: true, type: survey)]
    },
    ContinuityRow("seen by the watermark", at: 100, .nothing(.seen)) { s, _ in s.contactLastSeenAt = at(30) },
    ContinuityRow("seen at the very moment that it was written", at: 100, .nothing(.seen)) { s, _ in s.contactLastSeenAt = at(0) },
    ContinuityRow("an older watermark does not reach it", at: 100, .email([1])) { s, _ in s.contactLastSeenAt = at(-1) },
    ContinuityRow("stored as seen although the watermark is gone", at: 100, .nothing(.seen)) { s, _ in
        s.messages = [entry(1, at: 0, delivery: DeliveryState(.seen))]
    },
    ContinuityRow("the first of two seen: only the second leaves", at: 100, .email([2])) { s, _ in
        s.messages = [entry(1, at: 0), entry(2, at: 10)]
        s.contactLastSeenAt = at(5)
    },
    ContinuityRow("queued is mailed", at: 100, .nothing(.nothingWaiting)) { s, _ in
        s.messages = [entry(1, at: 0, delivery: DeliveryState(.queued))]
    },
    ContinuityRow("emailed is mailed", at: 100, .nothing(.nothingWaiting)) { s, _ in
        s.messages = [entry(1, at: 0, delivery: DeliveryState(.emailed))]
    },
    ContinuityRow("deferred belongs to the outbox", at: 100, .nothing(.nothingWaiting)) { s, _ in
        s.messages = [entry(1, at: 0, delivery: DeliveryState(.deferred))]
    },
    ContinuityRow("uncertain is not sent again from here", at: 100, .nothing(.nothingWaiting)) { s, _ in
        s.messages = [entry(1, at: 0, delivery: DeliveryState(.uncertain))]
    },
    ContinuityRow("failed waits for an agent to try again", at: 100, .nothing(.nothingWaiting)) { s, _ in
        s.messages = [entry(1, at: 0, delivery: DeliveryState(.failed))]
    },
    ContinuityRow("bounced waits for an agent", at: 100, .nothing(.nothingWaiting)) { s, _ in
        s.messages = [entry(1, at: 0, delivery: DeliveryState(.bounced))]
    },
    ContinuityRow("answered is done", at: 100, .nothing(.nothingWaiting)) { s, _ in
        s.messages = [entry(1, at: 0, delivery: DeliveryState(.answered))]
    },
    ContinuityRow("a stored waiting state still waits", at: 45, .email([1])) { s, _ in
        s.messages = [entry(1, at: 0, delivery: DeliveryState(.waiting, until: at(9999)))]
    },
    ContinuityRow("a stored not_sent state is judged anew", at: 45, .email([1])) { s, _ in
        s.messages = [entry(1, at: 0, delivery: DeliveryState(.notSent, reason: "no_address"))]
    },
    ContinuityRow("one mail takes all that is waiting, in order", at: 200, .email([1, 2, 3])) { s, _ in
        s.messages = [entry(3, at: 60), entry(1, at: 0), entry(2, at: 30)]
    },
    ContinuityRow("the same moment: the order of their numbers", at: 200, .email([1, 2])) { s, _ in
        s.messages = [entry(2, at: 0), entry(1, at: 0)]
    },
    ContinuityRow("at most twenty in a mail", at: 200, .email(Array(1...20))) { s, _ in s.messages = (1...25).map { entry($0, at: $0) } },
    ContinuityRow("what was mailed is skipped, the rest leaves", at: 200, .email([2])) { s, _ in
        s.messages = [entry(1, at: 0, delivery: DeliveryState(.emailed)), entry(2, at: 10)]
    },
]

private let whoRows: [ContinuityRow] = [
    ContinuityRow("no address", at: 100, .nothing(.notSent(.noAddress))) { s, _ in (s.address, s.addressState) = (nil, nil) },
    ContinuityRow("an empty address is none", at: 100, .nothing(.notSent(.noAddress))) { s, _ in s.address = "" },
    ContinuityRow("an unreachable address", at: 100, .nothing(.notSent(.unreachable))) { s, _ in s.addressState = .unreachable },
    ContinuityRow("muted", at: 100, .nothing(.notSent(.muted))) { s, _ in s.muted = true },
    ContinuityRow("blocked", at: 100, .nothing(.notSent(.blocked))) { s, _ in s.blocked = true },
    ContinuityRow("loop stopped", at: 100, .nothing(.notSent(.loopStopped))) { s, _ in s.loopStopped = true },
    ContinuityRow("continuity off", at: 100, .nothing(.notSent(.continuityOff))) { s, _ in s.continuityViaEmail = false },
    ContinuityRow("an email inbox needs no continuity switch", at: 20, .email([1])) { s, _ in
        (s.continuityViaEmail, s.inboxKind, s.mode) = (false, .email, .email)
    },
    ContinuityRow("mail not configured", at: 100, .nothing(.notSent(.mailNotConfigured))) { s, _ in s.mailConfigured = false },
    ContinuityRow("mail not configured is named before no address", at: 100, .nothing(.notSent(.mailNotConfigured))) { s, _ in
        (s.mailConfigured, s.address) = (false, nil)
    },
    ContinuityRow("muted is named before no address", at: 100, .nothing(.notSent(.muted))) { s, _ in (s.muted, s.address) = (true, nil) },
    ContinuityRow("email_now does not break muted", at: 100, .nothing(.notSent(.muted))) { s, _ in
        s.messages = [entry(1, at: 0, .emailNow)]
        s.muted = true
    },
    ContinuityRow("an address given later releases what is waiting", at: 4000, .email([1])),
    ContinuityRow("a claimed address: only the new messages", at: 45, .emailTo([1], "ann@x.test", onlyNew: true)) { s, _ in
        s.addressState = .claimed
    },
    ContinuityRow("an address of unknown state counts as claimed", at: 45, .emailTo([1], "ann@x.test", onlyNew: true)) { s, _ in
        s.addressState = nil
    },
    ContinuityRow("the third mail to a claimed address", at: 45, .emailTo([1], "ann@x.test", onlyNew: true)) { s, _ in
        (s.addressState, s.unprovenMails) = (.claimed, 2)
    },
    ContinuityRow("no fourth mail to a claimed address", at: 45, .nothing(.notSent(.unprovenLimit))) { s, _ in
        (s.addressState, s.unprovenMails) = (.claimed, 3)
    },
    ContinuityRow("not even with email_now", at: 45, .nothing(.notSent(.unprovenLimit))) { s, _ in
        s.messages = [entry(1, at: 0, .emailNow)]
        (s.addressState, s.unprovenMails) = (.claimed, 3)
    },
    ContinuityRow("a proven address has no such limit", at: 45, .email([1])) { s, _ in s.unprovenMails = 30 },
    ContinuityRow("a survey never goes to a claimed address", at: 100, .nothing(.notSent(.unproven))) { s, _ in
        s.messages = [entry(1, at: 0, kind: .template, type: survey)]
        s.addressState = .claimed
    },
    ContinuityRow("but the agent's message beside it does", at: 100, .emailTo([2], "ann@x.test", onlyNew: true)) { s, _ in
        s.messages = [entry(1, at: 0, kind: .template, type: survey), entry(2, at: 10)]
        s.addressState = .claimed
    },
]

private let closedPageRows: [ContinuityRow] = [
    ContinuityRow("page closed: waits until it is quiet", at: 0, .wait(45)),
    ContinuityRow("page closed: a second too early", at: 44, .wait(45)),
    ContinuityRow("page closed and quiet", at: 45, .email([1])),
    ContinuityRow("late timer", at: 5000, .email([1])),
    ContinuityRow("unknown presence counts as away", at: 45, .email([1])) { s, _ in s.presence = .unknown },
    ContinuityRow("unknown presence still asks for quiet", at: 10, .wait(45)) { s, _ in s.presence = .unknown },
    ContinuityRow("a second message starts the quiet anew", at: 45, .wait(75)) { s, _ in s.messages.append(entry(2, at: 30)) },
    ContinuityRow("a chat_only message is the agent's message too", at: 45, .wait(75)) { s, _ in
        s.messages.append(entry(2, at: 30, .chatOnly))
    },
    ContinuityRow("a note is not", at: 45, .email([1])) { s, _ in s.messages.append(entry(2, at: 30, note: true)) },
    ContinuityRow("the customer's message is not", at: 45, .email([1])) { s, _ in s.messages.append(entry(2, at: 30, kind: .incoming)) },
    ContinuityRow("the agent types", at: 45, .wait(85)) { s, _ in s.agentTypedAt = at(40) },
    ContinuityRow("the agent's typing before the message does not matter", at: 45, .email([1])) { s, _ in s.agentTypedAt = at(-5) },
    ContinuityRow("the visitor types", at: 45, .wait(65)) { s, _ in s.visitorTypedAt = at(20) },
    ContinuityRow("both type: the later one", at: 45, .wait(87)) { s, _ in (s.agentTypedAt, s.visitorTypedAt) = (at(42), at(20)) },
    ContinuityRow("the stream closes: open for closed_after more", at: 60, .wait(75)) { s, _ in s.presence = .disconnected(at: at(30)) },
    ContinuityRow("closed_after is over", at: 75, .email([1])) { s, _ in s.presence = .disconnected(at: at(30)) },
    ContinuityRow("two messages, then the visitor leaves: one mail when the page counts as closed", at: 165, .email([1, 2])) { s, _ in
        s.messages = [entry(1, at: 0), entry(2, at: 60)]
        s.presence = .disconnected(at: at(120))
    },
    ContinuityRow("the page closed but the agent still writes", at: 75, .wait(115)) { s, _ in
        (s.presence, s.agentTypedAt) = (.disconnected(at: at(30)), at(70))
    },
    ContinuityRow("quiet_for is a setting", at: 0, .wait(10)) { _, t in t.quietFor = .seconds(10) },
    ContinuityRow("closed_after is a setting", at: 60, .wait(90)) { s, t in
        s.presence = .disconnected(at: at(30))
        t.closedAfter = .seconds(60)
    },
]

private let openPageRows: [ContinuityRow] = [
    ContinuityRow("page open, not seen: three minutes", at: 0, .wait(180)) { s, _ in s.presence = .connected },
    ContinuityRow("page open, three minutes are over", at: 180, .email([1])) { s, _ in s.presence = .connected },
    ContinuityRow("page open: counted from the oldest message", at: 60, .wait(180)) { s, _ in
        s.messages.append(entry(2, at: 60))
        s.presence = .connected
    },
    ContinuityRow("page open: the same quiet rule", at: 180, .wait(215)) { s, _ in
        s.messages.append(entry(2, at: 170))
        s.presence = .connected
    },
    ContinuityRow("page open: the agent types", at: 180, .wait(224)) { s, _ in (s.presence, s.agentTypedAt) = (.connected, at(179)) },
    ContinuityRow("page open: the visitor types", at: 180, .wait(205)) { s, _ in (s.presence, s.visitorTypedAt) = (.connected, at(160)) },
    ContinuityRow("the stream closes shortly before the three minutes: they still count", at: 170, .wait(180)) { s, _ in
        s.presence = .disconnected(at: at(160))
    },
    ContinuityRow("the page comes back: the open rule holds again", at: 100, .wait(180)) { s, _ in s.presence = .connected },
    ContinuityRow("unseen_after is a setting", at: 0, .wait(60)) { s, t in (s.presence, t.unseenAfter) = (.connected, .seconds(60)) },
    ContinuityRow("page open and seen", at: 300, .nothing(.seen)) { s, _ in (s.presence, s.contactLastSeenAt) = (.connected, at(1)) },
]

private let atLatestRows: [ContinuityRow] = [
    ContinuityRow("at_latest ends the agent's typing", at: 599, .wait(600)) { s, _ in s.agentTypedAt = at(598) },
    ContinuityRow("at_latest is here, whatever the typing", at: 600, .email([1])) { s, _ in s.agentTypedAt = at(600) },
    ContinuityRow("at_latest ends the visitor's typing", at: 600, .email([1])) { s, _ in
        (s.presence, s.visitorTypedAt) = (.connected, at(599))
    },
    ContinuityRow("at_latest counts from the oldest waiting message", at: 590, .wait(600)) { s, _ in
        s.messages += [entry(2, at: 400), entry(3, at: 589)]
    },
    ContinuityRow("and takes the newest along", at: 600, .email([1, 2])) { s, _ in s.messages.append(entry(2, at: 599)) },
    ContinuityRow("a seen message is no longer the oldest", at: 600, .wait(644)) { s, _ in
        s.messages.append(entry(2, at: 599))
        s.contactLastSeenAt = at(1)
    },
    ContinuityRow("at_latest is a setting", at: 99, .wait(100)) { s, t in (s.agentTypedAt, t.atLatest) = (at(90), .seconds(100)) },
    ContinuityRow("at_latest wins over unseen_after", at: 0, .wait(100)) { s, t in (s.presence, t.atLatest) = (.connected, .seconds(100)) },
    ContinuityRow("at_latest wins over min_interval", at: 0, .wait(600)) { s, t in (s.lastMailAt, t.minInterval) = (at(-1), .seconds(3600))
    },
]

private let intervalRows: [ContinuityRow] = [
    ContinuityRow("a mail went out a minute ago", at: 45, .wait(240)) { s, _ in s.lastMailAt = at(-60) },
    ContinuityRow("min_interval is over", at: 240, .email([1])) { s, _ in s.lastMailAt = at(-60) },
    ContinuityRow("a mail of long ago does not matter", at: 45, .email([1])) { s, _ in s.lastMailAt = at(-300) },
    ContinuityRow("min_interval and typing: the later one", at: 240, .wait(280)) { s, _ in
        (s.lastMailAt, s.agentTypedAt) = (at(-60), at(235))
    },
    ContinuityRow("min_interval is a setting", at: 0, .wait(50)) { s, t in (s.lastMailAt, t.minInterval) = (at(-10), .seconds(60)) },
]

private let emailModeRows: [ContinuityRow] = [
    ContinuityRow("email mode: the undo window", at: 0, .wait(20)) { s, _ in s.mode = .email },
    ContinuityRow("email mode: the undo window is over", at: 20, .email([1])) { s, _ in s.mode = .email },
    ContinuityRow("email mode: presence is not asked", at: 20, .email([1])) { s, _ in (s.mode, s.presence) = (.email, .connected) },
    ContinuityRow("email mode: typing is not asked", at: 20, .email([1])) { s, _ in
        (s.mode, s.agentTypedAt, s.visitorTypedAt) = (.email, at(19), at(19))
    },
    ContinuityRow("email mode: min_interval is not asked", at: 20, .email([1])) { s, _ in (s.mode, s.lastMailAt) = (.email, at(-1)) },
    ContinuityRow("email mode: what was seen in the widget does not leave", at: 20, .nothing(.seen)) { s, _ in
        (s.mode, s.contactLastSeenAt) = (.email, at(5))
    },
    ContinuityRow("email mode: each message can be taken back for the whole window", at: 20, .wait(35)) { s, _ in
        s.mode = .email
        s.messages.append(entry(2, at: 15))
    },
    ContinuityRow("email mode: and they leave together", at: 35, .email([1, 2])) { s, _ in
        s.mode = .email
        s.messages.append(entry(2, at: 15))
    },
    ContinuityRow("email mode: at_latest ends a chain of messages", at: 595, .wait(600)) { s, _ in
        s.mode = .email
        s.messages += (1...39).map { entry($0 + 1, at: $0 * 15) }
    },
    ContinuityRow("undo_window is a setting", at: 0, .wait(5)) { s, t in (s.mode, t.undoWindow) = (.email, .seconds(5)) },
    ContinuityRow("email mode: chat_only stays", at: 100, .nothing(.nothingWaiting)) { s, _ in
        s.mode = .email
        s.messages = [entry(1, at: 0, .chatOnly)]
    },
    ContinuityRow("email mode: email_now asks no undo window", at: 0, .email([1])) { s, _ in
        s.mode = .email
        s.messages = [entry(1, at: 0, .emailNow)]
    },
]

private let choiceRows: [ContinuityRow] = [
    ContinuityRow("chat_only never leaves", at: 5000, .nothing(.nothingWaiting)) { s, _ in s.messages = [entry(1, at: 0, .chatOnly)] },
    ContinuityRow("chat_only stays behind, the others leave", at: 200, .email([1, 3])) { s, _ in
        s.messages = [entry(1, at: 0), entry(2, at: 10, .chatOnly), entry(3, at: 20)]
    },
    ContinuityRow("email_now leaves at once", at: 0, .email([1])) { s, _ in s.messages = [entry(1, at: 0, .emailNow)] },
    ContinuityRow("email_now although the page is open", at: 1, .email([1])) { s, _ in
        s.messages = [entry(1, at: 0, .emailNow)]
        s.presence = .connected
    },
    ContinuityRow("email_now although the agent types on", at: 1, .email([1])) { s, _ in
        s.messages = [entry(1, at: 0, .emailNow)]
        s.agentTypedAt = at(1)
    },
    ContinuityRow("email_now although a mail has just left", at: 1, .email([1])) { s, _ in
        s.messages = [entry(1, at: 0, .emailNow)]
        s.lastMailAt = at(0)
    },
    ContinuityRow("email_now takes along what was waiting, in order", at: 10, .email([1, 2])) { s, _ in
        s.messages.append(entry(2, at: 10, .emailNow))
    },
    ContinuityRow("email_now is not sent once it was seen", at: 10, .nothing(.seen)) { s, _ in
        s.messages = [entry(1, at: 0, .emailNow)]
        s.contactLastSeenAt = at(1)
    },
    ContinuityRow("email_now behind twenty others: they go first", at: 30, .email(Array(1...20))) { s, _ in
        s.messages = (1...24).map { entry($0, at: $0) } + [entry(25, at: 30, .emailNow)]
    },
    ContinuityRow("email_now without an address", at: 0, .nothing(.notSent(.noAddress))) { s, _ in
        s.messages = [entry(1, at: 0, .emailNow)]
        s.address = nil
    },
    ContinuityRow("an automatic message after one that email_now has mailed keeps the interval", at: 46, .wait(300)) { s, _ in
        s.messages = [entry(1, at: 0, .emailNow, delivery: DeliveryState(.emailed)), entry(2, at: 1)]
        s.lastMailAt = at(0)
    },
]

private let copyRows: [ContinuityRow] = [
    ContinuityRow("who gets a copy is named with the messages", at: 100, .emailWithCopies([1, 2], ["bob@x.test"])) { s, _ in
        s.messages = [entry(1, at: 0, copies: ["bob@x.test"]), entry(2, at: 10, copies: ["bob@x.test"])]
    },
    ContinuityRow("nobody gets a copy of what was written before they were named", at: 100, .email([1])) { s, _ in
        s.messages = [entry(1, at: 0), entry(2, at: 10, copies: ["bob@x.test"])]
    },
    ContinuityRow("what others are to get leaves, whatever the customer has seen in chat", at: 100, .emailWithCopies([1], ["bob@x.test"])) {
        s, _ in
        s.messages = [entry(1, at: 0, copies: ["bob@x.test"])]
        s.contactLastSeenAt = at(50)
    },
    ContinuityRow("nor of what was written after they were taken away", at: 100, .emailWithCopies([1], ["bob@x.test"])) { s, _ in
        s.messages = [entry(1, at: 0, copies: ["bob@x.test"]), entry(2, at: 10)]
    },
]
