import Diagnostics
import GridCore

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How a slope slows a journey. A slope is rise over run, 0.1 for 10 %; the
/// direction of travel is not known, so that up counts like down.
public enum SlopeRule: Sendable, Hashable {
    /// exp(-3.5 s): the walking speed of Tobler (1993, NCGIA Technical Report
    /// 93-1) relative to flat ground, without its gain on gentle descents.
    case walk
    /// 1 / (1 + a s); impassable above the steepest slope.
    case vehicle(slowdown: Double = 8, steepest: Double = 0.6)

    /// What a speed is multiplied by at a slope; 0 where impassable.
    public func speedFactor(atSlope slope: Double) -> Double {
        switch self {
        case .walk: exp(-3.5 * slope)
        case .vehicle(let slowdown, let steepest):
            slope > steepest ? 0 : 1 / (1 + slowdown * slope)
        }
    }

    /// - Throws: `TravelError` for a negative or infinite parameter.
    public func check() throws(TravelError) {
        guard case .vehicle(let slowdown, let steepest) = self else { return }
        guard slowdown.isFinite, slowdown >= 0, steepest >= 0 else {
            throw TravelError(
                .unsuitableParameter, at: Place(field: "slope of vehicles"),
                "has to have a finite slowdown and a steepest slope, neither negative (found "
                    + "\(slowdown) and \(steepest))",
                mend: "Give rise over run, such as 8 and 0.6")
        }
    }
}

/// Tangent of the steepest slope of each cell, from the differences of its
/// eight neighbours (Horn 1981, Proceedings of the IEEE 69: 14-47).
///
/// A neighbour that is NaN or outside the grid is taken to be as high as the
/// cell. NaN where the cell is.
func slopeTangent(of elevation: Grid<Float>, lengths: EdgeLengths) -> Grid<Float> {
    let shape = elevation.shape
    return Grid<Float>(elevation.spec) { slopes in
        elevation.withCells { heights in
            for row in 0..<shape.rows {
                let north = row > 0 ? lengths.northSouth[row - 1] : nil
                let south = row + 1 < shape.rows ? lengths.northSouth[row] : nil
                let length = ((north ?? south ?? 1) + (south ?? north ?? 1)) / 2
                let width = lengths.eastWest[row]
                for column in 0..<shape.columns {
                    let center = heights[row * shape.columns + column]
                    func height(_ rowStep: Int, _ columnStep: Int) -> Double {
                        let r = row + rowStep
                        let c = column + columnStep
                        guard r >= 0, r < shape.rows, c >= 0, c < shape.columns else {
                            return Double(center)
                        }
                        let value = heights[r * shape.columns + c]
                        return Double(value.isNaN ? center : value)
                    }
                    let eastward =
                        (height(-1, 1) + 2 * height(0, 1) + height(1, 1) - height(-1, -1)
                            - 2 * height(0, -1) - height(1, -1)) / (8 * width)
                    let southward =
                        (height(1, -1) + 2 * height(1, 0) + height(1, 1) - height(-1, -1)
                            - 2 * height(-1, 0) - height(-1, 1)) / (8 * length)
                    slopes[row * shape.columns + column] = Float(
                        (eastward * eastward + southward * southward).squareRoot())
                }
            }
        }
    }
}
