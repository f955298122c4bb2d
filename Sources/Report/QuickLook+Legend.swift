import GridCore

/// The column at the right of a quick-look.
struct QuickLookLegend: Sendable {
    /// Continuous values.
    struct Ramp: Sendable {
        var quantity: String
        var unit: String
        var palette: Palette
        var stretch: ValueStretch
        var range: ClosedRange<Double>
        var statistics: RasterStatistics
    }

    enum Kind: Sendable {
        case ramp(Ramp)
        case classes(ClassRaster)
    }

    let kind: Kind
    /// The line under the picture.
    let statistics: String
    private let rows: [(color: Color?, text: String)]

    private static let rowHeight = 24.0
    private static let rampHeight = 200
    private static let patch = (width: 28.0, height: 16.0)

    init(_ kind: Kind) {
        self.kind = kind
        switch kind {
        case .ramp(let ramp):
            statistics = ramp.statistics.text(unit: ramp.unit)
            rows = [(nil, "No data")]
        case .classes(let raster):
            let (classes, unlisted, nodata) = raster.counts()
            let total = raster.indices.count
            var rows: [(color: Color?, text: String)] = []
            for (entry, count) in zip(raster.table.entries, classes) {
                rows.append(
                    (entry.color, "\(entry.label): \(NumberText.percent(count, of: total))"))
            }
            if unlisted > 0 {
                rows.append(
                    (Ink.unlisted, "Other codes: \(NumberText.percent(unlisted, of: total))"))
            }
            rows.append((nil, "No data: \(NumberText.percent(nodata, of: total))"))
            self.rows = rows
            statistics = nodata == total
                ? "No valid cell among \(NumberText.grouped(total))"
                : "Valid \(NumberText.percent(total - nodata, of: total)) of "
                    + "\(NumberText.grouped(total)) cells; shares are of all cells"
        }
    }

    var height: Double {
        let body = Double(rows.count) * Self.rowHeight + 2 * Font.heading.lineHeight
        return switch kind {
        case .ramp: body + Double(Self.rampHeight) + 90
        case .classes: body
        }
    }

    func draw(on canvas: borrowing Canvas, x: Double, top: Double, width: Double) {
        var y = top
        switch kind {
        case .ramp(let ramp):
            let heading = ramp.unit.isEmpty ? ramp.quantity : "\(ramp.quantity) (\(ramp.unit))"
            y = drawHeading(heading, on: canvas, x: x, top: y, width: width)
            y = drawRamp(ramp, on: canvas, x: x, top: y + 10)
            y = drawNotes(of: ramp, on: canvas, x: x, top: y + 14, width: width) + 8
        case .classes(let raster):
            y = drawHeading(raster.table.title, on: canvas, x: x, top: y, width: width) + 6
        }
        for row in rows {
            canvas.drawPatch(
                Rectangle(
                    x: x.rounded(), y: y.rounded(), width: Self.patch.width,
                    height: Self.patch.height), row.color)
            let left = x + Self.patch.width + 10
            canvas.text(
                canvas.truncated(row.text, .body, toWidth: width - Self.patch.width - 10),
                at: Point(x: left, y: y + 13), .body, Ink.text, aligned: .left)
            y += Self.rowHeight
        }
    }

    private func drawHeading(
        _ text: String, on canvas: borrowing Canvas, x: Double, top: Double, width: Double
    ) -> Double {
        let lines = canvas.wrapped(text, .heading, toWidth: width, maximumLines: 2)
        return canvas.textBlock(lines, x: x, top: top, .heading, Ink.text)
    }

    /// The ramp with its tick labels. End labels say when data lie beyond.
    private func drawRamp(
        _ ramp: Ramp, on canvas: borrowing Canvas, x: Double, top: Double
    ) -> Double {
        let height = Self.rampHeight
        let rampWidth = Int(Self.patch.width)
        var pixels: [UInt32] = []
        for row in 0..<height {
            let position = 1 - (Double(row) + 0.5) / Double(height)
            let color = ramp.palette.color(at: position).pixel
            pixels.append(contentsOf: repeatElement(color, count: rampWidth))
        }
        let frame = Rectangle(
            x: x.rounded(), y: top.rounded(), width: Double(rampWidth), height: Double(height))
        canvas.draw(
            PixelImage(width: rampWidth, height: height, pixels: pixels), x: Int(frame.x),
            y: Int(frame.y))
        let pen = Stroke(color: Ink.line, width: 1)
        canvas.stroke(Path(frame.expanded(by: 0.5)), pen)
        for tick in tickLabels(of: ramp) {
            let y = (frame.maxY - tick.position * frame.height).rounded() + 0.5
            canvas.stroke(
                Path(from: Point(x: frame.maxX, y: y), to: Point(x: frame.maxX + 6, y: y)), pen)
            canvas.text(
                tick.text, at: Point(x: frame.maxX + 11, y: y + 4), .small, Ink.text,
                aligned: .left)
        }
        return frame.maxY
    }

    private func tickLabels(of ramp: Ramp) -> [(position: Double, text: String)] {
        let lower = ramp.range.lowerBound
        let upper = ramp.range.upperBound
        let span = upper - lower
        let hasValues = ramp.statistics.valid > 0
        let below = hasValues && Double(ramp.statistics.minimum) < lower ? "≤ " : ""
        let above = hasValues && Double(ramp.statistics.maximum) > upper ? "≥ " : ""
        let inner = AxisTicks(from: lower, to: upper, count: 5)
        func text(_ value: Double) -> String {
            let isRound = inner.step > 0
                && abs(value / inner.step - (value / inner.step).rounded()) < 1e-6
            return isRound && span > 1e-3 && span < 1e6
                ? NumberText.fixed(value, decimals: inner.decimals)
                : NumberText.readable(value, span: span)
        }
        var labels = [
            (position: 0.0, text: below + text(lower)), (position: 1.0, text: above + text(upper)),
        ]
        for value in inner.values {
            let position = (value - lower) / span
            // Labels are 12 pixels high: keep clear of those at the ends.
            guard position > 0.09, position < 0.91 else { continue }
            labels.append((position, text(value)))
        }
        return labels
    }

    private func drawNotes(
        of ramp: Ramp, on canvas: borrowing Canvas, x: Double, top: Double, width: Double
    ) -> Double {
        var lines = canvas.wrapped(ramp.stretch.text, .small, toWidth: width, maximumLines: 2)
        lines += canvas.wrapped(
            "Colours: \(ramp.palette.name)", .small, toWidth: width, maximumLines: 1)
        return canvas.textBlock(lines, x: x, top: top, .small, Ink.quietText)
    }
}
