#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import Diagnostics
import GridCore

/// e(u): the volume of the kernel around every cell centre that lies inside
/// a window, 0...1.
///
/// An integral over the window, not a sum of its cell centres. A radially
/// symmetric kernel is integrated along the window's border: e(u) is the
/// integral of C(r) d theta / (2 pi) with C the kernel's volume within r, and
/// for kernels that are polynomials of the distance every straight piece of
/// border has a closed form. The Gaussians are products of normal
/// probabilities by row and column; the cut one counts as uncut, which
/// differs by less than 4e-4.
///
/// - Parameters:
///   - window: other than 0 in the cells of the window, on a north-up grid in
///     metres. Nothing outside the grid belongs to it.
///   - threads: changes no bit of the result.
/// - Returns: a volume per cell, inside the window or not.
/// - Throws: `.unsuitableGrid` or `.unsuitableParameter`.
/// - Complexity: O(cells + cells within reach of the border x lines within
///   reach); for Gaussians O(cells x rows within reach).
public func kernelVolume(
    within window: Grid<UInt8>, radiusInMeters: Double, kernel: DensityKernel = .quartic,
    threads: Int
) throws(HotspotError) -> Grid<Double> {
    try window.spec.checkMetric()
    try checkRadius(radiusInMeters, name: "density radius")
    return WindowVolume(window, kernel: kernel).atCenters(
        radiusInMeters: radiusInMeters, threads: threads)
}

/// Volumes of kernels inside a window.
struct WindowVolume: Sendable {
    let window: Grid<UInt8>
    let kernel: DensityKernel
    private let outline: WindowOutline
    /// For the Gaussians only.
    private let rows: WindowRows?

    init(_ window: Grid<UInt8>, kernel: DensityKernel) {
        self.window = window
        self.kernel = kernel
        outline = WindowOutline(of: window)
        rows = kernel.reachInRadii > 1 ? WindowRows(of: window) : nil
    }

    /// The volume at any place, in the coordinates of the grid.
    func at(_ place: Coordinate, radius: Double) -> Double {
        let spec = window.spec
        // Columns and rows from the north-west corner. Distances to lines are
        // formed from these, so that a place is on a line for all of them or
        // for none.
        return volume(
            column: (place.x - spec.geotransform.originX) / spec.columnWidth,
            row: (spec.geotransform.originY - place.y) / spec.rowHeight, radius: radius)
    }

    /// The volume at every cell centre.
    func atCenters(radiusInMeters radius: Double, threads: Int) -> Grid<Double> {
        let shape = window.shape
        if let rows {
            return rows.volumes(
                on: window.spec, width: window.spec.columnWidth / radius,
                height: window.spec.rowHeight / radius, threads: threads)
        }
        return Grid(window.spec) { cells in
            let output = SharedCells(cells)
            forEachInParallel(count: shape.rows, threads: threads) { _, row in
                for column in 0..<shape.columns {
                    output.cells[row * shape.columns + column] = volume(
                        column: Double(column) + 0.5, row: Double(row) + 0.5, radius: radius)
                }
            }
        }
    }

    private func volume(column: Double, row: Double, radius: Double) -> Double {
        guard column.isFinite, row.isFinite else { return 0 }
        let width = window.spec.columnWidth / radius
        let height = window.spec.rowHeight / radius
        let reach = kernel.reachInRadii
        if let rows {
            return rows.volume(column: column, row: row, width: width, height: height)
        }
        var sum = 0.0
        for line in Self.lines(near: column, within: reach / width, of: outline.betweenColumns) {
            for run in outline.betweenColumns[line] {
                sum +=
                    run.side
                    * kernel.borderIntegral(
                        distance: (Double(line) - column) * width,
                        from: (run.first - row) * height, to: (run.last - row) * height)
            }
        }
        for line in Self.lines(near: row, within: reach / height, of: outline.betweenRows) {
            for run in outline.betweenRows[line] {
                sum +=
                    run.side
                    * kernel.borderIntegral(
                        distance: (Double(line) - row) * height,
                        from: (run.first - column) * width, to: (run.last - column) * width)
            }
        }
        return min(1, max(0, inside(column: column, row: row) + sum / (2 * .pi)))
    }

    private static func lines(
        near position: Double, within reach: Double, of lines: [[WindowOutline.Run]]
    ) -> Range<Int> {
        let count = Double(lines.count)
        let first = min(max(0, (position - reach).rounded(.up)), count)
        let last = min(max(first, (position + reach).rounded(.down) + 1), count)
        return Int(first)..<Int(last)
    }

    /// The part of a small circle around a place that is in the window: 1, 0
    /// or, on the border, a half or quarters.
    private func inside(column: Double, row: Double) -> Double {
        var quarters = 0.0
        for r in [row.rounded(.up) - 1, row.rounded(.down)] {
            for c in [column.rounded(.up) - 1, column.rounded(.down)]
            where r >= 0 && c >= 0 && r < Double(window.shape.rows)
                && c < Double(window.shape.columns) && window[Int(r), Int(c)] != 0 {
                quarters += 0.25
            }
        }
        return quarters
    }
}

extension DensityKernel {
    /// The integral of C(r) - 1 over the angle along a straight piece of
    /// border, C(r) being the kernel's volume within r, which is 1 from the
    /// radius on.
    ///
    /// - Parameters:
    ///   - distance: from the place to the line, with its sign, in radii.
    ///   - from: where the piece starts along the line, from the foot of the
    ///     place, in radii.
    ///   - to: where it ends.
    fileprivate func borderIntegral(distance d: Double, from: Double, to: Double) -> Double {
        let halfChord = max(0, 1 - d * d).squareRoot()
        let first = max(from, -halfChord)
        let last = min(to, halfChord)
        guard d != 0, first < last else { return 0 }
        let angle = atan(last / d) - atan(first / d)
        return d * (volumeIntegral(d, last) - volumeIntegral(d, first)) - angle
    }

    /// The integral of C(r) / r^2 over 0...s of a line at distance d, r^2
    /// being d^2 + s^2.
    private func volumeIntegral(_ d: Double, _ s: Double) -> Double {
        let d2 = d * d
        let s2 = s * s
        // The integrals of r^2, r^4 and r^6.
        let second = s * (d2 + s2 / 3)
        let fourth = s * (d2 * d2 + s2 * (2 * d2 / 3 + s2 / 5))
        switch self {
        case .uniform: return s
        case .epanechnikov: return 2 * s - second
        case .quartic: return 3 * s - 3 * second + fourth
        case .triweight:
            let sixth = s * (d2 * d2 * d2 + s2 * (d2 * d2 + s2 * (3 * d2 / 5 + s2 / 7)))
            return 4 * s - 6 * second + 4 * fourth - sixth
        case .triangular:
            let r = (d2 + s2).squareRoot()
            return 3 * s - (s * r + d2 * asinh(s / abs(d)))
        case .gaussian, .wideGaussian: return .nan
        }
    }
}
