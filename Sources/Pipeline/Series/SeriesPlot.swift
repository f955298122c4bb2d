import Foundation
import Report

/// A picture of curves over time as SVG.
struct SeriesPlot {
    struct Curve {
        /// Empty = not in the legend.
        var name: String
        var color: String
        /// One per time; NaN interrupts the curve.
        var values: [Double]
    }

    struct Panel {
        var title: String
        var curves: [Curve]
        /// Times marked by a vertical line.
        var marks: [Double] = []
    }

    var title: String
    var times: [Double]
    var panels: [Panel]

    private static let width = 900.0
    private static let height = 220.0
    private static let left = 64.0

    /// The same bytes for the same numbers.
    var svg: String {
        let total = Self.height * Double(panels.count) + 40
        var parts = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(Int(Self.width)) \(Int(total))\" "
                + "font-family=\"sans-serif\" font-size=\"12\">",
            "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>",
            text(title, x: Self.left, y: 20, size: 15),
        ]
        for (index, panel) in panels.enumerated() {
            parts += draw(panel, top: 40 + Double(index) * Self.height)
        }
        return (parts + ["</svg>", ""]).joined(separator: "\n")
    }

    private func draw(_ panel: Panel, top: Double) -> [String] {
        let all = panel.curves.flatMap(\.values).filter(\.isFinite)
        let low = all.min() ?? 0
        let high = max(all.max() ?? 1, low + 1e-9)
        let first = times.first ?? 0
        let last = max(times.last ?? 1, first + 1e-9)
        let (upper, lower) = (top + 22, top + Self.height - 26)
        let right = Self.width - 16
        func x(_ time: Double) -> Double {
            Self.left + (time - first) / (last - first) * (right - Self.left)
        }
        func y(_ value: Double) -> Double { lower - (value - low) / (high - low) * (lower - upper) }
        var parts = [text(panel.title, x: Self.left, y: top + 14, size: 12)]
        for year in Int(first.rounded(.up))...max(Int(first.rounded(.up)), Int(last)) {
            parts.append(line(x(Double(year)), upper, x(Double(year)), lower, "#e4e4e4"))
            // No label that the edge would cut.
            guard x(Double(year)) < right - 28 else { continue }
            parts.append(text("\(year)", x: x(Double(year)) + 2, y: lower + 14, size: 11))
        }
        let ticks = AxisTicks(from: low, to: high, count: 5)
        for value in ticks.values {
            let color = value == 0 ? "#9a9a9a" : "#e4e4e4"
            parts.append(line(Self.left, y(value), right, y(value), color))
            let label = String(format: "%.\(ticks.decimals)f", value)
            parts.append(text(label, x: 8, y: y(value) + 4, size: 11))
        }
        for mark in panel.marks { parts.append(line(x(mark), upper, x(mark), lower, "#000000")) }
        var legend = Self.left + 330
        for curve in panel.curves {
            var path = ""
            var isDown = false
            for (time, value) in zip(times, curve.values) {
                guard value.isFinite else {
                    isDown = false
                    continue
                }
                path += "\(isDown ? "L" : "M")\(number(x(time))) \(number(y(value)))"
                isDown = true
            }
            parts.append(
                "<path d=\"\(path)\" fill=\"none\" stroke=\"\(curve.color)\" stroke-width=\"1.3\"/>")
            guard !curve.name.isEmpty else { continue }
            parts.append(line(legend, top + 10, legend + 18, top + 10, curve.color))
            parts.append(text(curve.name, x: legend + 22, y: top + 14, size: 11))
            legend += 32 + 7 * Double(curve.name.count)
        }
        return parts
    }

    private func number(_ value: Double) -> String { String(format: "%.1f", value) }

    private func line(
        _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ color: String
    ) -> String {
        "<line x1=\"\(number(x1))\" y1=\"\(number(y1))\" x2=\"\(number(x2))\" "
            + "y2=\"\(number(y2))\" stroke=\"\(color)\"/>"
    }

    private func text(_ text: String, x: Double, y: Double, size: Int) -> String {
        let safe = text.replacingOccurrences(of: "&", with: "&amp;")
            .replacingOccurrences(of: "<", with: "&lt;")
        return "<text x=\"\(number(x))\" y=\"\(number(y))\" font-size=\"\(size)\">\(safe)</text>"
    }
}
