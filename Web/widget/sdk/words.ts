/** The launcher's few words: open, close, name of one unread message, of several (`#` = number). */
const WORDS: Record<string, [string, string, string, string]> = {
    en: ["Open chat", "Close chat", "1 unread message", "# unread messages"],
    de: ["Chat öffnen", "Chat schließen", "1 ungelesene Nachricht", "# ungelesene Nachrichten"],
    fr: ["Ouvrir le chat", "Fermer le chat", "1 message non lu", "# messages non lus"],
    es: ["Abrir el chat", "Cerrar el chat", "1 mensaje sin leer", "# mensajes sin leer"],
    it: ["Apri la chat", "Chiudi la chat", "1 messaggio non letto", "# messaggi non letti"],
    pt: ["Abrir o chat", "Fechar o chat", "1 mensagem não lida", "# mensagens não lidas"],
    nl: ["Chat openen", "Chat sluiten", "1 ongelezen bericht", "# ongelezen berichten"],
    pl: ["Otwórz czat", "Zamknij czat", "1 nieprzeczytana wiadomość", "Nieprzeczytane wiadomości: #"],
    sv: ["Öppna chatten", "Stäng chatten", "1 oläst meddelande", "# olästa meddelanden"],
    tr: ["Sohbeti aç", "Sohbeti kapat", "1 okunmamış mesaj", "# okunmamış mesaj"],
    ja: ["チャットを開く", "チャットを閉じる", "未読1件", "未読#件"],
    zh: ["打开聊天", "关闭聊天", "1 条未读消息", "# 条未读消息"],
    ar: ["فتح المحادثة", "إغلاق المحادثة", "رسالة واحدة غير مقروءة", "رسائل غير مقروءة: #"],
    he: ["פתיחת הצ'אט", "סגירת הצ'אט", "הודעה אחת שלא נקראה", "# הודעות שלא נקראו"],
};

const ENGLISH = WORDS["en"] as [string, string, string, string];
let words = ENGLISH;

export function chooseWords(locale: string | undefined): void {
    const wanted = (locale || navigator.language || "en").toLowerCase().split(/[-_]/)[0] ?? "en";
    words = WORDS[wanted] ?? ENGLISH;
}

export const openWord = (): string => words[0];
export const closeWord = (): string => words[1];
export function unreadWords(count: number): string {
    return count === 1 ? words[2] : words[3].replace("#", String(count));
}
