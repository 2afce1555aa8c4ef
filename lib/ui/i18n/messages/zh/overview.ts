import type { Translated } from "../../translated";
import type { overview as english } from "../en/overview";

export const overview: Translated<typeof english> = {};
