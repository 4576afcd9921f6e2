import { countIn } from "../plural";

export const plural = countIn("es");
