import Calendar
import Drought

/// What every picture and raster of a run says of it.
struct RunCaption: Sendable {
    var title: String
    var asOf: CalendarDate
    var isSynthetic: Bool
    var notes: [String]

    /// Printed across pictures; nil for real data.
    var banner: String? { isSynthetic ? "SYNTHETIC DATA" : nil }
}

/// The program.
public enum Jilaal {
    public static let version = "0.1.0"
    public static let nameAndVersion = "Jilaal \(version)"
    /// The form of the kernels that this processor runs.
    public static var kernels: String { Kernels.best.name }
}
