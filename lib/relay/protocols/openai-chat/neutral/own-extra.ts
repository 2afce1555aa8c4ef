import { extrasOf } from "../../own-extra";

export const { kept, ownExtra, isOwn, ownFields } = extrasOf("openai-chat");
