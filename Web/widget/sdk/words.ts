/** The launcher's few words: its name, unread messages, close. */
const WORDS: Record<string, string> = {
    en: "Chat|Unread messages|Close",
    de: "Chat|Ungelesene Nachrichten|Schließen",
    fr: "Chat|Messages non lus|Fermer",
    es: "Chat|Mensajes sin leer|Cerrar",
    it: "Chat|Messaggi non letti|Chiudi",
    pt: "Chat|Mensagens não lidas|Fechar",
    nl: "Chat|Ongelezen berichten|Sluiten",
    pl: "Czat|Nieprzeczytane wiadomości|Zamknij",
    sv: "Chatt|Olästa meddelanden|Stäng",
    tr: "Sohbet|Okunmamış mesajlar|Kapat",
    ja: "チャット|未読|閉じる",
    zh: "聊天|未读消息|关闭",
    ar: "محادثة|غير مقروءة|إغلاق",
    he: "צ'אט|לא נקראו|סגירה",
};

export interface LauncherWords {
    name: string;
    close: string;
    unread: (count: number) => string;
}

export function launcherWords(locale: string | undefined): LauncherWords {
    const [name = "", unread, close = ""] = (WORDS[(locale || navigator.language).slice(0, 2)] ?? WORDS["en"] ?? "").split("|");
    return { name, close, unread: (count) => `${unread}: ${count}` };
}
