/** The zones that the browser knows, the reader's own and the chosen one among the first. */
export function TimeZones({ chosen, choose }: { chosen: string; choose: (zone: string) => void }): JSX.Element {
    const known = (Intl as unknown as { supportedValuesOf?: (kind: string) => string[] }).supportedValuesOf?.("timeZone") ?? [];
    const zone = chosen === "GMT" ? "UTC" : chosen;
    const zones = [...new Set(["UTC", Intl.DateTimeFormat().resolvedOptions().timeZone, zone, ...known])];
    return (
        <select value={zone} onChange={(event) => choose(event.target.value)}>
            {zones.map((one) => <option key={one} value={one}>{one.replace(/_/g, " ")}</option>)}</select>
    );
}
