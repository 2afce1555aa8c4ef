import { expect, it } from "vitest";
import { UpdateUserBody, type User } from "@/lib/contracts/users";
import { fromUser, toUserBody, UserFormShape } from "./user-form-values";

const USER: User = {
  id: "usr_1",
  email: "mei@example.org",
  name: "Mei",
  role: "member",
  status: "active",
  createdAt: "2026-11-01T00:00:00.000Z",
  lastSignInAt: null,
  keys: 1,
  monthChargeMicroUsd: "0",
  dailyLimitMicroUsd: "2500000",
  weeklyLimitMicroUsd: null,
  monthlyLimitMicroUsd: "120000001",
  totalLimitMicroUsd: null,
  concurrencyLimit: 3,
};

it("shows amounts in dollars and sends the same micro-USD back", () => {
  const shown = fromUser(USER);
  expect(shown.daily).toBe("2.50");
  expect(toUserBody(shown)).toEqual({
    name: "Mei",
    role: "member",
    dailyLimitMicroUsd: "2500000",
    weeklyLimitMicroUsd: null,
    monthlyLimitMicroUsd: "120000001",
    totalLimitMicroUsd: null,
    concurrencyLimit: 3,
  });
  expect(UpdateUserBody.safeParse(toUserBody(shown)).success).toBe(true);
});

it("refuses negative amounts and odd numbers of requests", () => {
  const wrong = (change: object) =>
    !UserFormShape.safeParse({ ...fromUser(USER), ...change }).success;
  expect(wrong({ daily: "-1" })).toBe(true);
  expect(wrong({ total: "ten" })).toBe(true);
  expect(wrong({ concurrency: "0" })).toBe(true);
  expect(wrong({ concurrency: "" })).toBe(false);
});
