/// The codes that kernels write into reason planes; `IndicatorReason` of the
/// drought indicators gives them their names.
public enum ReasonCode {
    public static let ok: UInt8 = 0
    public static let inputNodata: UInt8 = 1
    public static let insufficientBaseline: UInt8 = 2
    public static let zeroRange: UInt8 = 3
    public static let clipped: UInt8 = 9
    public static let filled: UInt8 = 10
}
