import Foundation
import GridCore
import TestSupport
import Testing

@testable import Report

/// Rounding of frame sides to whole pixels, of about 1000.
private let pixelTolerance = 2e-3

@Suite struct LabelPlacementTests {
    @Test(arguments: 0..<30 as Range<UInt64>)
    func placedLabelsAreDisjointAndInside(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let frame = Rectangle(x: 10, y: 20, width: 400, height: 300)
        func rectangle(_ largest: Double) -> Rectangle {
            Rectangle(
                x: .random(in: 0...410, using: &random), y: .random(in: 0...320, using: &random),
                width: .random(in: 1...largest, using: &random),
                height: .random(in: 1...largest, using: &random))
        }
        let obstacles = (0..<10).map { _ in rectangle(20) }
        var placement = LabelPlacement(
            frame: frame, taken: obstacles, avoided: (0..<30).map { _ in rectangle(6) })
        var placed: [Rectangle] = []
        for _ in 0..<80 {
            let candidates = (0..<6).map { _ in rectangle(70) }
            guard let index = placement.place(candidates) else { continue }
            placed.append(candidates[index])
        }
        #expect(placed.count > 5)
        for (index, label) in placed.enumerated() {
            #expect(frame.contains(label))
            #expect(!obstacles.contains(where: label.overlaps))
            #expect(!placed[(index + 1)...].contains(where: label.overlaps))
        }
    }

    @Test func ofFreePlacesTheOneCoveringFewestDotsIsTaken() {
        let frame = Rectangle(x: 0, y: 0, width: 100, height: 100)
        let candidates = [0.0, 30, 60].map { Rectangle(x: $0, y: 0, width: 20, height: 10) }
        let dot = Rectangle(x: 5, y: 2, width: 2, height: 2)
        var placement = LabelPlacement(frame: frame, avoided: [dot])
        #expect(placement.place(candidates) == 1)
        #expect(placement.place(candidates) == 2)
        #expect(placement.place(candidates, mostCovered: 0) == nil)
        #expect(placement.place(candidates) == 0)
        #expect(placement.place(candidates) == nil)
        #expect(placement.place([]) == nil)
    }
}

@Suite struct LabelAnchorTests {
    private let frame = Rectangle(x: 0, y: 0, width: 100, height: 100)

    @Test func theBestAnchorIsInsideAndInTheWideArm() {
        // An L: a thin stem at the left, a thick foot below.
        let ring = [(0, 0), (10, 0), (10, 60), (100, 60), (100, 100), (0, 100)].map {
            Point(x: Double($0.0), y: Double($0.1))
        }
        let best = LabelAnchors.points(in: [ring], frame: frame, aspect: 2).best
        #expect(best[0].y > 70 && best[0].y < 90)
        #expect(best[0].x > 20 && best[0].x < 80)
    }

    @Test func anchorsAvoidHoles() {
        func square(_ from: Double, _ to: Double) -> [Point] {
            [(from, from), (to, from), (to, to), (from, to)].map { Point(x: $0.0, y: $0.1) }
        }
        let found = LabelAnchors.points(
            in: [square(0, 100), square(20, 80)], frame: frame, aspect: 1)
        let hole = Rectangle(x: 20, y: 20, width: 60, height: 60)
        #expect(!found.best.isEmpty)
        #expect(!(found.best + found.rest).contains(where: hole.expanded(by: -0.1).contains))
    }

    @Test func aShapeOutsideTheFrameHasNone() {
        let ring = [Point(x: 200, y: 0), Point(x: 210, y: 0), Point(x: 205, y: 9)]
        #expect(LabelAnchors.points(in: [ring], frame: frame, aspect: 1).best.isEmpty)
        #expect(LabelAnchors.points(in: [], frame: frame, aspect: 1).best.isEmpty)
    }
}

@Suite struct ScaleTests {
    @Test func degreesAreNarrowedByTheCosineOfTheMiddleLatitude() {
        let projection = MapProjection(
            BoundingBox(minX: 10, minY: 59, maxX: 14, maxY: 61),
            in: Rectangle(x: 5, y: 7, width: 1000, height: 800))
        let origin = projection.place(Coordinate(x: 12, y: 60))
        let east = projection.place(Coordinate(x: 13, y: 60))
        let north = projection.place(Coordinate(x: 12, y: 61))
        #expect(abs((east.x - origin.x) / (origin.y - north.y) - 0.5) < pixelTolerance)
        #expect(east.x > origin.x && north.y < origin.y, "east is right and north is up")
        let corner = projection.place(
            Coordinate(x: projection.extent.minX, y: projection.extent.maxY))
        #expect(corner == Point(x: 5, y: 7))
    }

    @Test func theScaleBarIsRoundFitsAndIsTrueToTheProjection() throws {
        for perPixel in [0.0013, 0.02, 0.9, 1.7, 13] {
            let bar = try #require(ScaleBar(kilometersPerPixel: perPixel, maximumWidth: 200))
            #expect(bar.widthInPixels <= 200.001)
            #expect(bar.widthInPixels > 200 / 2.6)
            #expect(abs(bar.widthInPixels * perPixel - bar.kilometers) < 1e-9 * bar.kilometers)
        }
        #expect(ScaleBar(kilometersPerPixel: 1, maximumWidth: 230)?.text == "200 km")
        #expect(ScaleBar(kilometersPerPixel: 0.003, maximumWidth: 200)?.text == "0.5 km")
        #expect(ScaleBar(kilometersPerPixel: .nan, maximumWidth: 200) == nil)
        #expect(ScaleBar(kilometersPerPixel: 0, maximumWidth: 200) == nil)
    }

    @Test func oneDegreeOfLatitudeIsAHundredAndElevenKilometres() {
        let projection = MapProjection(
            BoundingBox(minX: 0, minY: 0, maxX: 1, maxY: 1),
            in: Rectangle(x: 0, y: 0, width: 800, height: 800))
        #expect(abs(projection.kilometersPerPixel * 800 - 111.195) < 0.01)
    }

    @Test func ticksAreRoundMultiplesWithinTheRange() {
        let ticks = AxisTicks(from: -2.05, to: 3.1, count: 5)
        #expect(ticks.values == [-2, 0, 2])
        #expect(AxisTicks(from: 0, to: 0.5, count: 5).values.count == 6)
        #expect(AxisTicks(from: 0, to: 0.5, count: 5).decimals == 1)
        #expect(AxisTicks(from: 1, to: 1, count: 5).values.isEmpty)
        #expect(AxisTicks(from: .nan, to: 1, count: 5).values.isEmpty)
        #expect(AxisTicks(from: 0, to: .infinity, count: 5).values.isEmpty)
        #expect(AxisTicks(from: 1e18, to: 1e18 + 1024, count: 5).values.isEmpty)
        let half = AxisTicks(from: 0, to: 2.4, count: 5)
        #expect(half.degreeText(1.5, positive: "E", negative: "W") == "1.5° E")
        #expect(half.degreeText(-0.5, positive: "N", negative: "S") == "0.5° S")
        #expect(half.degreeText(0, positive: "N", negative: "S") == "0°")
    }
}

@Suite struct NumberTextTests {
    @Test func numbersAreWrittenAlikeInEveryLocale() {
        #expect(NumberText.fixed(-1234.565, decimals: 1) == "−1,234.6")
        #expect(NumberText.fixed(-0.04, decimals: 1) == "0.0", "no negative zero")
        #expect(NumberText.fixed(2.5, decimals: 0) == "3")
        #expect(NumberText.fixed(1.05, decimals: 3) == "1.050")
        #expect(NumberText.fixed(.nan, decimals: 1) == "no value")
        #expect(NumberText.fixed(1e300, decimals: 2) == "1e+300")
        #expect(NumberText.grouped(1_234_567) == "1,234,567")
        #expect(NumberText.grouped(Int.min) == "−9,223,372,036,854,775,808")
        #expect(NumberText.scientific(3.021e-6) == "3.02×10⁻⁶")
        #expect(NumberText.scientific(9.996e11) == "1.00×10¹²")
        #expect(NumberText.readable(0.1234, span: 6) == "0.12")
        #expect(NumberText.readable(49.4, span: 110) == "49")
    }

    @Test func zeroAndHundredPercentMeanExactlyThat() {
        #expect(NumberText.percent(0, of: 10) == "0 %")
        #expect(NumberText.percent(10, of: 10) == "100 %")
        #expect(NumberText.percent(1, of: 100_000) == "< 0.1 %")
        #expect(NumberText.percent(99_999, of: 100_000) == "> 99.9 %")
        #expect(NumberText.percent(1, of: 3) == "33.3 %")
        #expect(NumberText.percent(0, of: 0) == "0 %")
    }
}
