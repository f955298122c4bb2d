/// The line of a sector's coverage over the phases, with its floors.
struct ScheduleCoverage {
    let coverage: [ScheduleSheet.Coverage]
    let left: Double
    let phaseWidth: Double
    let top: Double
    /// Ends of the scale.
    let shares: ClosedRange<Double>

    static let floorPen = Stroke(color: Color(0x7A4A00), width: 1.6, dashes: [5, 3])
    private static let line = Color(0x33506B)
    /// Room for the value above the highest point.
    private static let textRoom = 20.0
    private static let plotHeight = 46.0
    private static let smallFont = Font(size: 11)
    private static let boldFont = Font(size: 11, isBold: true)

    /// The scale that holds all shares and floors: whole tens of percent, at
    /// least twenty, so that small changes are seen and not made large.
    static func range(of coverage: [ScheduleSheet.Coverage]) -> ClosedRange<Double> {
        let values = coverage.flatMap { [$0.share, $0.floor] }.compactMap { $0 }.filter {
            $0.isFinite
        }
        guard let least = values.min(), let most = values.max() else { return 0...1 }
        let lower = min(max((least * 10 - 0.3).rounded(.down) / 10, 0), 0.8)
        let upper = max(min((most * 10 + 0.3).rounded(.up) / 10, 1), lower + 0.2)
        return lower...upper
    }

    private func x(_ phase: Int) -> Double { left + (Double(phase) + 0.5) * phaseWidth }

    /// Place of a share between the ends of the scale.
    private func y(_ share: Double) -> Double {
        let part = (share - shares.lowerBound) / (shares.upperBound - shares.lowerBound)
        return (top + Self.textRoom + (1 - min(max(part, 0), 1)) * Self.plotHeight).rounded()
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

    private func drawScale(on canvas: borrowing Canvas) {
        let right = left + Double(coverage.count) * phaseWidth
        for share in [shares.lowerBound, shares.upperBound] {
            let y = y(share)
            canvas.stroke(
                Path(from: Point(x: left, y: y + 0.5), to: Point(x: right, y: y + 0.5)),
                Stroke(color: Ink.line.withOpacity(0.25), width: 1))
            canvas.text(
                NumberText.fixed(share * 100, decimals: 0) + " %",
                at: Point(x: left - 8, y: y + 4), Self.smallFont, Ink.quietText, aligned: .right)
        }
    }

    /// The first of equal floors carries its number.
    private func drawFloors(on canvas: borrowing Canvas) {
        var last: Double?
        for (phase, entry) in coverage.enumerated() {
            guard let floor = entry.floor, floor.isFinite else {
                last = nil
                continue
            }
            let y = y(floor) + 0.5
            let start = x(phase) - phaseWidth / 2
            canvas.stroke(
                Path(from: Point(x: start, y: y), to: Point(x: start + phaseWidth, y: y)),
                Self.floorPen)
            if floor != last {
                canvas.text(
                    "floor " + NumberText.fixed(floor * 100, decimals: 1) + " %",
                    at: Point(x: start + 4, y: y + 12), Self.smallFont, Self.floorPen.color,
                    aligned: .left, halo: Ink.paper.withOpacity(0.9))
            }
            last = floor
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
        let share = entry.share.flatMap { $0.isFinite ? $0 : nil }
        if let share {
            canvas.fill(
                Path(circleAt: Point(x: x(phase), y: y(share)), radius: 4),
                entry.breaksFloor ? Ink.hotspot : Self.line)
        }
        let above = (share.map(y) ?? top + Self.textRoom + Self.plotHeight / 2) - 9
        canvas.text(
            entry.shareText, at: Point(x: x(phase), y: above),
            Font(size: 12, isBold: entry.breaksFloor),
            entry.breaksFloor ? Ink.hotspot : Ink.text, aligned: .center,
            halo: Ink.paper.withOpacity(0.9))
        for (index, text) in entry.shortfallTexts.enumerated() {
            canvas.text(
                canvas.truncated(text, Self.boldFont, toWidth: phaseWidth - 6),
                at: Point(
                    x: x(phase),
                    y: top + Self.textRoom + Self.plotHeight + 16 + Double(index) * 14),
                Self.boldFont, Ink.hotspot, aligned: .center)
        }
    }
}
