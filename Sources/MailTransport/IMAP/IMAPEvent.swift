import NIOCore

/// What a session came to.
public enum IMAPEvent: Sendable, Equatable {
    case opened(IMAPFolder)
    /// The mails that are there, by rising UID.
    case listed([IMAPListedMail])
    case fetched(UInt32, IMAPFetchedMail)
    /// There may be mail: list again.
    case news
    case failed(IMAPFailure)
}

/// A folder as it was opened.
public struct IMAPFolder: Sendable, Equatable {
    /// While this stays the same, a UID means the same mail for ever (RFC 9051 §2.3.1.1).
    public var uidValidity: UInt32
    /// Mail that comes from now on has this UID or a higher one.
    public var uidNext: UInt32
    public var mails: Int

    /// What the server has said of it so far.
    struct Found: Sendable, Equatable {
        var uidValidity: UInt32?
        var uidNext: UInt32?
        var mails = 0
    }
}

/// A mail in a listing.
public struct IMAPListedMail: Sendable, Equatable {
    public var uid: UInt32
    /// In bytes, as the server says.
    public var size: Int
    /// When it came into the mailbox, in seconds since 1970; nil where the server does not say.
    public var receivedAt: Int64?

    public init(uid: UInt32, size: Int, receivedAt: Int64?) {
        self.uid = uid
        self.size = size
        self.receivedAt = receivedAt
    }
}

/// What came of fetching one mail.
public enum IMAPFetchedMail: Sendable, Equatable {
    case mail(ByteBuffer)
    /// It is not there any more.
    case gone
    case tooLarge(Int)
    /// The server does not give it out; in its words.
    case refused(String)
}

/// Why a mailbox cannot be read now.
public struct IMAPFailure: Error, Sendable, Equatable {
    public enum Kind: String, Sendable, Equatable {
        case unknownHost, noConnection, lost, certificate, noEncryption, notIMAP
        /// An address that nobody may be sent to.
        case forbiddenAddress
        /// Wrong user, password or token: trying again does not help and may lock the account.
        case signIn
        /// The server cannot sign anybody in now.
        case signInLater
        case folder
    }

    public var kind: Kind
    /// Behind “The server says: ” or “because ”; never carries what was secret.
    public var words: String

    public init(_ kind: Kind, _ words: String) {
        self.kind = kind
        self.words = words
    }
}
