import Store

/// Which of the writes that wait go into the next commit, as a value without I/O.
///
/// - A commit carries all ordinary writes that wait, and those too that come while it runs.
/// - A yielding write runs while no ordinary one waits and none was there just now, and an ordinary one that comes meanwhile waits for that one body
///   alone: it joins the commit, which ends with it.
/// - Where ordinary writes come without a pause, yielding ones let `mostPassed` commits go first, and then go with the next as if they
///   were ordinary.
struct WriteQueue<Write> {
    /// How many writes one commit carries at most, so that the first does not wait for ever.
    static var writesPerCommit: Int { 128 }
    /// How many commits a yielding write lets go first.
    static var mostPassed: Int { 32 }

    /// For how many yielding writes a commit has room when it is their turn.
    static var theirTurn: Int { 16 }

    private var ordinary: [Write] = []
    private var yielding: [Write] = []
    /// How many commits went before the first yielding write that waits.
    private var passed = 0
    /// Whether the commit that runs, or ran last, carries ordinary writes.
    private(set) var carriesOrdinary = false

    mutating func add(_ writes: [Write], _ precedence: Precedence) {
        switch precedence {
        case .ordinary: ordinary += writes
        case .yielding: yielding += writes
        }
    }

    /// What the next commit begins with; nothing where nothing waits, or only what yields and it is not quiet.
    /// - Parameter isQuiet: for a while no ordinary write was there.
    mutating func begin(isQuiet: Bool) -> [Write] {
        carriesOrdinary = !ordinary.isEmpty
        guard carriesOrdinary else {
            guard isQuiet else { return [] }
            passed = 0
            return Self.take(1, of: &yielding)
        }
        if !yielding.isEmpty { passed += 1 }
        // Room is kept for them: ordinary ones that fill every commit would put them off for ever.
        let isTheirTurn = passed > Self.mostPassed
        var writes = Self.take(Self.writesPerCommit - (isTheirTurn ? min(Self.theirTurn, yielding.count) : 0), of: &ordinary)
        if isTheirTurn {
            passed = 0
            writes += Self.take(Self.writesPerCommit - writes.count, of: &yielding)
        }
        return writes
    }

    /// Who joins the commit that has run so many writes.
    mutating func join(after count: Int) -> [Write] {
        let room = Self.writesPerCommit - count
        if !ordinary.isEmpty {
            carriesOrdinary = true
            return Self.take(room, of: &ordinary)
        }
        return carriesOrdinary ? [] : Self.take(min(room, 1), of: &yielding)
    }

    var isEmpty: Bool { ordinary.isEmpty && yielding.isEmpty }

    /// Everything that waits, in no commit.
    mutating func removeAll() -> [Write] {
        defer { (ordinary, yielding) = ([], []) }
        return ordinary + yielding
    }

    private static func take(_ count: Int, of writes: inout [Write]) -> [Write] {
        let taken = Array(writes.prefix(max(count, 0)))
        writes.removeFirst(taken.count)
        return taken
    }
}
