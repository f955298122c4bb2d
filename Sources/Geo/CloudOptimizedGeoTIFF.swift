import CGDAL
import Diagnostics
import GridCore

/// Turns a plain GeoTIFF into the published, cloud-optimized form.
public enum CloudOptimizedGeoTIFF {
    /// Copies the raster at `source` to `destination`: DEFLATE with
    /// predictor, 512-cell blocks, overviews (mean for values, most frequent
    /// for classes), then reopens the copy and compares every cell with the original.
    ///
    /// The bytes depend on the cells and the description only.
    ///
    /// - Throws: `GeoError` when the copy cannot be written or does not hold
    ///   what the original holds.
    public static func write(
        from source: String, to destination: String, description: RasterDescription
    ) throws(GeoError) {
        let original = try RasterSource(RasterReference(name: source, path: source))
        let longest = max(description.spec.shape.rows, description.spec.shape.columns)
        // Floats here come from integers, so that the same bit patterns return
        // often: without a predictor, which would hide that, files are smaller
        // and both ways faster. Level 1 takes half the time of level 6 for
        // files at most a tenth larger.
        let isFloat = description.type == .float32 || description.type == .float64
        let options = CStringList([
            "COMPRESS=DEFLATE", "LEVEL=1", "PREDICTOR=\(isFloat ? "NO" : "STANDARD")",
            "BLOCKSIZE=\(blockSize(longest))", "BIGTIFF=IF_SAFER", "NUM_THREADS=1",
            "OVERVIEW_RESAMPLING=\(overviewResampling(description))",
        ])
        let errors = original.copy(driver: "COG", to: destination, options: options)
        guard !errors.contains(where: \.isFailure) else {
            throw failure(destination, "could not be written whole (\(errors.summary))")
        }
        let copy = try RasterSource(RasterReference(name: destination, path: destination))
        guard copy.info.shape == original.info.shape,
            copy.info.bands.count == original.info.bands.count
        else { throw failure(destination, "has another size than what was written") }
        for band in original.info.bands.indices.map({ $0 + 1 }) {
            guard try copy.hasSameCells(as: original, band: band) else {
                throw failure(destination, "band \(band) does not hold what was written")
            }
        }
    }

    /// Cells along a side of a block.
    static func blockSize(_ longestSide: Int) -> Int { longestSide > 256 ? 512 : 256 }

    /// How overviews are made: codes are not averaged.
    static func overviewResampling(_ description: RasterDescription) -> String {
        description.isCategorical ? "MODE" : "AVERAGE"
    }

    private static func failure(_ path: String, _ cause: String) -> GeoError {
        GeoError(
            .writeFailed, at: Place(file: path), "the raster " + cause,
            mend: "Check the free space of the disk and run again")
    }
}
