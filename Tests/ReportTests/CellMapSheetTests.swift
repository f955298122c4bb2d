import Foundation
import GridCore
import Testing

@testable import Report

@Suite struct CellMapSheetTests {
    private func text(_ values: [Double], _ scale: CellScale) -> String {
        let sheet = CellMapSheet(
            title: "T", subtitle: "S", shape: Shape(rows: 1, columns: values.count),
            sections: [.init(title: "V", scale: scale, panels: [.init(title: "d", values: values)])])
        return String(decoding: sheet.svgBytes(), as: UTF8.self)
    }

    @Test func `A value on a limit is of the class above it`() {
        let scale = CellScale.vegetationCondition
        #expect(scale.colors.count == scale.bounds.count + 1)
        #expect(scale.color(of: -0.001) == scale.colors[0])
        #expect(scale.color(of: 0) == scale.colors[1])
        #expect(scale.color(of: 49.9) == scale.colors[4])
        #expect(scale.color(of: 400) == scale.colors[5])
        #expect(scale.color(of: .nan) == nil)
    }

    @Test func `Classes from the lowest on are told apart by lightness`() {
        let colors = CellScale.vegetationCondition.colors
        // Steps of at least 5 are seen side by side.
        for (a, b) in zip(colors, colors.dropFirst()) { #expect(b.lightness - a.lightness > 5) }
        let half = CellScale.zscore.colors.prefix(4)
        for (a, b) in zip(half, half.dropFirst()) { #expect(b.lightness - a.lightness > 5) }
    }

    @Test func `The legend has every class and what no value is called`() {
        let svg = text([1, .nan], .deviation(of: [-0.148, 0.02, .nan], missing: "no fit"))
        for label in ["below \u{2212}0.15", "\u{2212}0.05 to 0.05", "0.15 and above", "no fit"] {
            #expect(svg.contains(">\(label)<"), "\(label)")
        }
        // Crossed in the legend and in the map.
        #expect(svg.components(separatedBy: "<polyline").count - 1 == 4)
    }

    @Test func `Scales of no or equal values have one class`() {
        for values in [[Double.nan], [2011, 2011], []] {
            let scale = CellScale.sequence(of: values, missing: "none")
            #expect(scale.colors.count == scale.bounds.count + 1)
            #expect(scale.labels.count == scale.colors.count)
        }
    }

    @Test func `Large rasters have cells of at least two units, rows of maps as many as fit`() {
        let shape = Shape(rows: 100, columns: 60)
        let panel = CellMapSheet.Panel(
            title: "d", values: Array(repeating: 1, count: shape.count))
        let sheet = CellMapSheet(
            title: "T", subtitle: "S", shape: shape,
            sections: [.init(title: "V", scale: .zscore, panels: [panel, panel])])
        let svg = String(decoding: sheet.svgBytes(), as: UTF8.self)
        #expect(svg.contains("width=\"2\" height=\"2\""))
        #expect(svg.components(separatedBy: "<rect").count - 1 == 1 + 8 + 2 * shape.count)
    }
}
