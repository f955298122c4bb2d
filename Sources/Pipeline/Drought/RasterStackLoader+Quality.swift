import Calendar
import Diagnostics
import Geo
import Products

extension RasterStackLoader {
    /// Gives every composite the band that grades its cells.
    func attachQuality(_ composites: inout [RasterStack.Composite], _ log: inout ProblemLog) {
        switch configuration.quality?.source {
        case .layer(let layer): attach(layer: layer, to: &composites)
        case .files(let pattern, let listing): attach(pattern, listing, to: &composites, &log)
        case .product: attach(layer: gradingLayer?.layer, to: &composites)
        case nil:
            // A plain GeoTIFF copy of a layer has no quality layer.
            guard composites.allSatisfy({ $0.raster.layer != nil }) else { return }
            attach(layer: gradingLayer?.layer, to: &composites)
        }
    }

    /// The layer of the product that has the fields of `qa.keep`, or those
    /// that the profile wants where the pipeline file says nothing.
    private var gradingLayer: QualityLayer? {
        guard let profile else { return nil }
        guard let quality = configuration.quality else {
            return configuration.file == nil ? profile.qualityLayer(for: profile.keep) : nil
        }
        return quality.keep.flatMap { profile.qualityLayer(for: $0) }
    }

    private func attach(layer: String?, to composites: inout [RasterStack.Composite]) {
        guard let layer else { return }
        for index in composites.indices {
            var raster = composites[index].raster
            raster.layer = layer
            composites[index].quality = RasterStack.Quality(raster: raster, band: 1)
        }
    }

    private func attach(
        _ pattern: ConfiguredPattern, _ listing: DateListing?,
        to composites: inout [RasterStack.Composite], _ log: inout ProblemLog
    ) {
        guard let files = log.attempt({ try pattern.files() }),
            let dates = log.attempt({
                try datesOfFiles(files.map(\.written), listing: listing ?? configuration.dates)
            })
        else { return }
        var byDate: [CalendarDate: ConfiguredPath] = [:]
        for (file, date) in zip(files, dates) { byDate[date] = file }
        for index in composites.indices {
            let composite = composites[index]
            guard let file = byDate[composite.date] else {
                log.add(
                    PipelineError(
                        .missingQuality, at: place(of: composite),
                        "there is no quality raster of \(composite.date) in \(pattern.written)",
                        mend: "Fetch it, or remove the composite"))
                continue
            }
            composites[index].quality = RasterStack.Quality(
                raster: RasterReference(
                    name: file.written, path: file.path,
                    crsOverride: composite.raster.crsOverride), band: 1)
        }
    }

    /// Which quality codes are of the best quality: those that the layer of
    /// the product, or the pipeline file, says are.
    var bestQuality: [Bool]? {
        switch configuration.quality?.test {
        case .accept(_, let best):
            return best.map(Self.table)
        case .bits:
            return nil
        case .keep, nil:
            return gradingLayer.flatMap { $0.best.isEmpty ? nil : $0.accepted($0.best) }
        }
    }

    private static func table(_ codes: [Int]) -> [Bool] {
        var table = [Bool](repeating: false, count: 65_536)
        for code in codes { table[Int(UInt16(truncatingIfNeeded: code))] = true }
        return table
    }

    /// Which quality codes are usable. A signed code is looked up by its low
    /// bits, as it is stored.
    var acceptedQuality: [Bool]? {
        guard let quality = configuration.quality else {
            return gradingLayer.flatMap { layer in profile.map { layer.accepted($0.keep) } }
        }
        switch quality.test {
        case .accept(let codes, _):
            return Self.table(codes)
        case .bits(let fields):
            return (0..<65_536).map { code in
                fields.allSatisfy { field in
                    field.accept.contains((code >> field.shift) & ((1 << field.width) - 1))
                }
            }
        case .keep(let requirements):
            return gradingLayer?.accepted(requirements)
        }
    }
}
