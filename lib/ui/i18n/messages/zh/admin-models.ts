import type { Translated } from "../../translated";
import type { adminModels as english } from "../en/admin-models";

export const adminModels: Translated<typeof english> = {};
