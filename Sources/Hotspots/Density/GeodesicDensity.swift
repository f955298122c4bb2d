#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import Diagnostics
import GridCore

/// Mean radius of the earth, (2a + b) / 3 of WGS 84: the sphere on which
/// great-circle distances are measured.
public let earthRadiusInMeters = 6_371_008.8

/// Density of incidents at the cell centres of a grid in longitude and
/// latitude, in weighted incidents per square metre.
///
/// As `kernelDensity` with great-circle distances on a sphere of
/// `earthRadiusInMeters`: rows far from the equator are reached over more
/// columns, kernels go on across the antimeridian and over the poles, and a
/// cell counts each incident once. Kernels have unit volume in the plane; on
/// the sphere that of a radius of 500 km is some 0.03 % less, that of the
/// longest some 0.5 %. Regions are spread by the spherical area of cells.
///
/// - Parameters:
///   - incidents: positions are longitude -360...360 and latitude -90...90,
///     in degrees; order does not change a bit.
///   - spec: north-up in degrees, at most 360 wide, within latitudes
///     -90...90.
///   - radiusInMeters: so that the kernel reaches at most 2,000 km.
///   - threads: changes no bit of the result.
/// - Throws: `.unsuitableGrid`, `.unsuitableParameter` or
///   `.unsuitableIncident`.
/// - Complexity: O(incidents x cells within reach). Sines and cosines are the
///   C library's and may differ in the last bit between processors.
public func geodesicKernelDensity(
    of incidents: [PlacedIncident], on spec: GridSpec, radiusInMeters: Double,
    halfLifeInDays: Double? = nil, kernel: DensityKernel = .quartic, threads: Int
) throws(HotspotError) -> Grid<Double> {
    try spec.checkGeographic()
    try checkRadius(radiusInMeters, name: "density radius")
    try checkGeodesicIncidents(incidents)
    let sources = try DensitySources(
        of: incidents, on: spec, radii: .same(radiusInMeters), halfLifeInDays: halfLifeInDays,
        kernel: kernel)
    let points = sources.points.map(SpherePoint.init).sorted(by: SpherePoint.precedes)
    let reach = points.reduce(0) { max($0, $1.reach) }
    guard reach <= longestGeodesicReach / earthRadiusInMeters else {
        throw HotspotError(
            .unsuitableParameter,
            "density radius: a kernel reaches \(reach * earthRadiusInMeters) m (expected at "
                + "most \(longestGeodesicReach))",
            mend: "Use a shorter radius; kernels are those of the plane")
    }
    let rows = SphereRows(points: points, reach: reach, spec: spec, kernel: kernel)
    var density = Grid<Double>(spec) { cells in
        let output = SharedCells(cells)
        forEachInParallel(count: spec.shape.rows, threads: threads) { _, row in
            let own = (row * spec.shape.columns)..<((row + 1) * spec.shape.columns)
            rows.fill(UnsafeMutableBufferPointer(rebasing: output.cells[own]), row: row)
        }
    }
    addRegions(of: sources, to: &density)
    return density
}

/// Kernels of the plane are not laid further than this over the sphere.
private let longestGeodesicReach = 2_000_000.0

private func checkGeodesicIncidents(_ incidents: [PlacedIncident]) throws(HotspotError) {
    for (index, incident) in incidents.enumerated() {
        if case .region = incident.footprint { continue }
        let place = incident.position
        guard place.longitude.magnitude <= 360, place.latitude.magnitude <= 90 else {
            throw HotspotError(
                .unsuitableIncident,
                "incident \(index + 1) of \(incidents.count) has the position "
                    + "(\(place.x), \(place.y)) (expected degrees of longitude and latitude)",
                mend: "Give positions in longitude and latitude, or use a grid in metres")
        }
    }
}

/// Adds regions by the area of cells, which shrinks towards the poles.
private func addRegions(of sources: DensitySources, to density: inout Grid<Double>) {
    let spec = density.spec
    for (region, weight) in sources.regions {
        for (i, cell) in region.cells.enumerated() {
            density[cell] += weight * region.fraction(i) / spec.sphericalCellArea(row: cell.row)
        }
    }
}

private let radiansPerDegree = Double.pi / 180

/// A kernel on the unit sphere; angles in radians.
private struct SpherePoint: Sendable {
    var longitude: Double
    var latitude: Double
    var cosine: Double
    /// The angle at which the kernel ends.
    var reach: Double
    /// 1 / radius^2, per square metre.
    var inverseSquare: Double
    var amount: Double

    init(_ point: KernelPoint) {
        longitude = point.x * radiansPerDegree
        latitude = point.y * radiansPerDegree
        cosine = cos(latitude)
        reach = point.reachSquared.squareRoot() / earthRadiusInMeters
        inverseSquare = point.inverseSquare
        amount = point.amount
    }

    static func precedes(_ a: SpherePoint, _ b: SpherePoint) -> Bool {
        if a.latitude != b.latitude { return a.latitude < b.latitude }
        if a.longitude != b.longitude { return a.longitude < b.longitude }
        if a.reach != b.reach { return a.reach < b.reach }
        return a.amount < b.amount
    }
}

/// Gathers kernels on the sphere into rows of cells.
private struct SphereRows: Sendable {
    /// By latitude.
    let points: [SpherePoint]
    /// The longest of them.
    let reach: Double
    let spec: GridSpec
    let kernel: DensityKernel

    /// Spans of columns are widened by this many before they are cut to whole
    /// numbers; the kernel is 0 in what is too many.
    private static let spare = 1e-3

    func fill(_ sums: UnsafeMutableBufferPointer<Double>, row: Int) {
        sums.initialize(repeating: 0)
        let latitude = spec.center(of: CellIndex(row: row, column: 0)).latitude * radiansPerDegree
        let cosine = cos(latitude)
        var index = points.firstIndex(notBelow: latitude - reach)
        while index < points.count, points[index].latitude <= latitude + reach {
            add(points[index], latitude: latitude, cosine: cosine, to: sums)
            index += 1
        }
    }

    private func add(
        _ point: SpherePoint, latitude: Double, cosine: Double,
        to sums: UnsafeMutableBufferPointer<Double>
    ) {
        // haversine(distance) = haversine(dlat) + cos cos haversine(dlon).
        let north = sin((latitude - point.latitude) / 2)
        let north2 = north * north
        let limit = sin(point.reach / 2)
        let left = limit * limit - north2
        guard left >= 0 else { return }
        let cosines = cosine * point.cosine
        let half = left >= cosines ? .pi : 2 * asin((left / cosines).squareRoot())
        for columns in spans(around: point.longitude, half: half) {
            for column in columns {
                let longitude =
                    spec.center(of: CellIndex(row: 0, column: column)).longitude
                    * radiansPerDegree
                let east = sin((longitude - point.longitude) / 2)
                let haversine = min(1, north2 + cosines * east * east)
                let distance = 2 * earthRadiusInMeters * asin(haversine.squareRoot())
                sums[column] +=
                    point.amount * kernel.shape(distance * distance * point.inverseSquare)
            }
        }
    }

    /// The columns within `half` of a longitude, all the way around, each
    /// once.
    private func spans(around longitude: Double, half: Double) -> [Range<Int>] {
        let columns = spec.shape.columns
        guard half < .pi else { return [0..<columns] }
        let width = spec.columnWidth * radiansPerDegree
        let origin = spec.geotransform.originX * radiansPerDegree
        var spans: [Range<Int>] = []
        var next = 0
        // Grid and incident may each lie a turn to either side.
        for turn in -3...3 {
            let middle = (longitude + Double(turn) * 2 * .pi - origin) / width - 0.5
            let reach = half / width + Self.spare
            guard middle + reach >= 0, middle - reach <= Double(columns - 1) else { continue }
            let first = max(next, Int(max(0, (middle - reach).rounded(.up))))
            let last = Int(min(Double(columns - 1), (middle + reach).rounded(.down)))
            guard first <= last else { continue }
            spans.append(first..<(last + 1))
            next = last + 1
        }
        return spans
    }
}

extension [SpherePoint] {
    /// The first point at or north of a latitude.
    fileprivate func firstIndex(notBelow latitude: Double) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle].latitude < latitude { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension GridSpec {
    /// Area of a cell of a row on the sphere, in square metres.
    fileprivate func sphericalCellArea(row: Int) -> Double {
        let north = (geotransform.originY - Double(row) * rowHeight) * radiansPerDegree
        let south = (geotransform.originY - Double(row + 1) * rowHeight) * radiansPerDegree
        return earthRadiusInMeters * earthRadiusInMeters * columnWidth * radiansPerDegree
            * (sin(north) - sin(south))
    }

    /// - Throws: `.unsuitableGrid` unless north-up, in degrees, not empty and
    ///   at most once around the earth.
    fileprivate func checkGeographic() throws(HotspotError) {
        // Edges made by steps such as 0.1 degrees come out a trace beyond.
        let trace = 1e-9
        let box: [Double] = [
            geotransform.originX, geotransform.originY, geotransform.cellWidth,
            geotransform.cellHeight,
        ]
        guard geotransform.isNorthUp, box.allSatisfy(\.isFinite), !shape.isEmpty else {
            throw HotspotError(
                .unsuitableGrid,
                "the grid is empty, turned or mirrored (expected cells, north-up)",
                mend: "Compute on a north-up grid in longitude and latitude")
        }
        let edges = boundingBox
        guard edges.minX >= -360 - trace, edges.maxX <= 360 + trace, edges.minY >= -90 - trace,
            edges.maxY <= 90 + trace, edges.width <= 360 + trace
        else {
            throw HotspotError(
                .unsuitableGrid,
                "the grid spans x \(edges.minX)...\(edges.maxX) and y "
                    + "\(edges.minY)...\(edges.maxY) (expected degrees, once around at most)",
                mend: "Use kernelDensity on a grid in metres, or a grid in degrees")
        }
    }
}
