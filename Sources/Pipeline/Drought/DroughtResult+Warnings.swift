import Calendar
import Diagnostics
import Geo
import GridCore

extension DroughtResult {
    /// What is odd about the cells of the as-of composite, counted.
    func warnings(of prepared: PreparedDrought) -> [Warning] {
        // By its date: the results of the stage stand when a file is renamed.
        let place = Place(field: "composite of \(prepared.current.date)")
        var warnings: [Warning] = []
        if account.outOfRange > 0 {
            let range = prepared.stack.rule.validRange
            warnings.append(
                Warning(
                    "cells-out-of-range", at: place,
                    "\(account.outOfRange) of \(account.read) cells hold a number outside the valid "
                        + "range (expected stored numbers from \(range.lowerBound) to "
                        + "\(range.upperBound)); they count as without a value"))
        }
        if account.valid == 0 {
            warnings.append(
                Warning(
                    "no-valid-cells", at: place,
                    "none of its \(account.read) cells has a value (\(account.nodata) nodata, "
                        + "\(account.outOfRange) out of range, \(account.masked) masked): nothing is "
                        + "said about drought on this night. Check the raster, or choose an earlier "
                        + "as-of date"))
        }
        return warnings
    }
}
