/// Finds room for labels one after the other, so that none covers another.
///
/// Greedy: who asks first gets the best place, therefore the important
/// labels ask first (Christensen, Marks and Shieber 1995 call it the greedy
/// baseline and compare better but slower methods).
struct LabelPlacement: Sendable {
    /// Labels stay inside.
    let frame: Rectangle
    /// Nothing may cover these; every label placed is added.
    private(set) var taken: [Rectangle]
    /// Symbols that a label should not cover but may.
    let avoided: [Rectangle]

    init(frame: Rectangle, taken: [Rectangle] = [], avoided: [Rectangle] = []) {
        self.frame = frame
        self.taken = taken
        self.avoided = avoided
    }

    /// The position in `candidates` (best first) of the place given to a
    /// label, which is then taken: of the free ones within the frame that
    /// which covers the fewest avoided symbols, the first of equals. nil
    /// when none is free, or none covers at most `mostCovered` symbols.
    ///
    /// Complexity: O(candidates x (taken + avoided)).
    mutating func place(_ candidates: [Rectangle], mostCovered: Int = .max) -> Int? {
        var best: Int?
        var fewest = mostCovered == .max ? Int.max : mostCovered + 1
        for (index, candidate) in candidates.enumerated() where fewest > 0 {
            guard frame.contains(candidate), !taken.contains(where: candidate.overlaps) else {
                continue
            }
            let covered = avoided.count(where: candidate.overlaps)
            if covered < fewest {
                fewest = covered
                best = index
            }
        }
        if let best { taken.append(candidates[best]) }
        return best
    }

    /// Eight places for a label of the given size around a symbol, `gap`
    /// pixels from it: right, left, above, below, then the corners.
    static func places(
        around symbol: Rectangle, width: Double, height: Double, gap: Double
    ) -> [Rectangle] {
        let right = symbol.maxX + gap
        let left = symbol.x - gap - width
        let above = symbol.y - gap - height
        let below = symbol.maxY + gap
        let middleX = symbol.center.x - width / 2
        let middleY = symbol.center.y - height / 2
        let corners = [
            (right, middleY), (left, middleY), (middleX, above), (middleX, below),
            (right, above), (right, below), (left, above), (left, below),
        ]
        return corners.map { Rectangle(x: $0.0, y: $0.1, width: width, height: height) }
    }
}
