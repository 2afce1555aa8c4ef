import type { Translated } from "../../translated";
import type { billing as english } from "../en/billing";

export const billing: Translated<typeof english> = {};
