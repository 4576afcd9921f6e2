import { DEFAULT_COLOUR } from "../shared/colour";
import { Bridge } from "./bridge";
import { readConfig, readStart } from "./config";
import { Widget } from "./widget";
import { chooseLanguage } from "./words";
import { applyTheme } from "./theme";

const config = readConfig();
const start = readStart();
applyTheme(start.settings.darkMode ?? "auto", config.widgetColor || DEFAULT_COLOUR);
document.title = config.websiteName || "Chat";

void chooseLanguage(start.settings.locale, start.settings.useBrowserLanguage, config.locale).then(() => {
    const widget = new Widget(config, start, (handle) => new Bridge(start.origin, handle));
    (document.getElementById("widget") as HTMLElement).append(widget.element);
    return widget.begin();
});
