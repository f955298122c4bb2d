/// Which known name a mistyped one was probably meant to be.
enum NearestName {
    /// The name nearest to `text`; nil when none is near enough to be
    /// suggested: at most one change in three characters, at least one.
    /// The first of several equally near ones.
    static func suggestion(for text: String, among names: [String]) -> String? {
        // A longer text is no slip of the pen, and the table grows with it.
        guard text.count <= 64 else { return nil }
        let limit = max(1, text.count / 3)
        var best: (name: String, distance: Int)?
        for name in names {
            let distance = distance(Array(folded(text)), Array(folded(name)))
            if distance <= limit, best.map({ distance < $0.distance }) ?? true {
                best = (name, distance)
            }
        }
        return best?.name
    }

    private static func folded(_ text: String) -> String {
        String(text.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 })
    }

    /// Changes that lead from `a` to `b`: insertions, deletions,
    /// substitutions and swaps of neighbours (optimal string alignment;
    /// Damerau 1964).
    static func distance(_ a: [Character], _ b: [Character]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                var cost = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                    cost = min(cost, beforeLast[j - 1] + 1)
                }
                row.append(cost)
            }
            beforeLast = last
            last = row
        }
        return last[b.count]
    }
}
