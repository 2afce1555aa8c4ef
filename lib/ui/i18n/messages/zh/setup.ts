import type { Translated } from "../../translated";
import type { setup as english } from "../en/setup";

export const setup: Translated<typeof english> = {};
