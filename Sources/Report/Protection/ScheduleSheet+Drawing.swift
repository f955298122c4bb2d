/// The layout of a schedule.
struct ScheduleSheetDrawing {
    let sheet: ScheduleSheet
    let width: Int
    let height: Int
    /// Width of a column.
    let phaseWidth: Double

    private let titleLines: [String]
    private let dateLines: [String]
    private let certificateLines: [String]
    private let noteLines: [String]
    private let certificateColor: Color
    /// Ends of the scale of coverage, the same for all sectors.
    private let shares: ClosedRange<Double>

    private static let margin = 20.0
    private static let bannerHeight = 30.0
    private static let nameWidth = 230.0
    private static let routeCut = Color(0xFFE08A)
    private static let legendHeight = 34.0
    private static let phaseHeadHeight = 58.0
    static let sectorHeight = 30.0
    static let rowHeight = 22.0
    static let coverageHeight = 112.0

    init(_ sheet: ScheduleSheet) throws(ReportError) {
        self.sheet = sheet
        let ruler = try Canvas(width: 1, height: 1)
        let count = Double(max(1, sheet.phases.count))
        phaseWidth = min(max((1000 / count).rounded(), 132), 220)
        let width = max(Self.nameWidth + phaseWidth * count + 2 * Self.margin, 960)
        let textWidth = width - 2 * Self.margin
        titleLines = ruler.wrapped(sheet.caption.title, .title, toWidth: textWidth, maximumLines: 2)
        dateLines = ruler.wrapped(sheet.caption.dateLine, .body, toWidth: textWidth)
        noteLines = (sheet.caption.notes + [sheet.caption.source]).flatMap {
            ruler.wrapped($0, .small, toWidth: textWidth)
        }
        shares = ScheduleCoverage.range(of: sheet.sectors.flatMap(\.coverage))
        let certificate = Self.certificateText(sheet)
        certificateLines = ruler.wrapped(certificate.text, .heading, toWidth: textWidth)
        certificateColor = certificate.isBad ? Ink.hotspot : Ink.text
        self.width = Int(width.rounded(.up))
        var height = (sheet.caption.banner == nil ? 0 : Self.bannerHeight) + Self.margin * 1.2
        height += Double(titleLines.count) * Font.title.lineHeight
        height += Double(dateLines.count + 1) * Font.body.lineHeight
        height += Double(certificateLines.count) * Font.heading.lineHeight + 14
        height += Self.legendHeight + Self.phaseHeadHeight
        height += max(40, sheet.sectors.reduce(0) { $0 + Self.height(of: $1) })
        height += Double(noteLines.count) * Font.small.lineHeight + Self.margin * 1.6
        self.height = Int(height.rounded(.up))
    }

    private static func height(of sector: ScheduleSheet.Sector) -> Double {
        sectorHeight + Double(sector.bases.count) * rowHeight
            + (sector.coverage.isEmpty ? 8 : coverageHeight)
    }

    /// The line of value, bound and gap, and what is wrong before it.
    static func certificateText(_ sheet: ScheduleSheet) -> (text: String, isBad: Bool) {
        let broken = sheet.sectors.filter { $0.breaksFloor(inPhases: sheet.phases.count) }
        var text = ""
        if !broken.isEmpty {
            let names = broken.map(\.name).joined(separator: ", ")
            text = "The floors cannot all be kept: broken in \(names). "
        }
        guard let certificate = sheet.certificate else {
            return (text + "No plan was found.", true)
        }
        let gap = NumberText.fixed(certificate.gap * 100, decimals: 2)
        text += "\(certificate.measure): \(NumberText.fixed(certificate.value, decimals: 0)); no "
            + "plan can exceed \(NumberText.fixed(certificate.bound, decimals: 0)) (gap \(gap) %)."
        return (text, !broken.isEmpty)
    }

    private var left: Double { Self.margin + Self.nameWidth }

    func column(_ index: Int) -> Double { left + Double(index) * phaseWidth }

    func pngBytes() throws(ReportError) -> [UInt8] {
        let canvas = try Canvas(width: width, height: height)
        var y = drawHead(on: canvas)
        drawLegend(top: y, on: canvas)
        y += Self.legendHeight
        drawPhases(top: y, on: canvas)
        y += Self.phaseHeadHeight
        if sheet.sectors.isEmpty {
            canvas.text(
                "No sectors in this run.", at: Point(x: Self.margin, y: y + 24), .body,
                Ink.quietText, aligned: .left)
            y += 40
        }
        for sector in sheet.sectors {
            drawColumnLines(top: y, bottom: y + Self.height(of: sector), on: canvas)
            draw(sector, top: y, on: canvas)
            y += Self.height(of: sector)
        }
        canvas.textBlock(
            noteLines, x: Self.margin, top: max(y, 0) + Self.margin * 0.6, .small, Ink.quietText)
        return PictureEdition.restricted.marking(try canvas.pngBytes())
    }

    private func drawHead(on canvas: borrowing Canvas) -> Double {
        var y = 0.0
        if let banner = sheet.caption.banner {
            canvas.drawBanner(banner, height: Self.bannerHeight)
            y = Self.bannerHeight
        }
        y = canvas.textBlock(
            titleLines, x: Self.margin, top: y + Self.margin * 0.7, .title, Ink.text)
        y = canvas.textBlock(dateLines, x: Self.margin, top: y, .body, Ink.quietText)
        let edition = PictureEdition.restricted
        y = canvas.textBlock(
            [edition.line], x: Self.margin, top: y, Font(size: 13, isBold: true), edition.color)
        return canvas.textBlock(
            certificateLines, x: Self.margin, top: y + 6, .heading, certificateColor) + 8
    }

    private func drawLegend(top: Double, on canvas: borrowing Canvas) {
        var x = Self.margin
        func label(_ text: String) {
            canvas.text(text, at: Point(x: x, y: top + 17), .body, Ink.text, aligned: .left)
            x += canvas.width(of: text, .body) + 22
        }
        for state in ScheduleSheet.State.allCases {
            canvas.drawPatch(Rectangle(x: x, y: top + 4, width: 34, height: 16), state.color)
            x += 42
            label(state == .closed ? "Closed" : "\(state.label) holds the base")
        }
        drawRouteCut(Rectangle(x: x, y: top + 4, width: 34, height: 16), on: canvas)
        x += 42
        label("Supply route cut: no handover")
        let y = top + 12.5
        canvas.stroke(
            Path(from: Point(x: x, y: y), to: Point(x: x + 34, y: y)), ScheduleCoverage.floorPen)
        x += 42
        label("Floor")
    }

    private func drawPhases(top: Double, on canvas: borrowing Canvas) {
        for (index, phase) in sheet.phases.enumerated() {
            let x = column(index) + phaseWidth / 2
            let room = phaseWidth - 8
            let lines = [
                (phase.label, Font.heading), (phase.dates, Font.small), (phase.season, Font.small),
            ]
            for (line, (text, font)) in lines.enumerated() {
                canvas.text(
                    canvas.truncated(text, font, toWidth: room),
                    at: Point(x: x, y: top + 16 + Double(line) * 16), font,
                    line == 0 ? Ink.text : Ink.quietText, aligned: .center)
            }
        }
    }

    // MARK: Sectors

    private func drawColumnLines(top: Double, bottom: Double, on canvas: borrowing Canvas) {
        var path = Path()
        for index in 0...sheet.phases.count {
            let x = column(index) + 0.5
            path.addLine([Point(x: x, y: top), Point(x: x, y: bottom)])
        }
        canvas.stroke(path, Stroke(color: Ink.line.withOpacity(0.15), width: 1))
    }

    private func draw(
        _ sector: ScheduleSheet.Sector, top: Double, on canvas: borrowing Canvas
    ) {
        let right = column(max(1, sheet.phases.count))
        let isBroken = sector.breaksFloor(inPhases: sheet.phases.count)
        canvas.fill(
            Path(
                Rectangle(
                    x: Self.margin, y: top + 4, width: right - Self.margin, height: 22)),
            isBroken ? Color(0xF7D9D9) : Color(0xEDEDE8))
        canvas.text(
            canvas.truncated(
                isBroken ? "\(sector.name): floor broken" : sector.name, .heading,
                toWidth: right - Self.margin - 16),
            at: Point(x: Self.margin + 8, y: top + 20), .heading,
            isBroken ? Ink.hotspot : Ink.text, aligned: .left)
        var y = top + Self.sectorHeight
        for base in sector.bases {
            draw(base, top: y, on: canvas)
            y += Self.rowHeight
        }
        guard !sector.coverage.isEmpty else { return }
        canvas.text(
            "People covered", at: Point(x: Self.margin + 8, y: y + 50), .small, Ink.quietText,
            aligned: .left)
        ScheduleCoverage(
            coverage: Array(sector.coverage.prefix(sheet.phases.count)), left: left,
            phaseWidth: phaseWidth, top: y + 6, shares: shares
        ).draw(on: canvas)
    }

    private func draw(_ base: ScheduleSheet.Base, top: Double, on canvas: borrowing Canvas) {
        let name = base.name.isEmpty ? base.id : "\(base.id)  \(base.name)"
        canvas.text(
            canvas.truncated(name, .body, toWidth: Self.nameWidth - 24),
            at: Point(x: Self.margin + 8, y: top + 15), .body, Ink.text, aligned: .left)
        let states = Array(base.states.prefix(sheet.phases.count))
        var start = 0
        while start < states.count {
            var end = start + 1
            while end < states.count, states[end] == states[start] { end += 1 }
            let bar = Rectangle(
                x: column(start) + 1, y: top + 2, width: column(end) - column(start) - 2,
                height: Self.rowHeight - 4)
            draw(states[start], bar, on: canvas)
            start = end
        }
        for phase in base.routeCutPhases.sorted()
        where states.indices.contains(phase) && states[phase] != .closed {
            drawRouteCut(
                Rectangle(
                    x: column(phase) + 1, y: top + 2, width: phaseWidth - 2,
                    height: Self.rowHeight - 4), on: canvas)
        }
    }

    private func draw(
        _ state: ScheduleSheet.State, _ bar: Rectangle, on canvas: borrowing Canvas
    ) {
        canvas.fill(Path(bar), state.color)
        canvas.stroke(
            Path(bar.expanded(by: -0.5)), Stroke(color: Ink.line.withOpacity(0.5), width: 1))
        canvas.text(
            state.label, at: Point(x: bar.x + 8, y: bar.y + 13), Font(size: 11), state.textColor,
            aligned: .left)
    }

    /// A hatched right half, which leaves the word of the bar free.
    private func drawRouteCut(_ cell: Rectangle, on canvas: borrowing Canvas) {
        let half = Rectangle(
            x: cell.x + cell.width / 2, y: cell.y, width: cell.width / 2, height: cell.height)
        canvas.fill(Path(half), Self.routeCut)
        canvas.hatch(Path(half), in: half, spacing: 8, Stroke(color: Ink.text, width: 1.6))
        canvas.stroke(
            Path(half.expanded(by: -0.5)), Stroke(color: Ink.line.withOpacity(0.5), width: 1))
    }
}
