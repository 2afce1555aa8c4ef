import { expect, it } from "vitest";
import { invitationIn } from "./invitation-in";

const TOKEN = "aB3dE5fG7hJ9kL1mN3pQ5r";

it("takes the whole link as well as the code alone", () => {
  expect(invitationIn(`  https://portal.example/sign-up?invitation=${TOKEN}\n`)).toBe(TOKEN);
  expect(invitationIn(TOKEN)).toBe(TOKEN);
});

it("takes nothing that cannot be an invitation", () => {
  expect(invitationIn("short")).toBeNull();
  expect(invitationIn("https://portal.example/sign-up")).toBeNull();
});
