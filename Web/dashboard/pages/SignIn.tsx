import { useState } from "react";
import type { FormEvent } from "react";
import { APIError, explain } from "../model/api";
import { signIn } from "../model/session";
import { Icon, Mark } from "../parts/Icon";
import { words } from "../words";

/** The demo's own agent, so that nobody has to type. */
const demoAgent = { email: "agent@example.test", password: "throughline" };

/** The server says in the page's head whether it is a demo. */
const isDemo = document.querySelector('meta[name="throughline-demo"]') !== null;

export function SignIn(): JSX.Element {
    const [email, setEmail] = useState(isDemo ? demoAgent.email : "");
    const [password, setPassword] = useState(isDemo ? demoAgent.password : "");
    const [shown, setShown] = useState(false);
    const [working, setWorking] = useState(false);
    const [error, setError] = useState<string | null>(null);
    const submit = (event: FormEvent): void => {
        event.preventDefault();
        setWorking(true);
        setError(null);
        signIn(email.trim(), password).catch((failure: unknown) => {
            setError(failure instanceof APIError && failure.status === 401 ? words.signIn.wrong : explain(failure));
            setWorking(false);
        });
    };
    return (
        <main className="sign-in">
            <form className="sign-in-card" onSubmit={submit}>
                <div className="sign-in-brand"><Mark size={40} /><span>{words.product}</span></div>
                <h1>{words.signIn.title}</h1>
                <p className="sign-in-lead">{words.signIn.lead}</p>
                {isDemo && <p className="sign-in-demo">{words.signIn.demo}</p>}
                <label className="field">
                    <span className="field-label">{words.signIn.email}</span>
                    <input type="email" name="email" autoComplete="username" required autoFocus value={email}
                        onChange={(event) => setEmail(event.target.value)} />
                </label>
                <label className="field">
                    <span className="field-label">{words.signIn.password}</span>
                    <span className="password">
                        <input type={shown ? "text" : "password"} name="password" autoComplete="current-password" required
                            value={password} onChange={(event) => setPassword(event.target.value)} />
                        <button type="button" className="icon-button" aria-pressed={shown}
                            aria-label={shown ? words.signIn.hide : words.signIn.show} onClick={() => setShown(!shown)}>
                                <Icon name={shown ? "eyeOff" : "eye"} size={18} /></button>
                    </span>
                </label>
                {error !== null && <p className="field-error" role="alert">{error}</p>}
                <button type="submit" className="button primary wide" disabled={working}>
                    {working ? words.signIn.working : words.signIn.submit}</button>
            </form>
        </main>
    );
}
