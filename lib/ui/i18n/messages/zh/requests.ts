import type { Translated } from "../../translated";
import type { requests as english } from "../en/requests";

export const requests: Translated<typeof english> = {};
