import type { Translated } from "../../translated";
import type { adminOverview as english } from "../en/admin-overview";

export const adminOverview: Translated<typeof english> = {};
