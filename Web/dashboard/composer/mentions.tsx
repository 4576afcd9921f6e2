import { useCell } from "../model/cells";
import { agents } from "../model/directory";
import { me } from "../model/session";
import type { Agent } from "../model/types";
import { Avatar } from "../parts/Avatar";
import { words } from "../words";
import type { Completion } from "./completion";

/** Colleagues' names behind an `@`. */
export function useMentions(): Completion<Agent> {
    const team = useCell(agents);
    return {
        sign: "@",
        label: words.composer.mentions,
        find: (query) => team.filter((agent) => agent.id !== me()?.id
            && (agent.name ?? "").toLowerCase().split(" ").some((_, part, all) => all.slice(part).join(" ").startsWith(query))),
        text: (agent) => `@${agent.name ?? ""} `,
        draw: (agent) => <><Avatar name={agent.name ?? ""} picture={agent.thumbnail} size={24} /><span>{agent.name}</span>
            <small>{agent.email}</small></>,
    };
}
