import type { Translated } from "../../translated";
import type { keys as english } from "../en/keys";

export const keys: Translated<typeof english> = {};
