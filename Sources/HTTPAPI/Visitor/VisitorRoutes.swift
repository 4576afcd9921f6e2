import Desk
import Hummingbird

/// The widget's API.
func addVisitorRoutes(to router: DeskRouter, desk: Desk) {}
