/// Finds the names that a user may have meant.
public enum NearNames {
    /// The names among `candidates` that are close to `name`, nearest first,
    /// ties in the order given; at most `limit`.
    ///
    /// Close means one edit, or one for each four characters (insert, delete,
    /// replace, swap neighbours), or one name inside the other. Case, spaces,
    /// hyphens and underscores do not count.
    public static func near(_ name: String, among candidates: [String], limit: Int = 3) -> [String]
    {
        let wanted = folded(name)
        // A longer text is no slip of the pen, and the work grows with it.
        guard !wanted.isEmpty, wanted.count <= longestName else { return [] }
        var found: [(name: String, distance: Int, order: Int)] = []
        for (order, candidate) in candidates.enumerated() {
            let other = folded(candidate)
            guard !other.isEmpty, other.count <= longestName else { continue }
            let distance = edits(wanted, other)
            if distance <= max(1, min(wanted.count, other.count) / 4) {
                found.append((candidate, distance, order))
            } else if min(wanted.count, other.count) >= 3,
                contains(wanted, other) || contains(other, wanted)
            {
                found.append((candidate, distance, order))
            }
        }
        found.sort { ($0.distance, $0.order) < ($1.distance, $1.order) }
        return found.prefix(limit).map(\.name)
    }

    private static let longestName = 64

    private static func folded(_ name: String) -> [Character] {
        name.lowercased().filter { !" -_".contains($0) }
    }

    private static func contains(_ long: [Character], _ short: [Character]) -> Bool {
        guard short.count <= long.count else { return false }
        return (0...(long.count - short.count)).contains { long[$0...].starts(with: short) }
    }

    /// Optimal string alignment distance (Damerau 1964, without a second edit
    /// of swapped letters).
    private static func edits(_ a: [Character], _ b: [Character]) -> Int {
        var beforeLast = [Int](repeating: 0, count: b.count + 1)
        var last = Array(0...b.count)
        for i in a.indices {
            var current = [i + 1] + [Int](repeating: 0, count: b.count)
            for j in b.indices {
                let replaced = last[j] + (a[i] == b[j] ? 0 : 1)
                current[j + 1] = min(replaced, last[j + 1] + 1, current[j] + 1)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                    current[j + 1] = min(current[j + 1], beforeLast[j - 1] + 1)
                }
            }
            beforeLast = last
            last = current
        }
        return last[b.count]
    }
}
