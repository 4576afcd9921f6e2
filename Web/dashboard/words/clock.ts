/** A moment of a story that begins at two o'clock: "14:02:45". */
export function clock(seconds: number): string {
    const at = new Date(2000, 0, 1, 14, 0, Math.round(seconds));
    const two = (value: number): string => String(value).padStart(2, "0");
    return `${two(at.getHours())}:${two(at.getMinutes())}${at.getSeconds() === 0 ? "" : `:${two(at.getSeconds())}`}`;
}
