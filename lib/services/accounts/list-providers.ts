import type { ProviderForm } from "../../contracts/accounts";
import { type FormField, formFields } from "../../relay/providers/form";
import { PROVIDERS } from "../../relay/providers/registry";
import { authorize } from "../auth/authorize";
import type { Context } from "../context";

/** Every kind of account with its form (admins). */
export async function listProviders(ctx: Context): Promise<ProviderForm[]> {
  authorize(ctx.actor, "account.manage");
  return PROVIDERS.map((provider) => ({
    id: provider.id,
    label: provider.label,
    protocol: provider.protocol,
    settings: formFields(provider.settings).map(plain),
    secret: formFields(provider.secret).map(plain),
    signIn: provider.signIn && (provider.signIn.poll ? "device" : "paste"),
    urlSettings: [...provider.urlSettings],
    defaultModelMap: [...provider.defaultModelMap.entries],
  }));
}

function plain(field: FormField) {
  return { ...field, options: [...field.options] };
}
