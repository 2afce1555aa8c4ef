import { jobs } from "../../lib/contracts/jobs";
import { findExpiringTokens as find } from "../../lib/services/accounts/expiring-tokens";
import { on } from "../runtime/handler";

export const findExpiringTokens = on(jobs.findExpiringTokens, find);
