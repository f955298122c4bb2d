import Foundation

/// A colour of the sRGB space, 8 bits a channel, with an opacity.
public struct Color: Hashable, Sendable {
    public var red: UInt8
    public var green: UInt8
    public var blue: UInt8
    /// 0 (nothing) ... 1 (opaque).
    public var opacity: Double

    public init(red: UInt8, green: UInt8, blue: UInt8, opacity: Double = 1) {
        self.red = red
        self.green = green
        self.blue = blue
        self.opacity = opacity
    }

    /// The colour of a hexadecimal number such as `0x8C510A`.
    public init(_ hexadecimal: UInt32, opacity: Double = 1) {
        self.init(
            red: UInt8(hexadecimal >> 16 & 0xFF), green: UInt8(hexadecimal >> 8 & 0xFF),
            blue: UInt8(hexadecimal & 0xFF), opacity: opacity)
    }

    /// The colour of the same channels at another opacity.
    public func withOpacity(_ opacity: Double) -> Color {
        Color(red: red, green: green, blue: blue, opacity: opacity)
    }

    /// The 32 bits of an opaque pixel: 0x00RRGGBB.
    var pixel: UInt32 { UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue) }

    /// The colour a share of the way to `other` (0 = this, 1 = other),
    /// channel by channel in sRGB.
    func mixed(with other: Color, share: Double) -> Color {
        func mix(_ a: UInt8, _ b: UInt8) -> UInt8 {
            UInt8((Double(a) + (Double(b) - Double(a)) * share).rounded())
        }
        return Color(
            red: mix(red, other.red), green: mix(green, other.green), blue: mix(blue, other.blue),
            opacity: opacity + (other.opacity - opacity) * share)
    }

    /// CIE lightness L*, 0 (black) ... 100 (white), of the opaque colour
    /// (IEC 61966-2-1 transfer curve, D65 luminance, CIE 15:2004).
    public var lightness: Double {
        func linear(_ channel: UInt8) -> Double {
            let value = Double(channel) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        let luminance = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
        // The cube root turns linear near black: 216/24389 and 24389/27.
        return luminance > 216.0 / 24389 ? 116 * cbrt(luminance) - 16 : luminance * 24389 / 27
    }
}

/// Colours that every picture shares.
enum Ink {
    static let paper = Color(0xFFFFFF)
    static let text = Color(0x1A1A1A)
    static let quietText = Color(0x4A4A4A)
    static let line = Color(0x333333)
    static let land = Color(0xF4F4F1)
    static let road = Color(0x6E6E6E)
    static let hotspot = Color(0xC1121F)
    static let base = Color(0x10243E)
    static let banner = Color(0x5B2A86)
    static let nodata = Color(0xDCDCDC)
    static let nodataLine = Color(0xA0A0A0)
    static let unlisted = Color(0xCC79A7)
}
