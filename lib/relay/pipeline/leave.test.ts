import { expect, it } from "vitest";
import { fakeRequest } from "../testing/fake-sink";
import { watchLeave } from "./leave";

it("does what was asked last when the caller leaves", () => {
  const request = fakeRequest("/", {});
  const leave = watchLeave(request);
  const done: string[] = [];
  leave.whenLeft(() => done.push("first"));
  leave.whenLeft(() => done.push("second"));
  expect(leave.hasLeft()).toBe(false);
  request.leave();
  expect(done).toEqual(["second"]);
  expect(leave.hasLeft()).toBe(true);
});

it("does it at once for a caller who has left already", () => {
  const request = fakeRequest("/", {});
  const leave = watchLeave(request);
  request.leave();
  const done: string[] = [];
  leave.whenLeft(() => done.push("late"));
  expect(done).toEqual(["late"]);
});

it("hears nothing after it was stopped", () => {
  const request = fakeRequest("/", {});
  const leave = watchLeave(request);
  leave.stop();
  request.leave();
  expect(leave.hasLeft()).toBe(false);
});
