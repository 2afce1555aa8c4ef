import type { Translated } from "../../translated";
import type { adminRequests as english } from "../en/admin-requests";

export const adminRequests: Translated<typeof english> = {};
