import type { Translated } from "../../translated";
import type { connect as english } from "../en/connect";

export const connect: Translated<typeof english> = {};
