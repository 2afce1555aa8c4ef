import type { Translated } from "../../translated";
import type { adminUsers as english } from "../en/admin-users";

export const adminUsers: Translated<typeof english> = {};
