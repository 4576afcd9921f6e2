import type { SignIn } from "../../model/email";
import { Field } from "../../parts/Small";
import { words } from "../../words";

/** What a mail server is shown for the user. */
export function SignInField({ value, choose }: { value: SignIn; choose: (value: SignIn) => void }): JSX.Element {
    const { mailbox, oauth } = words.email;
    return (
        <Field label={mailbox.signIn}>
            <select value={value} onChange={(event) => choose(event.target.value as SignIn)}>
                <option value="password">{mailbox.password}</option>
                <option value="token">{mailbox.token}</option>
                <option value="oauth">{oauth.name}</option>
            </select></Field>
    );
}
