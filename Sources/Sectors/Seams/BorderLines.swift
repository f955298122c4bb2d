import GridCore

/// Lines of borders.
enum BorderLines {
    /// The same lines with pieces joined whose ends meet, where no third one
    /// does. Order follows the first piece of each; none is turned unless it
    /// must be.
    static func joined(_ pieces: [[Coordinate]]) -> [[Coordinate]] {
        var ends: [Coordinate: [Int]] = [:]
        for (index, piece) in pieces.enumerated() where piece.count >= 2 {
            for end in [piece.first, piece.last].compactMap(\.self) {
                ends[end, default: []].append(index)
            }
        }
        var used = pieces.map { $0.count < 2 }
        var lines: [[Coordinate]] = []
        for start in pieces.indices where !used[start] {
            used[start] = true
            var line = pieces[start]
            for _ in 0..<2 {
                while let end = line.last, let touching = ends[end], touching.count == 2,
                    let next = touching.first(where: { !used[$0] })
                {
                    used[next] = true
                    let piece = pieces[next].first == end ? pieces[next] : pieces[next].reversed()
                    line += piece.dropFirst()
                }
                line.reverse()
            }
            lines.append(line)
        }
        return lines
    }

    /// The same line with no step longer than `step` units.
    static func densified(_ line: [Coordinate], step: Double) -> [Coordinate] {
        guard var previous = line.first else { return [] }
        var result = [previous]
        for next in line.dropFirst() {
            let x = next.x - previous.x
            let y = next.y - previous.y
            let parts = max(1, Int(((x * x + y * y).squareRoot() / step).rounded(.up)))
            for part in 1..<max(1, parts) {
                let t = Double(part) / Double(parts)
                result.append(Coordinate(x: previous.x + x * t, y: previous.y + y * t))
            }
            result.append(next)
            previous = next
        }
        return result
    }
}
