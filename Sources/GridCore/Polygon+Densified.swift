extension MultiPolygon {
    /// The same polygons with no edge longer than `step`, so that edges
    /// follow their curve when the coordinates are projected. Precondition:
    /// `step > 0`.
    public func densified(step: Double) -> MultiPolygon {
        precondition(step > 0, "step must be positive")
        func dense(_ ring: Ring) -> Ring {
            guard var previous = ring.first else { return [] }
            var result = [previous]
            for next in ring.dropFirst() {
                let dx = next.x - previous.x
                let dy = next.y - previous.y
                let length = (dx * dx + dy * dy).squareRoot()
                let parts = max(1, Int((length / step).rounded(.up)))
                for part in 1..<max(1, parts) {
                    let t = Double(part) / Double(parts)
                    result.append(Coordinate(x: previous.x + dx * t, y: previous.y + dy * t))
                }
                result.append(next)
                previous = next
            }
            return result
        }
        return MultiPolygon(
            polygons.map {
                Polygon(exterior: dense($0.exterior), holes: $0.holes.map(dense))
            })
    }
}
