import type { Translated } from "../../translated";
import type { adminSettings as english } from "../en/admin-settings";

export const adminSettings: Translated<typeof english> = {};
