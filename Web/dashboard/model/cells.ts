import { useCallback, useSyncExternalStore } from "react";

type Listener = () => void;

/** One value that views can watch. The smallest store that is enough here. */
export class Cell<T> {
    private readonly listeners = new Set<Listener>();
    constructor(private current: T) {}

    get value(): T { return this.current; }

    set(next: T): void {
        if (Object.is(next, this.current)) return;
        this.current = next;
        this.listeners.forEach((listener) => listener());
    }

    update(change: (value: T) => T): void { this.set(change(this.current)); }

    readonly subscribe = (listener: Listener): Listener => {
        this.listeners.add(listener);
        return () => { this.listeners.delete(listener); };
    };
}

export function useCell<T>(cell: Cell<T>): T {
    return useSyncExternalStore(cell.subscribe, () => cell.value);
}

/** Rows by id. A row is replaced, never changed in place, so that a view that shows one row wakes for that row alone. */
export class Table<T extends { id: number }> {
    private readonly rows = new Map<number, T>();
    private readonly listeners = new Set<Listener>();
    private changes = 0;

    get version(): number { return this.changes; }
    get(id: number): T | undefined { return this.rows.get(id); }
    values(): IterableIterator<T> { return this.rows.values(); }
    get size(): number { return this.rows.size; }

    put(row: T): void {
        this.rows.set(row.id, row);
        this.changed();
    }

    putAll(rows: readonly T[]): void {
        if (rows.length === 0) return;
        rows.forEach((row) => this.rows.set(row.id, row));
        this.changed();
    }

    remove(id: number): void {
        if (this.rows.delete(id)) this.changed();
    }

    clear(): void {
        this.rows.clear();
        this.changed();
    }

    readonly subscribe = (listener: Listener): Listener => {
        this.listeners.add(listener);
        return () => { this.listeners.delete(listener); };
    };

    private changed(): void {
        this.changes += 1;
        this.listeners.forEach((listener) => listener());
    }
}

export function useRow<T extends { id: number }>(table: Table<T>, id: number | null): T | undefined {
    return useSyncExternalStore(table.subscribe, useCallback(() => (id === null ? undefined : table.get(id)), [table, id]));
}

/** Wakes at every change of the table. */
export function useTable<T extends { id: number }>(table: Table<T>): Table<T> {
    useSyncExternalStore(table.subscribe, () => table.version);
    return table;
}
