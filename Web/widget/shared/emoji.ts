/** What is offered to those whose keyboard has none. */
export const EMOJI = "😀 😄 😊 🙂 😉 😍 🤩 😂 🤣 😅 🤔 😐 😕 🙁 😢 😭 😡 😴 🤗 🙏 👍 👎 👏 🙌 💪 👋 🤝 👌 ❤️ 💙 💚 🎉 ✨ 🔥 ⭐ ✅ ❌ ❓ ❗ 💡 📦 🚚 🛒 💳 🎁 ⏰ 📎 ☕".split(" ");
