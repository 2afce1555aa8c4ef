import {
  type Act,
  beginSignIn,
  inTurn,
  makeKey,
  openPhoneMenu,
  press,
  pressLast,
  previewImport,
  searchFor,
} from "./view-acts";

/** Who looks: "newcomer" has signed up and done nothing yet. */
export const READERS = ["nobody", "newcomer", "member", "admin"] as const;
export type Reader = (typeof READERS)[number];

/** Ids and links of one filled portal that the addresses of pages hold. */
export interface Places {
  request: string;
  refusedRequest: string;
  failedRequest: string;
  /** A request that passed the portal twice, and how it came back. */
  firstHop: string;
  secondHop: string;
  account: string;
  brokenAccount: string;
  key: string;
  user: string;
  invitation: string;
  reset: string;
}

/** Of a portal that holds nothing yet. */
export const NO_PLACES: Places = {
  request: "",
  refusedRequest: "",
  failedRequest: "",
  firstHop: "",
  secondHop: "",
  account: "",
  brokenAccount: "",
  key: "",
  user: "",
  invitation: "",
  reset: "",
};

/** One look at a page. */
export interface View {
  /** Name of its picture. */
  name: string;
  as: Reader;
  address: string | ((places: Places) => string);
  /** Brings the page into the state that is looked at, after it has loaded. */
  act?: Act;
}

const view = (name: string, as: Reader, address: View["address"], act?: View["act"]): View => ({
  name,
  as,
  address,
  ...(act && { act }),
});

const OPEN_FORM = "main button:has(svg.lucide-plus)";
const ROW_MENU = "tbody button[aria-haspopup=menu]";
const FIRST_ROW = "[data-open-row]";
const SEND = "form button[type=submit]";
/** The kinds of account to choose from. */
/** The second kind of the list is connected by signing in. */
const SIGNED_IN_KIND = "[role=dialog] li:nth-child(2) button";
const KIND = "[role=dialog] li button";
const EXACT_RANGE = "main button:has(svg[class*=calendar])";
const AS_TABLE = "main button:has(svg[class*=table])";

/** Every page of the build with the views of it. A page that is not in here fails the pictures. */
export const VIEWS: Readonly<Record<string, readonly View[]>> = {
  "/(site)/page": [view("landing", "nobody", "/"), view("landing-signed-in", "member", "/")],
  "/(auth)/sign-in/page": [
    view("sign-in", "nobody", "/sign-in"),
    view("sign-in-errors", "nobody", "/sign-in", press(SEND)),
  ],
  "/(auth)/sign-up/page": [
    view("sign-up", "nobody", "/sign-up"),
    view("sign-up-invited", "nobody", ({ invitation }) => invitation),
    view("sign-up-bad-invitation", "nobody", `/sign-up?invitation=${"x".repeat(43)}`),
  ],
  "/(auth)/set-up/page": [view("set-up-used", "nobody", "/set-up?token=used")],
  "/(auth)/reset-password/page": [
    view("reset-password", "nobody", ({ reset }) => reset),
    view("reset-password-bad", "nobody", "/reset-password?token=used"),
  ],
  "/(portal)/overview/page": [
    view("overview", "member", "/overview"),
    view("overview-empty", "newcomer", "/overview"),
    view("search", "member", "/overview", searchFor("ci")),
    view("user-menu", "admin", "/overview", pressLast("header button[aria-haspopup=menu]")),
    view("phone-menu", "member", "/overview", openPhoneMenu),
  ],
  "/(portal)/connect/page": [
    view("connect", "member", "/connect"),
    view("connect-router", "member", "/connect?client=ccr"),
    view("connect-codex", "member", "/connect?client=codex"),
    view("connect-opencode", "member", "/connect?client=opencode"),
    view("connect-python", "member", "/connect?client=python"),
    view("connect-empty", "newcomer", "/connect"),
  ],
  "/(portal)/keys/page": [
    view("keys", "member", "/keys"),
    view("keys-empty", "newcomer", "/keys"),
    view("keys-open", "member", ({ key }) => `/keys?open=${key}`),
    view("keys-create", "member", "/keys", press(OPEN_FORM)),
    view(
      "keys-create-errors",
      "member",
      "/keys",
      inTurn(press(OPEN_FORM), press("[role=dialog] button[type=submit]")),
    ),
    view("keys-made", "member", "/keys", inTurn(press(OPEN_FORM), makeKey)),
    view("keys-menu", "member", "/keys", press(ROW_MENU)),
    view(
      "keys-revoke",
      "member",
      "/keys",
      inTurn(press(ROW_MENU), pressLast("[role=menu] [role=menuitem]")),
    ),
    view("keys-columns", "member", "/keys", press("main button:has(svg[class*=lucide-columns])")),
  ],
  "/(portal)/usage/page": [
    view("usage", "member", "/usage?range=month"),
    view("usage-day", "member", "/usage?range=day&by=key"),
    view("usage-table", "member", "/usage?range=month", press(AS_TABLE)),
    view("usage-exact", "member", "/usage?range=month", press(EXACT_RANGE)),
    view("usage-empty", "newcomer", "/usage"),
  ],
  "/(portal)/requests/page": [
    view("requests", "member", "/requests"),
    view("requests-none", "member", "/requests?q=nothing-like-this"),
    view("requests-empty", "newcomer", "/requests"),
  ],
  "/(portal)/requests/[id]/page": [
    view("request", "member", ({ request }) => `/requests/${request}`),
    view("request-refused", "member", ({ refusedRequest }) => `/requests/${refusedRequest}`),
    view("request-failed", "member", ({ failedRequest }) => `/requests/${failedRequest}`),
    view("request-two-hops", "member", ({ firstHop }) => `/requests/${firstHop}`),
    view("request-unknown", "member", "/requests/req_thereIsNoSuchRequest"),
  ],
  "/(portal)/settings/page": [view("settings", "member", "/settings")],
  "/(admin)/admin/accounts/page": [
    view("admin-accounts", "admin", "/admin/accounts"),
    view("admin-accounts-add", "admin", "/admin/accounts", press(OPEN_FORM)),
    view("admin-accounts-form", "admin", "/admin/accounts", inTurn(press(OPEN_FORM), press(KIND))),
    view(
      "admin-accounts-form-last",
      "admin",
      "/admin/accounts",
      inTurn(press(OPEN_FORM), pressLast(KIND)),
    ),
    view(
      "admin-accounts-sign-in",
      "admin",
      "/admin/accounts",
      inTurn(press(OPEN_FORM), press(SIGNED_IN_KIND), beginSignIn),
    ),
  ],
  "/(admin)/admin/accounts/[id]/page": [
    view("admin-account", "admin", ({ account }) => `/admin/accounts/${account}`),
    view(
      "admin-account-broken",
      "admin",
      ({ brokenAccount }) => `/admin/accounts/${brokenAccount}`,
    ),
    view(
      "admin-account-edit",
      "admin",
      ({ account }) => `/admin/accounts/${account}`,
      press("main button:has(svg.lucide-pencil)"),
    ),
  ],
  "/(admin)/admin/page": [
    view("admin-overview", "admin", "/admin"),
    view("no-permission", "member", "/admin"),
  ],
  "/(admin)/admin/users/page": [
    view("admin-users", "admin", "/admin/users"),
    view("admin-users-open", "admin", ({ user }) => `/admin/users?open=${user}`),
    view("admin-users-invite", "admin", "/admin/users", press(OPEN_FORM)),
  ],
  "/(admin)/admin/keys/page": [
    view("admin-keys", "admin", "/admin/keys"),
    view("admin-keys-create", "admin", "/admin/keys", press(OPEN_FORM)),
    view("admin-keys-open", "admin", "/admin/keys", press(FIRST_ROW)),
  ],
  "/(admin)/admin/requests/page": [view("admin-requests", "admin", "/admin/requests")],
  "/(admin)/admin/requests/[id]/page": [
    view("admin-request", "admin", ({ request }) => `/admin/requests/${request}`),
    view(
      "admin-request-failed",
      "admin",
      ({ failedRequest }) => `/admin/requests/${failedRequest}`,
    ),
    view("admin-request-two-hops", "admin", ({ firstHop }) => `/admin/requests/${firstHop}`),
    view("admin-request-second-hop", "admin", ({ secondHop }) => `/admin/requests/${secondHop}`),
  ],
  "/(admin)/admin/models/page": [view("admin-models", "admin", "/admin/models")],
  "/(admin)/admin/routing/page": [
    view("admin-routing", "admin", "/admin/routing"),
    view("admin-routing-what-if", "admin", "/admin/routing", press("[data-replay]")),
  ],
  "/(admin)/admin/groups/page": [
    view("admin-groups", "admin", "/admin/groups"),
    view("admin-groups-open", "admin", "/admin/groups", press(FIRST_ROW)),
    view("admin-groups-new", "admin", "/admin/groups", press(OPEN_FORM)),
  ],
  "/(admin)/admin/notifications/page": [
    view("admin-notifications", "admin", "/admin/notifications"),
    view("admin-notifications-add", "admin", "/admin/notifications", press(OPEN_FORM)),
    view(
      "admin-notifications-form",
      "admin",
      "/admin/notifications",
      inTurn(press(OPEN_FORM), press(KIND)),
    ),
  ],
  "/(admin)/admin/import/page": [
    view("admin-import", "admin", "/admin/import"),
    view("admin-import-preview", "admin", "/admin/import", previewImport),
  ],
  "/(admin)/admin/translation/page": [
    view("admin-translation", "admin", "/admin/translation"),
    view("admin-translation-open", "admin", "/admin/translation?open=anthropic.openai-responses"),
    view("admin-translation-same", "admin", "/admin/translation?open=gemini.gemini"),
  ],
  "/(admin)/admin/audit/page": [
    view("admin-audit", "admin", "/admin/audit"),
    view("admin-audit-open", "admin", "/admin/audit", press(FIRST_ROW)),
  ],
  "/(admin)/admin/settings/page": [view("admin-settings", "admin", "/admin/settings")],
  "/_not-found/page": [view("not-found", "nobody", "/there-is-no-such-page")],
  // Shown only when the root layout itself fails, which no address brings about.
  "/_global-error/page": [],
};

/** Pages of the build that no view shows, and views of pages that the build does not have. */
export function viewGaps(built: readonly string[]): { unseen: string[]; gone: string[] } {
  return {
    unseen: built.filter((entry) => !(entry in VIEWS)),
    gone: Object.keys(VIEWS).filter((entry) => !built.includes(entry)),
  };
}
