/** A number with the form of its noun that the language wants (Intl's rules): French counts none as one, for instance. */
export function countIn(language: string): (count: number, one: string, many: string) => string {
    const rules = new Intl.PluralRules(language);
    return (count, one, many) => `${count} ${rules.select(count) === "one" ? one : many}`;
}

/** A number as the language writes it. */
export function numberIn(language: string): (value: number) => string {
    const format = new Intl.NumberFormat(language);
    return (value) => format.format(value);
}

export const plural = countIn("en");
