import { type BackendCall, startBackend } from "./backend";

const TOKEN = "f".repeat(64);

/** A running claude-relay-service as far as its accounts can be asked for: log-in, then the export. */
export function startCrs({ password, data }: { password: string; data: object }) {
  return startBackend({ port: 0 }, (call) => {
    if (call.url.pathname === "/web/auth/login") return logIn(call, password);
    if (call.url.pathname === "/admin/sync/export-accounts") return exportAccounts(call, data);
    return { status: 404, answer: { error: "Not found" } };
  });
}

function logIn({ method, body }: BackendCall, password: string) {
  const given = JSON.parse(body.toString("utf8"));
  const known = given.username === "cr_admin" && given.password === password;
  if (method !== "POST" || !known) return { status: 401, answer: { error: "Invalid credentials" } };
  return { status: 200, answer: { success: true, token: TOKEN, expiresIn: 86_400_000 } };
}

function exportAccounts({ headers, url }: BackendCall, data: object) {
  if (headers.authorization !== `Bearer ${TOKEN}`) {
    return { status: 401, answer: { error: "Missing admin token" } };
  }
  if (url.searchParams.get("include_secrets") !== "true") {
    return { status: 400, answer: { success: false, error: "include_secrets_required" } };
  }
  return { status: 200, answer: { success: true, data } };
}

/** Two accounts as `sync/export-accounts` tells them. */
export function crsLiveLists() {
  return {
    exportedAt: "2026-11-24T10:00:00.000Z",
    claudeAccounts: [
      {
        kind: "claude-account",
        id: "live-1",
        name: "Live Max",
        authType: "oauth",
        isActive: true,
        schedulable: true,
        priority: 50,
        status: "active",
        proxy: null,
        credentials: {
          access_token: "sk-ant-oat01-live",
          refresh_token: "sk-ant-ort01-live",
          expires_at: "2026-11-24T18:00:00.000Z",
          scope: "user:profile user:inference",
        },
        extra: { crs_id: "live-1" },
      },
    ],
    claudeConsoleAccounts: [
      {
        kind: "claude-console-account",
        id: "live-2",
        name: "Live console",
        isActive: true,
        schedulable: true,
        priority: 20,
        status: "active",
        proxy: null,
        maxConcurrentTasks: 3,
        credentials: {
          api_key: "live-key-of-ours",
          base_url: "https://console.example.org",
          model_mapping: { "claude-opus-4-5": "claude-opus-4-5" },
        },
      },
    ],
    openaiOAuthAccounts: [],
    openaiResponsesAccounts: [],
  };
}
