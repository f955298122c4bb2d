import Diagnostics
import GridCore

/// The radii of incidents: one for all, or one for each.
enum DensityRadii {
    case same(Double)
    case each([Double])

    func radius(of incident: Int) -> Double {
        switch self {
        case .same(let radius): radius
        case .each(let radii): radii[incident]
        }
    }
}

/// The contributions to a density: kernels of points, and regions.
struct DensitySources {
    var points: [KernelPoint] = []
    /// Regions in a fixed order, each with the decayed weight spread over it.
    var regions: [(region: SpreadRegion, weight: Double)] = []
    let cellArea: Double

    /// - Parameter volume: the window by whose volume at each point the
    ///   weight is divided; nil for no such correction.
    init(
        of incidents: [PlacedIncident], on spec: GridSpec, radii: DensityRadii,
        halfLifeInDays: Double?, kernel: DensityKernel, volume: WindowVolume? = nil
    ) throws(HotspotError) {
        try incidents.checkUse(on: spec.shape)
        let decay = try Decay(halfLifeInDays: halfLifeInDays)
        cellArea = spec.columnWidth * spec.rowHeight
        points.reserveCapacity(incidents.count)
        var spread: [SpreadRegion: [Double]] = [:]
        for (index, incident) in incidents.enumerated() {
            var weight = incident.weight * decay.factor(ageInDays: incident.ageInDays)
            if case .region(let region) = incident.footprint {
                spread[region, default: []].append(weight)
                continue
            }
            let radius = incident.widenedRadius(radii.radius(of: index))
            if let volume {
                weight /= max(
                    EdgeCorrection.leastVolume, volume.at(incident.position, radius: radius))
            }
            points.append(
                KernelPoint(
                    x: incident.position.x, y: incident.position.y, radius: radius,
                    reachInRadii: kernel.reachInRadii, weight: weight,
                    normalizer: kernel.normalizer))
        }
        // Sorted twice over, so that neither the order of incidents nor the
        // dictionary's can reach a sum.
        regions = spread.map { ($0.key, $0.value.sorted().reduce(0, +)) }
            .sorted { SpreadRegion.precedes($0.region, $1.region) }
    }

    /// Adds to every cell of every region its part, spread over the cell.
    func addRegions(to density: inout Grid<Double>) {
        let columns = density.shape.columns
        density.withMutableCells { cells in
            for (region, weight) in regions {
                for (i, cell) in region.cells.enumerated() {
                    cells[cell.row * columns + cell.column] +=
                        weight * region.fraction(i) / cellArea
                }
            }
        }
    }
}

extension PlacedIncident {
    /// The radius of the incident's kernel: `radius`, grown by its footprint.
    func widenedRadius(_ radius: Double) -> Double {
        guard case .widened(let meters) = footprint else { return radius }
        return (radius * radius + meters * meters).squareRoot()
    }
}
