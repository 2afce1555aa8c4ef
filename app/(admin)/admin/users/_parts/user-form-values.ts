import { z } from "zod";
import { Name } from "@/lib/contracts/common";
import type { UpdateUserBody, User } from "@/lib/contracts/users";
import { formatUsdExact, parseUsd } from "@/lib/shared/money";

const MAX_CONCURRENCY = 100_000;

const isBlank = (text: string) => text.trim() === "";
const Usd = z
  .string()
  .refine((text) => isBlank(text) || (!text.includes("-") && parseUsd(text) !== null));

/** What a person types into the form of a user: amounts in USD, blank for no limit. */
export const UserFormShape = z.object({
  name: Name,
  role: z.enum(["member", "admin"]),
  daily: Usd,
  weekly: Usd,
  monthly: Usd,
  total: Usd,
  concurrency: z.string().refine((text) => {
    const whole = /^\d{1,6}$/.test(text.trim());
    return isBlank(text) || (whole && Number(text) >= 1 && Number(text) <= MAX_CONCURRENCY);
  }),
});
export type UserFormValues = z.input<typeof UserFormShape>;

/** A user as the form shows it. */
export function fromUser(user: User): UserFormValues {
  return {
    name: user.name,
    role: user.role,
    daily: usdOf(user.dailyLimitMicroUsd),
    weekly: usdOf(user.weeklyLimitMicroUsd),
    monthly: usdOf(user.monthlyLimitMicroUsd),
    total: usdOf(user.totalLimitMicroUsd),
    concurrency: user.concurrencyLimit?.toString() ?? "",
  };
}

/** The form's values as the API takes them. */
export function toUserBody(values: UserFormValues): UpdateUserBody {
  return {
    name: values.name,
    role: values.role,
    dailyLimitMicroUsd: microOf(values.daily),
    weeklyLimitMicroUsd: microOf(values.weekly),
    monthlyLimitMicroUsd: microOf(values.monthly),
    totalLimitMicroUsd: microOf(values.total),
    concurrencyLimit: isBlank(values.concurrency) ? null : Number(values.concurrency),
  };
}

function microOf(text: string): string | null {
  return isBlank(text) ? null : (parseUsd(text)?.toString() ?? null);
}

function usdOf(micro: string | null): string {
  return micro === null ? "" : formatUsdExact(BigInt(micro));
}
