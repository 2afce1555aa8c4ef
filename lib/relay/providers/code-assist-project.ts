import { z } from "zod";
import { AppError } from "../../shared/errors";
import { diagnoseGoogle, isGooglePage } from "./google-diagnosis";
import { jsonOf } from "./oauth";
import type { Ask } from "./sign-in";

/** Where and as whom Code Assist is asked. */
export interface CodeAssistVisitor {
  baseUrl: string;
  accessToken: string;
  /** The project that an admin entered. */
  project: string | undefined;
}

const Tier = z.object({
  id: z.string(),
  isDefault: z.boolean().catch(false),
  userDefinedCloudaicompanionProject: z.boolean().catch(false),
});
const Barred = z.object({
  reasonCode: z.string().catch(""),
  reasonMessage: z.string().catch(""),
  validationUrl: z.string().catch(""),
});
const Loaded = z.object({
  currentTier: Tier.nullish().catch(null),
  allowedTiers: z.array(Tier).nullish().catch(null),
  ineligibleTiers: z.array(Barred).nullish().catch(null),
  cloudaicompanionProject: z.string().nullish().catch(null),
});
type Loaded = z.output<typeof Loaded>;
const Operation = z.object({
  name: z.string().catch(""),
  done: z.boolean().catch(false),
  response: z
    .object({
      cloudaicompanionProject: z
        .object({ id: z.string().min(1) })
        .nullish()
        .catch(null),
    })
    .nullish()
    .catch(null),
});

/** Google sets a new user up within half a minute; it is asked this often. */
const LOOKS = 10;
const LOOK_EVERY_MS = 3_000;
/** Of whoever is offered none: a project of their own is needed. */
const OWN_PROJECT_TIER = {
  id: "legacy-tier",
  isDefault: true,
  userDefinedCloudaicompanionProject: true,
};
const FREE_TIER = "free-tier";

/**
 * The Google Cloud project under which Code Assist serves this user; one that an admin entered wins. A
 * user who is new there is taken on board first. Throws AppError("invalid_request") with what the admin
 * has to do where the user needs a project, a verification or another account, and any other failure
 * where it may be tried again.
 * @see https://github.com/google-gemini/gemini-cli/blob/main/packages/core/src/code_assist/setup.ts
 */
export async function discoverProject(visitor: CodeAssistVisitor, ask: Ask): Promise<string> {
  const loaded = await loadCodeAssist(visitor, ask);
  if (loaded.currentTier) {
    return visitor.project ?? loaded.cloudaicompanionProject ?? needsMore(loaded);
  }
  checkVerified(loaded);
  const onboarded = await onboard(visitor, loaded, ask);
  return visitor.project ?? onboarded ?? needsMore(loaded);
}

/** The project of a user who is on board; null when it cannot be told without an admin. */
export async function knownProject(visitor: CodeAssistVisitor, ask: Ask): Promise<string | null> {
  const { currentTier, cloudaicompanionProject } = await loadCodeAssist(visitor, ask);
  return (currentTier && cloudaicompanionProject) || null;
}

async function loadCodeAssist(visitor: CodeAssistVisitor, ask: Ask): Promise<Loaded> {
  const { project } = visitor;
  const own = project && { cloudaicompanionProject: project };
  const body = { ...own, metadata: whoAsks(project) };
  return Loaded.parse(Object(await asked(visitor, ask, { method: "loadCodeAssist", body })));
}

async function onboard(
  visitor: CodeAssistVisitor,
  { allowedTiers }: Loaded,
  ask: Ask,
): Promise<string | null> {
  const tier = allowedTiers?.find(({ isDefault }) => isDefault) ?? OWN_PROJECT_TIER;
  const { id: tierId, userDefinedCloudaicompanionProject: wantsOwn } = tier;
  // The free tier's project is Google's own: naming one there is refused.
  const project = tierId === FREE_TIER ? undefined : visitor.project;
  if (wantsOwn && tierId !== FREE_TIER && !project) return null;
  const own = project && { cloudaicompanionProject: project };
  const body = { tierId, ...own, metadata: whoAsks(project) };
  const read = (answer: unknown) => Operation.parse(Object(answer));
  let operation = read(await asked(visitor, ask, { method: "onboardUser", body }));
  for (let look = 0; !operation.done && operation.name && look < LOOKS; look++) {
    const { name } = operation;
    operation = read(await asked(visitor, ask, { operation: name, afterMs: LOOK_EVERY_MS }));
  }
  if (!operation.done) {
    const message = "Google is still setting this account up: sign in again in a minute.";
    throw new AppError("upstream_silent", message);
  }
  return operation.response?.cloudaicompanionProject?.id ?? null;
}

/** What Code Assist wants to know of a client: nothing is claimed that the portal is not. */
function whoAsks(project: string | undefined) {
  return {
    ideType: "IDE_UNSPECIFIED",
    platform: "PLATFORM_UNSPECIFIED",
    pluginType: "PLUGIN_UNSPECIFIED",
    ...(project && { duetProject: project }),
  };
}

function checkVerified({ ineligibleTiers }: Loaded): void {
  const barred = ineligibleTiers?.find(({ reasonCode }) => reasonCode === "VALIDATION_REQUIRED");
  if (!barred) return;
  const link = isGooglePage(barred.validationUrl) ? ` (${barred.validationUrl})` : "";
  throw refused(`Google wants the owner to verify this account first, then sign in again${link}.`);
}

function needsMore({ ineligibleTiers }: Loaded): never {
  const reasons = (ineligibleTiers ?? []).map(({ reasonMessage }) => reasonMessage).filter(Boolean);
  const told = reasons.length > 0 ? ` Google says: ${reasons.join(" ").slice(0, MAX_TOLD)}` : "";
  const message =
    'This Google account needs a Google Cloud project of its own: enter its id under "Google Cloud project" and sign in again.';
  throw refused(message + told, "project");
}

const MAX_TOLD = 500;

function refused(message: string, field = "pasted"): AppError {
  return new AppError("invalid_request", message, { fields: { [field]: message } });
}

type Question = { method: string; body: object } | { operation: string; afterMs: number };

async function asked(
  { baseUrl, accessToken }: CodeAssistVisitor,
  ask: Ask,
  question: Question,
): Promise<unknown> {
  const root = `${baseUrl.replace(/\/+$/, "")}/v1internal`;
  const headers = { authorization: `Bearer ${accessToken}`, "content-type": "application/json" };
  const answer =
    "method" in question
      ? await ask({
          method: "POST",
          url: `${root}:${question.method}`,
          headers,
          body: JSON.stringify(question.body),
        })
      : await ask({
          method: "GET",
          url: `${root}/${operationPath(question.operation)}`,
          headers,
          body: null,
          afterMs: question.afterMs,
        });
  if (answer.status >= 200 && answer.status < 300) return jsonOf(answer.body);
  const failure = diagnoseGoogle({ ...answer, model: "" });
  // What is wrong with the account is the admin's to mend: it is no failure of the sign-in itself.
  if (failure.code === "upstream_denied") throw refused(failure.message);
  throw new AppError("upstream_broken", `Code Assist refused for now (${answer.status}).`);
}

/** The name becomes part of an address. */
function operationPath(name: string): string {
  if (/^(?!.*\.\.)[\w./-]{1,300}$/.test(name)) return name;
  throw new AppError("upstream_broken", "Code Assist named its operation in a way of its own.");
}
