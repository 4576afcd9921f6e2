/// The name that was probably meant: the one with the fewest changed letters, if those are few; nil if none is near.
func nearest(to written: String, among names: [String]) -> String? {
    guard written.utf8.count <= 100 else { return nil }
    let best = names.map { (name: $0, distance: editDistance(written, $0)) }.min { $0.distance < $1.distance }
    return best.flatMap { $0.distance <= 4 ? $0.name : nil }
}

func unknownAdvice(_ nearest: String?, orElse: String = "Leave it out") -> String {
    nearest.map { "Write \($0)." } ?? "\(orElse); “throughline settings” lists all there are."
}

/// Letters to insert, delete or replace (Levenshtein), in the product of both lengths.
private func editDistance(_ left: String, _ right: String) -> Int {
    let right = Array(right.utf8)
    var row = Array(0...right.count)
    for (index, letter) in left.utf8.enumerated() {
        var next = [index + 1]
        for (column, other) in right.enumerated() {
            let replaced = row[column] + (letter == other ? 0 : 1)
            next.append(min(replaced, row[column + 1] + 1, next[column] + 1))
        }
        row = next
    }
    return row[right.count]
}
