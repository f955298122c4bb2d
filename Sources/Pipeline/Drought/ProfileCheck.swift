import Geo
import GridCore
import Products

/// Compares what a raster says of itself with what its product's profile says.
struct ProfileCheck {
    let profile: RasterProfile
    /// What the pipeline file states is not compared.
    private let statesScale: Bool
    private let statesFill: Bool
    private let statesRange: Bool

    /// - Parameter configuration: what the pipeline file states of the stack;
    ///   nil: nothing.
    init(_ profile: RasterProfile, _ configuration: RasterStackConfiguration? = nil) {
        self.profile = profile
        statesScale = configuration?.scale != nil
        statesFill = configuration?.fill != nil
        statesRange = configuration?.validRange != nil
    }

    /// Whether the raster is a file of the producer and not a copy.
    func isOriginal(_ info: RasterInfo) -> Bool {
        profile.driver.map { info.driver.hasPrefix($0) } ?? false
    }

    /// What differs, each as `stores UInt8 (expected Int16)`.
    func differences(in info: RasterInfo, band: Int) -> [String] {
        compared(info, band).filter { !$0.agrees }.map {
            "\($0.verb) \($0.found) (expected \($0.expected))"
        }
    }

    /// What is as expected, each as `stores Int16`.
    func agreements(in info: RasterInfo, band: Int) -> [String] {
        compared(info, band).filter(\.agrees).map { "\($0.verb) \($0.found)" }
    }

    private struct Comparison {
        var verb: String
        var found: String
        var expected: String
        var agrees: Bool
    }

    private func compared(_ info: RasterInfo, _ band: Int) -> [Comparison] {
        guard info.bands.indices.contains(band - 1) else { return [] }
        var made: [Comparison] = []
        if let stored = profile.stored, !statesScale {
            let type = info.bands[band - 1].type.rawValue
            made.append(
                Comparison(
                    verb: "stores", found: type, expected: stored.types.joined(separator: " or "),
                    agrees: stored.types.contains(type)))
        }
        // A copy may be warped, cut or rescaled, and says so itself.
        guard isOriginal(info) else { return made }
        return made + [scale(info, band), fill(info, band), range(info, band), cell(info), tile(info)]
            .compactMap(\.self)
    }

    private func scale(_ info: RasterInfo, _ band: Int) -> Comparison? {
        guard !statesScale, let expected = profile.stored?.scaleAttribute,
            let found = info.attribute("scale_factor", band: band).flatMap(Self.numbers)?.first
                ?? info.bands[band - 1].scale, found != 1
        else { return nil }
        return Comparison(
            verb: "states the scale", found: Decimal.text(found), expected: Decimal.text(expected),
            agrees: abs(found - expected) <= 1e-6 * abs(expected))
    }

    private func fill(_ info: RasterInfo, _ band: Int) -> Comparison? {
        guard !statesFill, !profile.fill.isEmpty,
            let found = info.attribute("_FillValue", band: band).flatMap(Self.numbers)
                ?? info.bands[band - 1].nodata.map({ [$0] }), !found.isEmpty
        else { return nil }
        return Comparison(
            verb: "states the fill", found: Self.text(found), expected: Self.text(profile.fill),
            agrees: found.allSatisfy { profile.fill.contains($0) })
    }

    private func range(_ info: RasterInfo, _ band: Int) -> Comparison? {
        guard !statesRange, let found = info.attribute("valid_range", band: band).flatMap(Self.numbers),
            found.count == 2
        else { return nil }
        let expected = profile.validRange
        return Comparison(
            verb: "states the valid range", found: Self.text(found),
            expected: Self.text([expected.lowerBound, expected.upperBound]),
            // A file may promise less than its product allows.
            agrees: found[0] >= expected.lowerBound && found[1] <= expected.upperBound)
    }

    private func cell(_ info: RasterInfo) -> Comparison? {
        guard let expected = profile.stored?.cellWidth, let found = info.geotransform?.cellWidth
        else { return nil }
        return Comparison(
            verb: "has cells of", found: "\(found)", expected: "\(expected)",
            agrees: abs(found - expected) <= 1e-6 * expected)
    }

    /// The tile in the name, where the file has its numbers too.
    private func tile(_ info: RasterInfo) -> Comparison? {
        guard case .sinusoidalTile? = profile.placement,
            let horizontal = info.attribute("HORIZONTALTILENUMBER", band: 1).flatMap({ Int($0) }),
            let vertical = info.attribute("VERTICALTILENUMBER", band: 1).flatMap({ Int($0) }),
            let named = SinusoidalTile(fileName: Self.fileName(info.name))
        else { return nil }
        return Comparison(
            verb: "says that it is tile", found: "h\(horizontal) v\(vertical)",
            expected: "h\(named.horizontal) v\(named.vertical), as in its name",
            agrees: horizontal == named.horizontal && vertical == named.vertical)
    }

    /// Of a raster's name, which may have a layer behind the file.
    private static func fileName(_ name: String) -> String {
        let path = name.split(separator: ":").first.map(String.init) ?? name
        return ConfiguredPattern.split(path).name
    }

    /// `-15000 -13000` of HDF5, `-2000, 10000` of HDF4 or `{0,250}` of netCDF;
    /// nil when a part is no number.
    private static func numbers(_ text: String) -> [Double]? {
        let parts = text.split { " ,{}".contains($0) }
        let numbers = parts.compactMap { Double($0) }
        return numbers.count == parts.count ? numbers : nil
    }

    private static func text(_ numbers: [Double]) -> String {
        numbers.map { Decimal.text($0) }.joined(separator: ", ")
    }
}

extension RasterProfile {
    /// Where the cells of a file of this product lie by documents and its
    /// name; nil when neither tells.
    func placement(ofFile name: String) -> RasterReference.Placement? {
        switch placement {
        case .sinusoidalTile(let cells):
            guard let tile = SinusoidalTile(fileName: ConfiguredPattern.split(name).name) else {
                return nil
            }
            let cell = SinusoidalTile.edgeInMeters / Double(cells)
            return RasterReference.Placement(
                geotransform: Geotransform(
                    originX: tile.westInMeters, cellWidth: cell, originY: tile.northInMeters,
                    cellHeight: -cell),
                crs: CRSIdentifier(SinusoidalTile.projection),
                shape: Shape(rows: cells, columns: cells))
        case .geographic(let west, let north, let cell, let rows, let columns):
            return RasterReference.Placement(
                geotransform: Geotransform(
                    originX: west, cellWidth: cell, originY: north, cellHeight: -cell),
                crs: .wgs84, shape: Shape(rows: rows, columns: columns))
        case nil: return nil
        }
    }
}
