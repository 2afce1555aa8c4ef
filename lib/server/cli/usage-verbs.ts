import { PoolUsageQuery } from "../../contracts/usage";
import { readAnyRequest } from "../../services/requests/read-request";
import { readPoolUsageSummary, readPoolUsageTable } from "../../services/usage-pages/read-usage";
import { resolveUser } from "../../services/users/resolve-user";
import { checked, type Verb, whole } from "./verb";

const DEFAULT_DAYS = 30;
const DAY_MS = 86_400_000;

/** Usage and the request log. */
export const USAGE_VERBS: readonly Verb[] = [
  {
    words: "usage",
    purpose: "Requests, tokens and money of the last days, by model and by user.",
    flags: {
      user: { value: "<e-mail>", help: "Only this user's" },
      days: { value: "<n>", help: `${DEFAULT_DAYS} when absent` },
    },
    async run({ ctx }, given) {
      const email = given.one("user");
      const userId = email === undefined ? undefined : await resolveUser(ctx, email);
      const nowMs = ctx.clock.nowMs();
      const days = whole(given, "days") ?? DEFAULT_DAYS;
      const range = checked(PoolUsageQuery, {
        from: new Date(nowMs - days * DAY_MS).toISOString(),
        to: new Date(nowMs).toISOString(),
        userId,
      });
      const [{ now }, models, users] = await Promise.all([
        readPoolUsageSummary(ctx, range),
        readPoolUsageTable(ctx, { ...range, by: "model" }),
        readPoolUsageTable(ctx, { ...range, by: "user" }),
      ]);
      return { from: range.from, to: range.to, total: now, models: models.rows, users: users.rows };
    },
  },
  {
    words: "request show",
    purpose: "The story of one request: attempts, decisions, usage, price.",
    argument: "request id",
    flags: {},
    run: ({ ctx }, { argument }) => readAnyRequest(ctx, { id: argument }),
  },
];
