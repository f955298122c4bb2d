import CCairo
import Diagnostics

/// A picture in memory that is drawn on and then turned into PNG bytes.
///
/// It owns one cairo image surface and its context, freed in `deinit`; no
/// handle leaves this file. Coordinates are pixels, y down. Drawing never
/// fails visibly: cairo keeps its first error, and `pngBytes` throws it.
///
/// The same calls give the same bytes wherever the same versions of cairo,
/// FreeType and DejaVu Sans are installed: hinting is off, antialiasing is
/// grey, and cairo writes no time stamp into a PNG.
struct Canvas: ~Copyable {
    /// Longest side that is drawn, in pixels.
    static let maximumSide = 8192
    static let fontFamily = "DejaVu Sans"
    /// Cairo holds positions as 24.8 fixed-point numbers (at most 8,388,607);
    /// farther places are moved to this distance, far outside any picture.
    private static let farthest = 4_000_000.0

    let width: Int
    let height: Int
    private let surface: OpaquePointer
    private let context: OpaquePointer

    /// An empty picture of one colour.
    ///
    /// - Throws: `drawing` when a side is outside 1 ... `maximumSide` or
    ///   memory is short.
    init(width: Int, height: Int, background: Color = Ink.paper) throws(ReportError) {
        let sides = 1...Self.maximumSide
        guard sides.contains(width), sides.contains(height) else {
            throw ReportError(
                .drawing, "a picture of \(width) x \(height) pixels is outside \(sides)",
                mend: "Draw a smaller extent")
        }
        guard let surface = cairo_image_surface_create(
            CAIRO_FORMAT_RGB24, Int32(width), Int32(height))
        else { throw Self.failure(CAIRO_STATUS_NO_MEMORY) }
        guard let context = cairo_create(surface) else {
            cairo_surface_destroy(surface)
            throw Self.failure(CAIRO_STATUS_NO_MEMORY)
        }
        let status = cairo_status(context)
        guard status == CAIRO_STATUS_SUCCESS else {
            cairo_destroy(context)
            cairo_surface_destroy(surface)
            throw Self.failure(status)
        }
        self.width = width
        self.height = height
        self.surface = surface
        self.context = context
        setUp(background)
    }

    deinit {
        cairo_destroy(context)
        cairo_surface_destroy(surface)
    }

    private func setUp(_ background: Color) {
        let options = cairo_font_options_create()
        cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        cairo_set_font_options(context, options)
        cairo_font_options_destroy(options)
        cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
        cairo_set_line_cap(context, CAIRO_LINE_CAP_BUTT)
        cairo_set_fill_rule(context, CAIRO_FILL_RULE_EVEN_ODD)
        setSource(background)
        cairo_paint(context)
    }

    private static func failure(_ status: cairo_status_t) -> ReportError {
        let text = cairo_status_to_string(status).map { String(cString: $0) } ?? "unknown error"
        return ReportError(
            .drawing, "the drawing library cairo reports: \(text)",
            mend: "Free memory, or check the installation of libcairo2")
    }

    private func setSource(_ color: Color) {
        cairo_set_source_rgba(
            context, Double(color.red) / 255, Double(color.green) / 255,
            Double(color.blue) / 255, color.opacity)
    }

    // MARK: Shapes

    private func trace(_ path: Path) {
        func near(_ value: Double) -> Double { min(max(value, -Self.farthest), Self.farthest) }
        cairo_new_path(context)
        for element in path.elements {
            switch element {
            case .move(let p): cairo_move_to(context, near(p.x), near(p.y))
            case .line(let p): cairo_line_to(context, near(p.x), near(p.y))
            case .circle(let center, let radius):
                cairo_new_sub_path(context)
                cairo_arc(context, near(center.x), near(center.y), radius, 0, 2 * Double.pi)
                cairo_close_path(context)
            case .close: cairo_close_path(context)
            }
        }
    }

    /// Fills by the even-odd rule, so that holes stay open whatever way
    /// their rings run.
    func fill(_ path: Path, _ color: Color) {
        trace(path)
        setSource(color)
        cairo_fill(context)
    }

    func stroke(_ path: Path, _ stroke: Stroke) {
        trace(path)
        setSource(stroke.color)
        cairo_set_line_width(context, stroke.width)
        stroke.dashes.withUnsafeBufferPointer {
            cairo_set_dash(context, $0.baseAddress, Int32($0.count), 0)
        }
        cairo_stroke(context)
    }

    /// Draws `body` only where `path` is.
    func clipped(to path: Path, _ body: (borrowing Canvas) -> Void) {
        cairo_save(context)
        trace(path)
        cairo_clip(context)
        body(self)
        cairo_restore(context)
    }

    /// Copies pixels one to one, the upper left corner at `(x, y)`.
    func draw(_ image: PixelImage, x: Int, y: Int) {
        guard image.width > 0, image.height > 0 else { return }
        var pixels = image.pixels
        pixels.withUnsafeMutableBytes { bytes in
            let source = cairo_image_surface_create_for_data(
                bytes.bindMemory(to: UInt8.self).baseAddress, CAIRO_FORMAT_RGB24,
                Int32(image.width), Int32(image.height),
                cairo_format_stride_for_width(CAIRO_FORMAT_RGB24, Int32(image.width)))
            cairo_save(context)
            cairo_set_source_surface(context, source, Double(x), Double(y))
            cairo_rectangle(
                context, Double(x), Double(y), Double(image.width), Double(image.height))
            cairo_fill(context)
            cairo_restore(context)
            // The memory is only lent: nothing may read it after this scope.
            cairo_surface_finish(source)
            cairo_surface_destroy(source)
        }
    }

    // MARK: Text

    private func select(_ font: Font) {
        cairo_select_font_face(
            context, Self.fontFamily, CAIRO_FONT_SLANT_NORMAL,
            font.isBold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
        cairo_set_font_size(context, font.size)
    }

    /// Width of one line of text in pixels.
    func width(of text: String, _ font: Font) -> Double {
        select(font)
        var extents = cairo_text_extents_t()
        cairo_text_extents(context, Self.printable(text), &extents)
        return extents.x_advance
    }

    /// Draws one line of text, its left end and baseline at `origin`.
    ///
    /// `halo`: a rim of this colour keeps the text legible on busy ground.
    func text(_ text: String, at origin: Point, _ font: Font, _ color: Color, halo: Color? = nil) {
        let text = Self.printable(text)
        select(font)
        if let halo {
            cairo_new_path(context)
            cairo_move_to(context, origin.x, origin.y)
            cairo_text_path(context, text)
            setSource(halo)
            cairo_set_dash(context, nil, 0, 0)
            cairo_set_line_width(context, Self.haloWidth)
            cairo_stroke(context)
        }
        cairo_move_to(context, origin.x, origin.y)
        setSource(color)
        cairo_show_text(context, text)
        cairo_new_path(context)
    }

    /// Width of the pen that draws a halo: half of it shows.
    private static let haloWidth = 4.5

    /// Control characters would end the text (NUL) or show as boxes.
    private static func printable(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else { return text }
        var clean = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            clean.append(scalar.properties.generalCategory == .control ? " " : scalar)
        }
        return String(clean)
    }

    // MARK: PNG

    /// The picture as a PNG file (ISO/IEC 15948), 8 bits a channel.
    ///
    /// - Throws: `drawing` with the first error of all drawing before.
    func pngBytes() throws(ReportError) -> [UInt8] {
        let status = cairo_status(context)
        guard status == CAIRO_STATUS_SUCCESS else { throw Self.failure(status) }
        cairo_surface_flush(surface)
        var bytes: [UInt8] = []
        let written = withUnsafeMutablePointer(to: &bytes) { target in
            cairo_surface_write_to_png_stream(
                surface,
                { target, data, count in
                    guard let target, let data else { return CAIRO_STATUS_WRITE_ERROR }
                    target.assumingMemoryBound(to: [UInt8].self).pointee
                        .append(contentsOf: UnsafeBufferPointer(start: data, count: Int(count)))
                    return CAIRO_STATUS_SUCCESS
                }, target)
        }
        guard written == CAIRO_STATUS_SUCCESS else { throw Self.failure(written) }
        return bytes
    }
}
