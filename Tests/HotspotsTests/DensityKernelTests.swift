import Testing

@testable import Hotspots
