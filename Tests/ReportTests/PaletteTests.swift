import Foundation
import Testing

@testable import Report

/// Steps of L* that neighbours on a map can be told apart by, with room for
/// poor printing; 2.3 is the just noticeable difference of CIE L*a*b*.
private let visibleStep = 4.0

@Suite struct PaletteTests {
    @Test func sequentialPalettesChangeLightnessOneWayOnly() {
        for palette in [Palette.vegetationCondition, .viridis, .cividis] {
            let lightness = palette.stops.map(\.lightness)
            for (a, b) in zip(lightness, lightness.dropFirst()) {
                #expect(b > a, "\(palette.name) \(lightness)")
            }
        }
        let density = Palette.density.stops.map(\.lightness)
        for (a, b) in zip(density, density.dropFirst()) { #expect(b < a) }
    }

    @Test(arguments: [Palette.anomaly, .coldToHot])
    func divergingPalettesAreLightestInTheMiddle(_ palette: Palette) {
        let lightness = palette.stops.map(\.lightness)
        for index in 0..<5 {
            #expect(lightness[index] < lightness[index + 1])
            #expect(lightness[10 - index] < lightness[9 - index])
        }
    }

    @Test func positionsBeyondTheEndsTakeTheEndColours() {
        for palette in Palette.all {
            #expect(palette.color(at: -4) == palette.stops.first)
            #expect(palette.color(at: 4) == palette.stops.last)
            #expect(palette.color(at: .nan) == palette.stops.first)
            #expect(palette.color(at: 1) == palette.stops.last)
        }
        let two = Palette(name: "", source: "", stops: [Color(0x000000), Color(0x0A1464)])
        #expect(two.color(at: 0.5) == Color(0x050A32))
    }

    @Test func droughtClassesGrowLighterFromExtremeToNone() {
        let lightness = ClassTable.droughtColors.prefix(5).map(\.lightness)
        for (a, b) in zip(lightness, lightness.dropFirst()) {
            #expect(b - a >= visibleStep, "\(lightness)")
        }
    }

    @Test func droughtColoursAreNotThoseOfFoodSecurityPhases() {
        // IPC Technical Manual 3.1, colour scheme of the phases.
        let phases = [
            Color(red: 205, green: 250, blue: 205), Color(red: 250, green: 230, blue: 30),
            Color(red: 230, green: 120, blue: 0), Color(red: 200, green: 0, blue: 0),
            Color(red: 100, green: 0, blue: 0),
        ]
        #expect(ClassTable.droughtColors.allSatisfy { !phases.contains($0) })
    }

    @Test func classTablesFindTheirEntriesByCode() {
        let table = ClassTable.kogan(codes: [5, 4, 3, 2, 1])
        #expect(table.entry(5)?.label.hasPrefix("Extreme") == true)
        #expect(table.entry(1)?.label.hasPrefix("None") == true)
        #expect(table.entry(0) == nil)
        #expect(ClassTable.vegetationDeficit(codes: [0, 1, 2, 3, 4]).entries.count == 5)
        #expect(ClassTable.confidenceBins.entries.map(\.code) == [3, 2, 1, 0, -1, -2, -3])
    }

    @Test func lightnessFollowsTheStandard() {
        // Reference values of CIE L* for sRGB greys and primaries (D65).
        let tolerance = 0.01
        #expect(abs(Color(0xFFFFFF).lightness - 100) < tolerance)
        #expect(Color(0x000000).lightness == 0)
        #expect(abs(Color(0x777777).lightness - 50.03) < tolerance)
        #expect(abs(Color(0xFF0000).lightness - 53.24) < tolerance)
    }

    @Test("Any two of the 17 emerging classes can be told apart")
    func emergingClassesDiffer() {
        let entries = ClassTable.emerging.entries
        #expect(Set(entries.map(\.code)) == Set(-8...8))
        for (index, a) in entries.enumerated() {
            for b in entries.dropFirst(index + 1) {
                let difference = Self.difference(a.color, b.color)
                #expect(difference > Self.farApart, "\(a.label) and \(b.label): \(difference)")
            }
        }
    }

    /// About ten times the just noticeable difference: small cells of a map
    /// must be found in its legend.
    private static let farApart = 25.0

    /// Of CIE 1976 L*a*b*, D65.
    private static func difference(_ a: Color, _ b: Color) -> Double {
        zip(lab(a), lab(b)).map { ($0 - $1) * ($0 - $1) }.reduce(0, +).squareRoot()
    }

    private static func lab(_ color: Color) -> [Double] {
        let linear = [16, 8, 0].map { shift in
            let value = Double((color.pixel >> shift) & 0xFF) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        // Rows of the sRGB matrix over the white point.
        let rows = [
            [0.4124564, 0.3575761, 0.1804375].map { $0 / 0.95047 },
            [0.2126729, 0.7151522, 0.0721750],
            [0.0193339, 0.1191920, 0.9503041].map { $0 / 1.08883 },
        ]
        let f = rows.map { row in
            let t = zip(row, linear).map(*).reduce(0, +)
            return t > 0.008856 ? cbrt(t) : 7.787 * t + 16.0 / 116
        }
        return [116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])]
    }

    @Test("A table limited to codes keeps their entries in order")
    func limitedTables() {
        let table = ClassTable.emerging.limited(to: [6, 0, 1, 99])
        #expect(table.entries.map(\.code) == [1, 6, 0])
        #expect(table.title == ClassTable.emerging.title)
        #expect(ClassTable.emerging.limited(to: []).entries.isEmpty)
    }
}
