import type { Inbox } from "../../model/types";
import { words } from "../../words";
import { AddressStep } from "./AddressStep";
import { TimingStep } from "./TimingStep";

/** The guide by which an inbox's mail is set up, from its address to a check that has passed. */
export function EmailPage({ inbox, changed }: { inbox: Inbox; changed: (inbox: Inbox) => void }): JSX.Element {
    return (
        <>
            <p className="page-lead">{words.email.lead}</p>
            <ol className="steps">
                <AddressStep number={1} inbox={inbox} changed={changed} />
                <TimingStep number={2} inbox={inbox} />
            </ol>
        </>
    );
}
