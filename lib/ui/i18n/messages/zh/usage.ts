import type { Translated } from "../../translated";
import type { usage as english } from "../en/usage";

export const usage: Translated<typeof english> = {};
