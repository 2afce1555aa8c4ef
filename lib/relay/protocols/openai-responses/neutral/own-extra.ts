import { extrasOf } from "../../own-extra";

export const { kept, ownExtra, isOwn, ownFields, foreignNames } = extrasOf("openai-responses");
