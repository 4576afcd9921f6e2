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
import type { Words } from "..";

export const words: Words = {
    ...activity,
    ...agents,
    ...beforeChat,
    ...bulk,
    ...canned,
    ...composer,
    ...details,
    ...email,
    ...general,
    ...health,
    ...list,
    ...mailDesk,
    ...notices,
    ...reports,
    ...settings,
    ...signIn,
    ...teams,
    ...thread,
    ...views,
};
