/** Every word that the dashboard says, a file for each page: another language is another folder of this shape. */
import { bulk } from "./bulk";
import { canned } from "./canned";
import { composer } from "./composer";
import { details } from "./details";
import { email } from "./email";
import { general } from "./general";
import { health } from "./health";
import { list } from "./list";
import { mailDesk } from "./mailDesk";
import { notices } from "./notices";
import { reports } from "./reports";
import { settings } from "./settings";
import { signIn } from "./signIn";
import { thread } from "./thread";

export const words = {
    ...general,
    ...signIn,
    ...list,
    ...thread,
    ...composer,
    ...details,
    ...settings,
    ...mailDesk,
    ...email,
    ...canned,
    ...bulk,
    ...health,
    ...reports,
    ...notices,
};
