import Foundation
import GridCore
import Testing
import TestSupport

@testable import Geo

@Suite struct RasterComparisonTests {
    @Test func oneOtherBitInOneCellIsSeen() throws {
        let scratch = try Scratch()
        let description = valueRaster(rows: 600, columns: 20)
        let values = randomCells(count: 12_000, seed: 21).map { $0 / 1000 }
        try write([values, values], as: twice(description), to: scratch.path("a.tif"))
        let original = try open(scratch.path("a.tif"))
        #expect(try original.hasSameCells(as: original, band: 2))
        for cell in [0, 10_239, 10_240, 11_999] {
            var other = values
            other[cell] = other[cell].isNaN ? 0 : other[cell].nextUp
            try write([values, other], as: twice(description), to: scratch.path("\(cell).tif"))
            let changed = try open(scratch.path("\(cell).tif"))
            #expect(try original.hasSameCells(as: changed, band: 1))
            #expect(try !original.hasSameCells(as: changed, band: 2))
        }
    }

    @Test func anotherShapeTypeOrNumberOfBandsIsNotTheSame() throws {
        let scratch = try Scratch()
        let zeros = [Float](repeating: 0, count: 64)
        try write([zeros, zeros], as: twice(valueRaster(rows: 8, columns: 8)),
            to: scratch.path("a.tif"))
        try write([zeros], as: valueRaster(rows: 4, columns: 16), to: scratch.path("shape.tif"))
        try write([zeros], as: classRaster(rows: 8, columns: 8), to: scratch.path("type.tif"))
        try write([zeros], as: valueRaster(rows: 8, columns: 8), to: scratch.path("bands.tif"))
        let original = try open(scratch.path("a.tif"))
        #expect(try !original.hasSameCells(as: open(scratch.path("shape.tif")), band: 1))
        #expect(try !original.hasSameCells(as: open(scratch.path("type.tif")), band: 1))
        #expect(try original.hasSameCells(as: open(scratch.path("bands.tif")), band: 1))
        #expect(try !original.hasSameCells(as: open(scratch.path("bands.tif")), band: 2))
    }

    private func twice(_ description: RasterDescription) -> RasterDescription {
        var result = description
        result.bands += description.bands
        return result
    }
}
