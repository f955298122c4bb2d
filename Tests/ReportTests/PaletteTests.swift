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
}
