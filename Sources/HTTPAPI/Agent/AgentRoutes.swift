import Desk
import Hummingbird

/// The API of the agents' side.
func addAgentRoutes(to router: DeskRouter, desk: Desk) {}
