import Diagnostics
import Geo
import GridCore

/// What every raster of a stack has in common: the first raster and the
/// pipeline file say it.
///
/// Cells of a stack are read with one type, one set of nodata numbers and one
/// scale, so that a raster that states others would be misread in silence.
struct StackExpectation: Sendable {
    let spec: GridSpec
    let type: RasterDataType
    /// Stored numbers that mean nodata, ascending.
    let nodata: [Double]
    let scale: Double
    let offset: Double
    /// Whether each date has its own file, of one band.
    let isOneBand: Bool
    /// Section of the pipeline file, for messages.
    let section: String

    /// - Parameters:
    ///   - fill: what the pipeline file or profile says of nodata.
    ///   - band: of the first raster.
    ///   - section: path of the stack in the pipeline file.
    init(
        _ info: RasterInfo, spec: GridSpec, band: Int, fill: [Double], isOneBand: Bool,
        section: String
    ) {
        let first = info.bands[band - 1]
        let stated = first.nodata.flatMap { $0.isNaN ? nil : $0 }
        self.spec = spec
        self.isOneBand = isOneBand
        self.section = section
        type = first.type
        nodata = Array(Set(fill + [stated].compactMap { $0 })).sorted()
        scale = first.scale ?? 1
        offset = first.offset ?? 0
    }

    /// All of it, for a key.
    var text: String {
        let numbers = (nodata + [scale, offset]).map { "\($0)" }.joined(separator: " ")
        return "\(type.rawValue) \(isOneBand) \(numbers)"
    }

    /// What `band` of another raster states otherwise; empty when it fits.
    func problems(of info: RasterInfo, band: Int) -> [any Diagnostic] {
        guard info.bands.indices.contains(band - 1) else { return [] }
        let found = info.bands[band - 1]
        let place = Place(file: info.name, band: isOneBand ? nil : band)
        var problems: [any Diagnostic] = []
        if isOneBand, info.bands.count != 1 {
            problems.append(
                PipelineError(
                    .wrongBandCount, at: place,
                    "has \(info.bands.count) bands (expected 1: one file holds one composite)",
                    mend: "Take the band out with gdal_translate -b, or give a file with one band "
                        + "per date as `file`"))
        }
        if found.type != type {
            problems.append(
                PipelineError(
                    .mixedTypes, at: place,
                    "stores \(found.type.rawValue) (expected \(type.rawValue), as the first raster "
                        + "does)",
                    mend: "Keep rasters of one product and type in a stack; gdal_translate -ot "
                        + "changes the type, not what the numbers mean"))
        }
        if let stated = found.nodata, !stated.isNaN, !nodata.contains(stated) {
            let known = nodata.map { Decimal.text($0) }.joined(separator: ", ")
            let all = (nodata + [stated]).sorted().map { Decimal.text($0) }.joined(separator: ", ")
            problems.append(
                PipelineError(
                    .mixedNodata, at: place,
                    "states the nodata number \(Decimal.text(stated)) (expected one of: "
                        + "\(known.isEmpty ? "none" : known))",
                    mend: "When both mean nodata write `fill: [\(all)]` under \(section); else "
                        + "fetch the file again"))
        }
        let hasOtherScale = found.scale.map { $0 != scale } ?? false
        let hasOtherOffset = found.offset.map { $0 != offset } ?? false
        if hasOtherScale || hasOtherOffset {
            problems.append(
                PipelineError(
                    .mixedScales, at: place,
                    "states scale \(found.scale ?? 1) and offset \(found.offset ?? 0) (expected "
                        + "\(scale) and \(offset), as the first raster has them)",
                    mend: "Keep rasters of one scale in a stack; gdal_translate -unscale writes "
                        + "values out"))
        }
        return problems
    }
}
