import { expect, it } from "vitest";
import { type PortalSettings, RelayLimits, UpdateSettingsBody } from "@/lib/contracts/settings";
import { fromSettings, SettingsShape, toSettingsBody } from "./settings-values";

const SETTINGS: PortalSettings = {
  signUpPolicy: "invite",
  timeZone: "Asia/Shanghai",
  relay: RelayLimits.parse({}),
  mailVerification: false,
  publicUrl: "https://portal.example",
};

it("sends back the very settings that it shows", () => {
  const body = toSettingsBody(fromSettings(SETTINGS));
  expect(body).toEqual({
    signUpPolicy: "invite",
    timeZone: "Asia/Shanghai",
    relay: SETTINGS.relay,
  });
});

it("never lets through what the API would refuse", () => {
  const shown = fromSettings(SETTINGS);
  for (const name of ["maxBodyBytes", "firstByteMs", "totalMs", "stickyTtlSeconds"] as const) {
    for (const text of ["0.1", "1", "30", "120", "256", "1440", "99999", "-1", "x", ""]) {
      const values = { ...shown, [name]: text };
      if (!SettingsShape.safeParse(values).success) continue;
      const body = UpdateSettingsBody.safeParse(toSettingsBody(values));
      expect(body.success, `${name} ${text}`).toBe(true);
    }
  }
});
