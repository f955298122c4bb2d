import ArgumentParser
import Foundation
import Glibc

/// What this process holds after a number of tiles.
struct ProcessSample {
    let tile: Int
    let residentBytes: Int
    let descriptors: Int

    /// From `statm` and `fd` of proc(5).
    init(tile: Int) throws {
        let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
        let pages = text.split(separator: " ").compactMap { Int($0) }
        guard pages.count > 1 else { throw ValidationError("/proc/self/statm is not as known") }
        self.tile = tile
        residentBytes = pages[1] * Int(sysconf(Int32(_SC_PAGESIZE)))
        descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
    }

    /// Slope of the resident set by least squares.
    static func bytesPerTile(_ samples: [ProcessSample]) -> Double {
        let count = Double(max(1, samples.count))
        let meanTile = samples.reduce(0) { $0 + Double($1.tile) } / count
        let meanBytes = samples.reduce(0) { $0 + Double($1.residentBytes) } / count
        var product = 0.0
        var square = 0.0
        for sample in samples {
            let distance = Double(sample.tile) - meanTile
            product += distance * (Double(sample.residentBytes) - meanBytes)
            square += distance * distance
        }
        return square > 0 ? product / square : 0
    }
}
