/// A bar of a round number of kilometres.
struct ScaleBar: Hashable, Sendable {
    let kilometers: Double
    let widthInPixels: Double

    /// The longest bar of 1, 2 or 5 times a power of ten kilometres that is
    /// at most `maximumWidth` pixels long; nil when the scale is not
    /// positive and finite.
    init?(kilometersPerPixel: Double, maximumWidth: Double) {
        let longest = kilometersPerPixel * maximumWidth
        // The smallest round number above a fifth of the room is the start;
        // one of the next two steps up may still fit.
        guard var length = AxisTicks.roundStep(longest / 5) else { return nil }
        while let next = AxisTicks.roundStep(length * 1.5), next <= longest * (1 + 1e-9) {
            length = next
        }
        kilometers = length
        widthInPixels = length / kilometersPerPixel
    }

    /// `200 km`, `0.5 km`.
    var text: String {
        NumberText.fixed(kilometers, decimals: AxisTicks.decimals(ofStep: kilometers)) + " km"
    }

    /// Draws the bar in four parts, with 0 and the full length under its ends.
    func draw(on canvas: borrowing Canvas, x: Double, y: Double) {
        let left = x.rounded()
        let height = 7.0
        for part in 0..<4 {
            let from = left + (widthInPixels * Double(part) / 4).rounded()
            let to = left + (widthInPixels * Double(part + 1) / 4).rounded()
            canvas.fill(
                Path(Rectangle(x: from, y: y, width: to - from, height: height)),
                part.isMultiple(of: 2) ? Ink.text : Ink.paper)
        }
        let bar = Rectangle(x: left, y: y, width: widthInPixels.rounded(), height: height)
        canvas.stroke(Path(bar.expanded(by: -0.5)), Stroke(color: Ink.text, width: 1))
        let baseline = y + height + 15
        canvas.text("0", at: Point(x: left, y: baseline), .small, Ink.text, aligned: .left)
        let textWidth = canvas.width(of: text, .small)
        canvas.text(
            text, at: Point(x: max(left + widthInPixels - textWidth / 2, left + 24), y: baseline),
            .small, Ink.text, aligned: .left)
    }
}
