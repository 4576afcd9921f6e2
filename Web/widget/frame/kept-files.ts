/**
 * Files of messages that still wait to be sent. They are too large for localStorage, so they lie in IndexedDB until the server has them;
 * where the browser forbids that, they live as long as the frame.
 */
const NAME = "throughline";
const STORE = "files";

export async function keepFiles(echo: string, files: File[]): Promise<void> {
    await inStore("readwrite", (store) => store.put(files, echo));
}

/** `null` where they are gone. */
export async function keptFiles(echo: string): Promise<File[] | null> {
    const found = await inStore("readonly", (store) => store.get(echo));
    return Array.isArray(found) ? (found as File[]) : null;
}

export async function dropFiles(echo: string): Promise<void> {
    await inStore("readwrite", (store) => store.delete(echo));
}

async function inStore(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
    try {
        const base = await done(opened());
        try {
            return await done(work(base.transaction(STORE, mode).objectStore(STORE)));
        } finally {
            base.close();
        }
    } catch {
        return null;
    }
}

function opened(): IDBOpenDBRequest {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    return request;
}

function done<T>(request: IDBRequest<T>): Promise<T> {
    return new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
}
