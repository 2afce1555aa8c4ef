import { expect, it } from "vitest";
import { browserName } from "./browser-name";

it("tells browsers apart that claim to be one another", () => {
  const chrome =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36";
  const safari =
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1";
  expect(browserName(chrome)).toEqual({ browser: "Chrome", system: "Windows" });
  expect(browserName(`${chrome} Edg/156.0`)).toEqual({ browser: "Edge", system: "Windows" });
  expect(browserName(safari)).toEqual({ browser: "Safari", system: "iOS" });
});

it("makes nothing up", () => {
  expect(browserName("curl/8.5")).toEqual({ browser: null, system: null });
});
