import CCairo

/// A PNG read back with cairo, to look at its pixels.
struct DecodedPNG {
    let width: Int
    let height: Int
    private let pixels: [UInt32]

    /// nil when the bytes are not a PNG that cairo can read.
    init?(_ bytes: [UInt8]) {
        var rest = bytes[...]
        let read = withUnsafeMutablePointer(to: &rest) { source in
            cairo_image_surface_create_from_png_stream(
                { source, target, count in
                    guard let source = source?.assumingMemoryBound(to: ArraySlice<UInt8>.self),
                        let target, source.pointee.count >= Int(count)
                    else { return CAIRO_STATUS_READ_ERROR }
                    for (index, byte) in source.pointee.prefix(Int(count)).enumerated() {
                        target[index] = byte
                    }
                    source.pointee.removeFirst(Int(count))
                    return CAIRO_STATUS_SUCCESS
                }, source)
        }
        guard let surface = read else { return nil }
        defer { cairo_surface_destroy(surface) }
        guard cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS,
            let data = cairo_image_surface_get_data(surface)
        else { return nil }
        width = Int(cairo_image_surface_get_width(surface))
        height = Int(cairo_image_surface_get_height(surface))
        let stride = Int(cairo_image_surface_get_stride(surface))
        var pixels: [UInt32] = []
        for row in 0..<height {
            for column in 0..<width {
                let at = data + row * stride + column * 4
                pixels.append(UInt32(at[2]) << 16 | UInt32(at[1]) << 8 | UInt32(at[0]))
            }
        }
        self.pixels = pixels
    }

    /// 0x00RRGGBB; white outside.
    subscript(x: Int, y: Int) -> UInt32 {
        guard x >= 0, y >= 0, x < width, y < height else { return 0xFFFFFF }
        return pixels[y * width + x]
    }

    /// Different colours down a column, each once, in the order of their
    /// first pixel.
    func colors(downColumn x: Int, from top: Int = 0) -> [UInt32] {
        var seen: [UInt32] = []
        for y in top..<height where !seen.contains(self[x, y]) { seen.append(self[x, y]) }
        return seen
    }

    /// Different colours in a square around a place.
    func colors(aroundX x: Int, y: Int, radius: Int) -> Set<UInt32> {
        var seen: Set<UInt32> = []
        for row in (y - radius)...(y + radius) {
            for column in (x - radius)...(x + radius) { seen.insert(self[column, row]) }
        }
        return seen
    }
}

/// Width and height as the header of a PNG states them (ISO/IEC 15948,
/// 5.2 and 11.2.2); nil without the signature.
func pngHeaderSize(_ bytes: [UInt8]) -> [Int]? {
    let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    guard bytes.count > 24, Array(bytes[..<8]) == signature else { return nil }
    func number(_ at: Int) -> Int { bytes[at..<(at + 4)].reduce(0) { $0 << 8 | Int($1) } }
    return [number(16), number(20)]
}
