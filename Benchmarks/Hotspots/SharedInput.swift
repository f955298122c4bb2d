import Foundation
import GridCore
import Tables

/// Inputs that the peers' script writes, so that both compute the same.
enum SharedInput {
    static func doubles(_ name: String, in folder: String) throws -> [Double] {
        let data = try Data(contentsOf: URL(fileURLWithPath: folder).appendingPathComponent(name))
        return data.withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count, by: 8).map {
                Double(bitPattern: bytes.loadUnaligned(fromByteOffset: $0, as: UInt64.self).littleEndian)
            }
        }
    }

    /// A square metric grid whose lower left corner is (0, 0).
    static func grid(side: Int, cell: Double) -> GridSpec {
        GridSpec(
            shape: Shape(rows: side, columns: side),
            geotransform: Geotransform(
                originX: 0, cellWidth: cell, originY: Double(side) * cell, cellHeight: -cell),
            crs: CRSIdentifier("benchmark plane"))
    }
}

/// Our time over the peer's; nothing without a peer.
func ratio(_ measured: Measurement, _ peer: Double?) -> [JSONMember] {
    guard let peer else { return [] }
    return [
        .init("peer_s", .number(peer)),
        .init("time_to_peer_time", .rounded(measured.median / peer, decimals: 3)),
    ]
}
