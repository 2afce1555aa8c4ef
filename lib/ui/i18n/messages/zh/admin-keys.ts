import type { Translated } from "../../translated";
import type { adminKeys as english } from "../en/admin-keys";

export const adminKeys: Translated<typeof english> = {};
