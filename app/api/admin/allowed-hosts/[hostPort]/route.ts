import { AllowedHostParams } from "@/lib/contracts/settings";
import { route } from "@/lib/server/http/route";
import { removeAllowedHost } from "@/lib/services/settings/remove-allowed-host";

export const DELETE = route({ who: "admin", params: AllowedHostParams, run: removeAllowedHost });
