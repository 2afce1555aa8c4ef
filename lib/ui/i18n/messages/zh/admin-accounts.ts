import type { Translated } from "../../translated";
import type { adminAccounts as english } from "../en/admin-accounts";

export const adminAccounts: Translated<typeof english> = {};
