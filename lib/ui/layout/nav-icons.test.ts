import { expect, it } from "vitest";
import { currentItem } from "./nav-icons";

const groups = [
  {
    id: "main",
    items: [
      { href: "/admin", label: "Overview", icon: "overview" },
      { href: "/admin/users", label: "Users", icon: "users" },
    ],
  },
] as const;

it("marks the page that is open, also on pages below it", () => {
  expect(currentItem(groups, "/admin")?.label).toBe("Overview");
  expect(currentItem(groups, "/admin/users/usr_1")?.label).toBe("Users");
  expect(currentItem(groups, "/administrators")).toBeNull();
});
