/// Where the cells of the as-of composite went: every cell that was read is
/// in exactly one of these.
struct CellAccount: Hashable, Sendable, Codable {
    /// With a value that is used.
    var valid = 0
    /// Fill values, nodata and NaN.
    var nodata = 0
    /// Outside the valid range.
    var outOfRange = 0
    /// Left out by the quality band.
    var masked = 0

    var read: Int { valid + nodata + outOfRange + masked }

    static func += (sum: inout CellAccount, other: CellAccount) {
        sum.valid += other.valid
        sum.nodata += other.nodata
        sum.outOfRange += other.outOfRange
        sum.masked += other.masked
    }

    var counts: [StageRecord.Count] {
        [
            .init(name: "cells_read", value: read), .init(name: "cells_valid", value: valid),
            .init(name: "cells_nodata", value: nodata),
            .init(name: "cells_out_of_range", value: outOfRange),
            .init(name: "cells_masked", value: masked),
        ]
    }
}

/// People of the whole raster, in zones or not.
struct PeopleAccount: Hashable, Sendable, Codable {
    var cells = 0
    /// Cells without a number, which count as without people.
    var nodata = 0
    var total = 0.0

    static func += (sum: inout PeopleAccount, other: PeopleAccount) {
        sum.cells += other.cells
        sum.nodata += other.nodata
        sum.total += other.total
    }

    var counts: [StageRecord.Count] {
        [
            .init(name: "cells_with_people_number", value: cells),
            .init(name: "cells_without_people_number", value: nodata),
            .init(name: "people", value: Int(exactly: total.rounded()) ?? .max),
        ]
    }
}
