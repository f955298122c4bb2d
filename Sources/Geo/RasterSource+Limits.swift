import CGDAL
import Diagnostics
import GridCore

extension RasterSource {
    /// What a dataset says of itself, its sizes checked before memory is
    /// taken; a dataset that is refused is closed.
    static func checkedInfo(
        of dataset: GDALDatasetH, file: LocalFile, reference: RasterReference
    ) throws(GeoError) -> RasterInfo {
        do throws(GeoError) {
            // Before each of them is described.
            let bands = Int(GDALGetRasterCount(dataset))
            guard bands <= Limit.bands else {
                throw GeoError(
                    .implausibleSize, at: Place(file: reference.name),
                    "declares \(bands) bands (at most \(Limit.bands))",
                    mend: "Check where the file comes from; cut it with gdal_translate -b if it is "
                        + "honest")
            }
            let info = describe(dataset, reference: reference)
            try checkSize(info, fileBytes: file.byteCount, reference: reference)
            try checkBlocks(info, reference: reference)
            try checkTypes(of: dataset, reference: reference)
            return info
        } catch {
            GDALClose(dataset)
            throw error
        }
    }

    /// GDAL would read a complex number as its real part.
    private static func checkTypes(
        of dataset: GDALDatasetH, reference: RasterReference
    ) throws(GeoError) {
        for band in 0..<GDALGetRasterCount(dataset) {
            guard let handle = GDALGetRasterBand(dataset, band + 1),
                GDALDataTypeIsComplex(GDALGetRasterDataType(handle)) != 0
            else { continue }
            throw GeoError(
                .wrongType, at: Place(file: reference.name, band: Int(band) + 1),
                "stores complex numbers (expected integers or floating-point numbers)",
                mend: "Check the product; gdal_translate -ot Float32 keeps the real part")
        }
    }

    private static func checkSize(
        _ info: RasterInfo, fileBytes: Int, reference: RasterReference
    ) throws(GeoError) {
        let cells = info.shape.rows.multipliedReportingOverflow(by: info.shape.columns)
        let cellBytes = info.bands.reduce(0) { $0 + $1.type.byteCount }
        let bytes = cells.partialValue.multipliedReportingOverflow(by: max(1, cellBytes))
        let expansion = Double(bytes.partialValue) / Double(max(1, fileBytes))
        let honest =
            !cells.overflow && !bytes.overflow && info.shape.rows <= Limit.side
            && info.shape.columns <= Limit.side
            && (bytes.partialValue <= Limit.harmlessBytes || expansion <= Limit.expansion)
        guard honest else {
            throw GeoError(
                .implausibleSize, at: Place(file: reference.name),
                "declares \(info.shape.rows) x \(info.shape.columns) cells in \(info.bands.count) "
                    + "bands but is only \(fileBytes) bytes long",
                mend: "Check where the file comes from; rewrite it with gdal_translate if it is "
                    + "honest")
        }
    }

    private static func checkBlocks(
        _ info: RasterInfo, reference: RasterReference
    ) throws(GeoError) {
        for (index, band) in info.bands.enumerated() {
            let cells = band.block.rows.multipliedReportingOverflow(by: band.block.columns)
            let bytes = cells.partialValue.multipliedReportingOverflow(by: band.type.byteCount)
            guard cells.overflow || bytes.overflow || bytes.partialValue > Limit.blockBytes else {
                continue
            }
            throw GeoError(
                .implausibleSize, at: Place(file: reference.name, band: index + 1),
                "declares blocks of \(band.block.rows) x \(band.block.columns) cells (at most "
                    + "\(Limit.blockBytes >> 20) MB each)",
                mend: "Rewrite the file in smaller blocks with gdal_translate -co TILED=YES")
        }
    }
}

extension RasterSubdataset {
    /// Whether the name opens nothing but a layer of the file at `path`: the
    /// words of a driver, then the path. A file may state any name, such as
    /// an address, and no list of drivers would stop GDAL from asking it.
    func isInside(_ path: String) -> Bool {
        guard let range = name.firstRange(of: path) else { return false }
        let before = name[..<range.lowerBound]
        let after = name[range.upperBound...]
        let words = before.hasSuffix("\"") ? before.dropLast() : before
        let isWord = { (byte: UInt8) in
            byte == UInt8(ascii: "_") || byte == UInt8(ascii: ":")
                || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
                || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
        }
        return words.last == ":" && words.utf8.allSatisfy(isWord)
            && (after.isEmpty || after.first == ":" || after.first == "\"")
    }
}
