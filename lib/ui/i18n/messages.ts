import type { Locale } from "./locale";
import { adminAccounts as adminAccountsEn } from "./messages/en/admin-accounts";
import { adminAudit as adminAuditEn } from "./messages/en/admin-audit";
import { adminGroups as adminGroupsEn } from "./messages/en/admin-groups";
import { adminImport as adminImportEn } from "./messages/en/admin-import";
import { adminKeys as adminKeysEn } from "./messages/en/admin-keys";
import { adminModels as adminModelsEn } from "./messages/en/admin-models";
import { adminNotifications as adminNotificationsEn } from "./messages/en/admin-notifications";
import { adminOverview as adminOverviewEn } from "./messages/en/admin-overview";
import { adminRequests as adminRequestsEn } from "./messages/en/admin-requests";
import { adminRouting as adminRoutingEn } from "./messages/en/admin-routing";
import { adminSettings as adminSettingsEn } from "./messages/en/admin-settings";
import { adminTranslation as adminTranslationEn } from "./messages/en/admin-translation";
import { adminUsers as adminUsersEn } from "./messages/en/admin-users";
import { auth as authEn } from "./messages/en/auth";
import { common as commonEn } from "./messages/en/common";
import { connect as connectEn } from "./messages/en/connect";
import { errors as errorsEn } from "./messages/en/errors";
import { failures as failuresEn } from "./messages/en/failures";
import { keys as keysEn } from "./messages/en/keys";
import { overview as overviewEn } from "./messages/en/overview";
import { providerFields as providerFieldsEn } from "./messages/en/provider-fields";
import { requests as requestsEn } from "./messages/en/requests";
import { settings as settingsEn } from "./messages/en/settings";
import { setup as setupEn } from "./messages/en/setup";
import { shell as shellEn } from "./messages/en/shell";
import { signIns as signInsEn } from "./messages/en/sign-ins";
import { site as siteEn } from "./messages/en/site";
import { ui as uiEn } from "./messages/en/ui";
import { usage as usageEn } from "./messages/en/usage";
import { adminAccounts as adminAccountsZh } from "./messages/zh/admin-accounts";
import { adminAudit as adminAuditZh } from "./messages/zh/admin-audit";
import { adminGroups as adminGroupsZh } from "./messages/zh/admin-groups";
import { adminImport as adminImportZh } from "./messages/zh/admin-import";
import { adminKeys as adminKeysZh } from "./messages/zh/admin-keys";
import { adminModels as adminModelsZh } from "./messages/zh/admin-models";
import { adminNotifications as adminNotificationsZh } from "./messages/zh/admin-notifications";
import { adminOverview as adminOverviewZh } from "./messages/zh/admin-overview";
import { adminRequests as adminRequestsZh } from "./messages/zh/admin-requests";
import { adminRouting as adminRoutingZh } from "./messages/zh/admin-routing";
import { adminSettings as adminSettingsZh } from "./messages/zh/admin-settings";
import { adminTranslation as adminTranslationZh } from "./messages/zh/admin-translation";
import { adminUsers as adminUsersZh } from "./messages/zh/admin-users";
import { auth as authZh } from "./messages/zh/auth";
import { common as commonZh } from "./messages/zh/common";
import { connect as connectZh } from "./messages/zh/connect";
import { errors as errorsZh } from "./messages/zh/errors";
import { failures as failuresZh } from "./messages/zh/failures";
import { keys as keysZh } from "./messages/zh/keys";
import { overview as overviewZh } from "./messages/zh/overview";
import { providerFields as providerFieldsZh } from "./messages/zh/provider-fields";
import { requests as requestsZh } from "./messages/zh/requests";
import { settings as settingsZh } from "./messages/zh/settings";
import { setup as setupZh } from "./messages/zh/setup";
import { shell as shellZh } from "./messages/zh/shell";
import { signIns as signInsZh } from "./messages/zh/sign-ins";
import { site as siteZh } from "./messages/zh/site";
import { ui as uiZh } from "./messages/zh/ui";
import { usage as usageZh } from "./messages/zh/usage";
import type { Translated } from "./translated";

/** Every word of the portal in English: the shape that the other languages follow. */
const en = {
  common: commonEn,
  ui: uiEn,
  shell: shellEn,
  errors: errorsEn,
  failures: failuresEn,
  auth: authEn,
  setup: setupEn,
  site: siteEn,
  overview: overviewEn,
  connect: connectEn,
  keys: keysEn,
  usage: usageEn,
  requests: requestsEn,
  settings: settingsEn,
  adminOverview: adminOverviewEn,
  adminAccounts: adminAccountsEn,
  providerFields: providerFieldsEn,
  signIns: signInsEn,
  adminUsers: adminUsersEn,
  adminKeys: adminKeysEn,
  adminGroups: adminGroupsEn,
  adminImport: adminImportEn,
  adminNotifications: adminNotificationsEn,
  adminRequests: adminRequestsEn,
  adminModels: adminModelsEn,
  adminTranslation: adminTranslationEn,
  adminRouting: adminRoutingEn,
  adminSettings: adminSettingsEn,
  adminAudit: adminAuditEn,
} as const;

const zh: Translated<typeof en> = {
  common: commonZh,
  ui: uiZh,
  shell: shellZh,
  errors: errorsZh,
  failures: failuresZh,
  auth: authZh,
  setup: setupZh,
  site: siteZh,
  overview: overviewZh,
  connect: connectZh,
  keys: keysZh,
  usage: usageZh,
  requests: requestsZh,
  settings: settingsZh,
  adminOverview: adminOverviewZh,
  adminAccounts: adminAccountsZh,
  providerFields: providerFieldsZh,
  signIns: signInsZh,
  adminUsers: adminUsersZh,
  adminKeys: adminKeysZh,
  adminGroups: adminGroupsZh,
  adminImport: adminImportZh,
  adminNotifications: adminNotificationsZh,
  adminRequests: adminRequestsZh,
  adminModels: adminModelsZh,
  adminTranslation: adminTranslationZh,
  adminRouting: adminRoutingZh,
  adminSettings: adminSettingsZh,
  adminAudit: adminAuditZh,
};

export type Messages = typeof en;

export const messagesByLocale: Record<Locale, Messages> = { en, zh: asMessages(zh) };

/**
 * A translation under the type of the English text. That type holds the literal sentences, from
 * which next-intl reads the ICU arguments; only its keys are true of another language.
 */
function asMessages(translated: Translated<Messages>): Messages {
  return translated as unknown as Messages;
}

// Gives every `useTranslations` and `getTranslations` call its keys and ICU arguments.
declare module "next-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}
