/// The line of a sector's coverage over the phases, with its floors.
struct ScheduleCoverage {
    let coverage: [ScheduleSheet.Coverage]
    let left: Double
    let phaseWidth: Double
    let top: Double

    static let floorPen = Stroke(color: Color(0x7A4A00), width: 1.6, dashes: [5, 3])
    private static let line = Color(0x33506B)
    /// Room for the value above the highest and below the lowest point.
    private static let textRoom = 16.0
    private static let plotHeight = 40.0

    private func x(_ phase: Int) -> Double { left + (Double(phase) + 0.5) * phaseWidth }

    /// Place of a share; 0 at the lower edge, 1 at the upper.
    private func y(_ share: Double) -> Double {
        let share = min(max(share, 0), 1)
        return (top + Self.textRoom + (1 - share) * Self.plotHeight).rounded()
    }

    func draw(on canvas: borrowing Canvas) {
        drawScale(on: canvas)
        drawFloors(on: canvas)
        var points: [Point] = []
        for (phase, entry) in coverage.enumerated() {
            guard let share = entry.share, share.isFinite else {
                drawLine(points, on: canvas)
                points = []
                continue
            }
            points.append(Point(x: x(phase), y: y(share)))
        }
        drawLine(points, on: canvas)
        for (phase, entry) in coverage.enumerated() { drawValue(entry, phase, on: canvas) }
    }

    /// 0 % and 100 %.
    private func drawScale(on canvas: borrowing Canvas) {
        let right = left + Double(coverage.count) * phaseWidth
        for share in [0.0, 1] {
            let y = y(share) + 0.5
            canvas.stroke(
                Path(from: Point(x: left, y: y), to: Point(x: right, y: y)),
                Stroke(color: Ink.line.withOpacity(0.25), width: 1))
        }
    }

    private func drawFloors(on canvas: borrowing Canvas) {
        for (phase, entry) in coverage.enumerated() {
            guard let floor = entry.floor, floor.isFinite else { continue }
            let y = y(floor) + 0.5
            canvas.stroke(
                Path(
                    from: Point(x: x(phase) - phaseWidth / 2, y: y),
                    to: Point(x: x(phase) + phaseWidth / 2, y: y)),
                Self.floorPen)
        }
    }

    private func drawLine(_ points: [Point], on canvas: borrowing Canvas) {
        var path = Path()
        path.addLine(points)
        canvas.stroke(path, Stroke(color: Self.line, width: 2))
    }

    private func drawValue(
        _ entry: ScheduleSheet.Coverage, _ phase: Int, on canvas: borrowing Canvas
    ) {
        let color = entry.breaksFloor ? Ink.hotspot : Self.line
        let share = entry.share.flatMap { $0.isFinite ? $0 : nil }
        if let share {
            let dot = Path(circleAt: Point(x: x(phase), y: y(share)), radius: 4)
            canvas.fill(dot, color)
        }
        // Above the dot, or under it where the line runs along the top.
        let above = (share.map(y) ?? top + Self.textRoom + Self.plotHeight / 2) - 8
        let font = Font(size: 12, isBold: entry.breaksFloor)
        canvas.text(
            entry.shareText, at: Point(x: x(phase), y: above), font,
            entry.breaksFloor ? Ink.hotspot : Ink.text, aligned: .center,
            halo: Ink.paper.withOpacity(0.9))
        guard let shortfall = entry.shortfallText else { return }
        canvas.text(
            canvas.truncated(shortfall, Font(size: 11, isBold: true), toWidth: phaseWidth - 6),
            at: Point(x: x(phase), y: top + Self.textRoom + Self.plotHeight + 14),
            Font(size: 11, isBold: true), Ink.hotspot, aligned: .center)
    }
}
