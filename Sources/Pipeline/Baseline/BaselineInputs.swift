import Calendar
import Diagnostics
import Geo
import GridCore

/// What the climatology of a stack has to be made of, by period of the year.
struct BaselineInputs: Sendable {
    struct Slot: Sendable {
        /// `0 ..< periodsPerYear`.
        var index: Int
        /// Positions in the stack, in date order.
        var positions: [Int]
        /// One for each position.
        var contributions: [BaselineContribution]
        var key: String
    }

    let terms: BaselineTerms
    /// Periods with at least one composite, in order of the year.
    let slots: [Slot]

    /// Reads the digest of every file that counts.
    ///
    /// - Parameter wanted: periods to look at; nil: all.
    /// - Throws: what `digests` throws; `Interrupted`.
    init(
        _ stack: RasterStack, baseline: YearRange, wanted: Set<Int>? = nil, threads: Int,
        digests: @escaping DigestReader
    ) throws {
        let terms = BaselineTerms(stack)
        var positions: [Int: [Int]] = [:]
        for (position, composite) in stack.composites.enumerated()
        where baseline.contains(composite.date.year) {
            let slot = stack.scheme.slot(of: composite.date)
            if wanted?.contains(slot) ?? true { positions[slot, default: []].append(position) }
        }
        let indices = positions.keys.sorted()
        let composites = indices.flatMap { positions[$0] ?? [] }.map { stack.composites[$0] }
        var files: [ConfiguredPath] = []
        var seen: Set<String> = []
        for composite in composites {
            for raster in [composite.raster, composite.quality?.raster].compactMap({ $0 })
            where seen.insert(raster.path).inserted {
                files.append(ConfiguredPath(written: raster.name, path: raster.path))
            }
        }
        let hashes = try mapInParallel(count: files.count, threads: threads) { [files] _, index in
            try Interruption.check()
            return try digests(files[index]).sha256
        }
        let byPath = Dictionary(uniqueKeysWithValues: zip(files.map(\.path), hashes))
        self.terms = terms
        slots = indices.map { index in
            let chosen = positions[index] ?? []
            let contributions = chosen.map {
                BaselineContribution(stack.composites[$0], hashes: byPath)
            }
            return Slot(
                index: index, positions: chosen, contributions: contributions,
                key: BaselineManifest.key(index, terms: terms, contributions: contributions))
        }
    }
}

extension BaselineContribution {
    fileprivate init(_ composite: RasterStack.Composite, hashes: [String: String]) {
        func source(_ raster: RasterReference, _ band: Int) -> Source {
            Source(
                path: raster.name, layer: raster.layer, band: band,
                sha256: hashes[raster.path] ?? "")
        }
        date = composite.date
        raster = source(composite.raster, composite.band)
        quality = composite.quality.map { source($0.raster, $0.band) }
    }
}
