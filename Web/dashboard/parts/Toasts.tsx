import { useCell } from "../model/cells";
import { dismiss, toasts } from "../model/toasts";
import { words } from "../words";
import { Icon } from "./Icon";

export function Toasts(): JSX.Element {
    const shown = useCell(toasts);
    return (
        <div className="toasts" role="status" aria-live="polite">
            {shown.map((toast) => (
                <div key={toast.id} className="toast" data-tone={toast.tone}>
                    {toast.tone === "error" && <Icon name="warning" size={18} />}
                    <span>{toast.text}</span>
                    {toast.action !== undefined &&
                        <button type="button" className="toast-action" onClick={() => { dismiss(toast.id); toast.action?.run(); }}>
                            {toast.action.label}</button>}
                    <button type="button" className="toast-close" aria-label={words.close} onClick={() => dismiss(toast.id)}>
                        <Icon name="close" size={14} /></button>
                </div>
            ))}
        </div>
    );
}
