import { useState } from "react";
import type { Inbox } from "../../model/types";
import { words } from "../../words";
import { AddressStep } from "./AddressStep";
import { CheckStep } from "./CheckStep";
import { DNSStep } from "./DNSStep";
import { TimingStep } from "./TimingStep";
import { WayInStep } from "./WayInStep";
import { WayOutStep } from "./WayOutStep";

/** The guide by which an inbox's mail is set up, from its address to a check that has passed. */
export function EmailPage({ inbox, changed }: { inbox: Inbox; changed: (inbox: Inbox) => void }): JSX.Element {
    // What one step changes the others look at anew.
    const [changes, setChanges] = useState(0);
    const again = (): void => setChanges((count) => count + 1);
    return (
        <>
            <p className="page-lead">{words.email.lead}</p>
            <ol className="steps">
                <AddressStep inbox={inbox} changed={(now) => { changed(now); again(); }} />
                <WayInStep inbox={inbox.id} changed={again} />
                <WayOutStep inbox={inbox.id} changes={changes} changed={again} />
                <DNSStep inbox={inbox.id} changes={changes} />
                <CheckStep inbox={inbox.id} changes={changes} />
                <TimingStep inbox={inbox} />
            </ol>
        </>
    );
}
