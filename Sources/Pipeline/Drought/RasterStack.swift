import Calendar
import Geo
import GridCore
import Products

/// A checked stack of vegetation composites on one grid.
struct RasterStack: Sendable {
    /// One composite: a band of a raster and, where there is one, the band
    /// that grades its cells.
    struct Composite: Sendable, Hashable {
        /// First day of the composite.
        var date: CalendarDate
        var raster: RasterReference
        var band: Int
        var quality: Quality?
    }

    struct Quality: Sendable, Hashable {
        var raster: RasterReference
        var band: Int
    }

    /// In date order, no date twice.
    var composites: [Composite]
    var spec: GridSpec
    var scheme: PeriodScheme
    /// Whether Int16 holds every stored number; else they are read as Float.
    var fitsInt16: Bool
    /// `value = stored * scale + offset`.
    var scale: Double
    var offset: Double
    var rule: StoredValueRule
    /// For each UInt16 quality code whether the cell is usable; nil when
    /// quality is not looked at.
    var acceptedQuality: [Bool]?
    /// For each UInt16 quality code whether it is of the best quality; nil
    /// when nobody says which are.
    var bestQuality: [Bool]?
    /// Cells that are stored together, and bands interleaved with them.
    var block: Shape
    var bandsPerBlock: Int
    /// Title of the product, for captions.
    var productTitle: String
    var citation: String

    var dates: [CalendarDate] { composites.map(\.date) }

    /// Position of the newest composite that began on `date` or before.
    func newest(on date: CalendarDate) -> Int? {
        composites.lastIndex { $0.date <= date }
    }
}
