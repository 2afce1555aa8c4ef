import { UpdateSettingsBody } from "@/lib/contracts/settings";
import { route } from "@/lib/server/http/route";
import { readSettings } from "@/lib/services/settings/read-settings";
import { updateSettings } from "@/lib/services/settings/update-settings";

export const GET = route({ who: "admin", run: readSettings });
export const PATCH = route({ who: "admin", body: UpdateSettingsBody, run: updateSettings });
