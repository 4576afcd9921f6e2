import { Component } from "react";
import type { ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { Desk } from "./Desk";
import { useCell } from "./model/cells";
import { applyTheme } from "./model/prefs";
import { ask, session } from "./model/session";
import { Setup, setupToken } from "./pages/Setup";
import { SignIn } from "./pages/SignIn";
import { showFavicon } from "./parts/favicon";
import { Mark } from "./parts/Icon";
import { Spinner, Trouble } from "./parts/Small";
import { Toasts } from "./parts/Toasts";
import { words } from "./words";
import { pageLanguage } from "./words/language";

function App(): JSX.Element {
    const now = useCell(session);
    if (setupToken !== null) return <Setup token={setupToken} />;
    return (
        <>
            {now.state === "asking" && <div className="starting"><Mark size={40} /><Spinner label={words.product} /></div>}
            {now.state === "failed" &&
                <div className="starting"><Mark size={40} />
                    <Trouble text={now.error} retry={() => { session.set({ state: "asking" }); void ask(); }} /></div>}
            {now.state === "out" && <SignIn />}
            {now.state === "in" && <Desk key={now.me.id} />}
            <Toasts />
        </>
    );
}

/** A fault in drawing shows a sentence and a way out, not an empty page. Drafts are in storage and stay. */
class Guard extends Component<{ children: ReactNode }, { failed: boolean }> {
    state = { failed: false };
    static getDerivedStateFromError(): { failed: boolean } { return { failed: true }; }
    render(): ReactNode {
        if (!this.state.failed) return this.props.children;
        return (
            <div className="starting">
                <Mark size={40} />
                <p><b>{words.errors.crashed}</b></p>
                <p>{words.errors.unexpected}</p>
                <button type="button" className="button primary" onClick={() => location.reload()}>{words.errors.reload}</button>
            </div>
        );
    }
}

document.documentElement.lang = pageLanguage();
applyTheme();
showFavicon(false);
if (setupToken === null) void ask();
const root = document.getElementById("app");
if (root !== null) createRoot(root).render(<Guard><App /></Guard>);
