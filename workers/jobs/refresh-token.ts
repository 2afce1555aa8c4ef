import { jobs } from "../../lib/contracts/jobs";
import { refreshAccountToken } from "../../lib/services/accounts/expiring-tokens";
import { on } from "../runtime/handler";

export const refreshToken = on(jobs.refreshToken, refreshAccountToken);
