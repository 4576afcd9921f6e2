import Continuity
import Testing

/// A short thank-you is known in many languages, and nothing else is taken for one (behaviour §6).
@Suite struct GratitudeTests {
    @Test(arguments: [
        "Thanks!", "Thank you so much, Sam", "thx", "Cheers 👍", "Perfect, thank you!!\n\nAnn", "Thanks, it works now.", "Danke!",
        "Vielen Dank für die schnelle Hilfe!", "Herzlichen Dank und viele Grüße\nAnn", "Merci beaucoup", "Merci pour votre réponse rapide.",
        "Muchas gracias", "Gracias por la ayuda", "Obrigada!", "Grazie mille", "Bedankt voor de snelle reactie", "Tack så mycket",
        "Mange tak",
        "Tusen takk", "Kiitos paljon", "Dziękuję bardzo", "Dzięki za pomoc", "Děkuji moc", "Köszönöm szépen", "Mulțumesc frumos",
        "Teşekkür ederim", "Спасибо большое", "Дякую", "Ευχαριστώ πολύ", "תודה רבה", "شكرا جزيلا", "धन्यवाद", "Terima kasih", "Cảm ơn bạn",
        "谢谢", "非常感谢您的帮助", "ありがとうございます。", "どうもありがとうございました", "감사합니다!", "정말 고맙습니다", "ขอบคุณครับ", "ขอบคุณมากค่ะ",
    ])
    func thanks(text: String) {
        #expect(isGratitude(text, names: ["Sam", "Ann Berg"]))
    }

    @Test(arguments: [
        "", "Hello", "Thanks, but it still does not work", "Thanks! When does it arrive?", "No thanks", "Thanks for nothing",
        "Thank you, Bob",
        "Thanks. My order number is 4711", "Danke, aber das Paket fehlt", "Merci, mais non", "Thanks https://x.test",
        "Thanks, I would like to cancel", "谢谢，但是还没有收到", "ありがとうございます。届きません", "Ok", "Great", "Super", "Спасибо, не работает",
        "thanks " + String(repeating: "very ", count: 40) + "much",
    ])
    func more(text: String) {
        #expect(!isGratitude(text, names: ["Sam", "Ann Berg"]))
    }

    @Test func itReadsOnlySoFar() {
        #expect(!isGratitude(String(repeating: "谢", count: 5_000_000)))
    }
}
