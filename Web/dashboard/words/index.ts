/**
 * Every word that the dashboard says, a file for each page. What stands here is English and the shape of all: another language is a folder
 * with the same files. A word that one of them lacks does not compile.
 */
import { words as german } from "./de";
import { words as spanish } from "./es";
import { words as french } from "./fr";
import { pageLanguage } from "./language";
import type { Language } from "./language";
import { activity } from "./activity";
import { agents } from "./agents";
import { beforeChat } from "./beforeChat";
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
import { teams } from "./teams";
import { thread } from "./thread";
import { views } from "./views";

const english = {
    ...general,
    ...activity,
    ...agents,
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
    ...teams,
    ...views,
    ...beforeChat,
};

export type Words = typeof english;

const all: Record<Language, Words> = { en: english, de: german, fr: french, es: spanish };

/** In the language that was chosen when the page was loaded; choosing another one loads it again. */
export const words: Words = all[pageLanguage()];
