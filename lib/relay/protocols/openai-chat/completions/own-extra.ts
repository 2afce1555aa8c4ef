import { extrasOf } from "../../own-extra";

export const { ownExtra, ownFields, foreignNames } = extrasOf("openai-completions");
