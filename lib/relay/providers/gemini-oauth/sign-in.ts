import { type GoogleClient, googleSettings, googleSignIn } from "../google-sign-in";

/**
 * The public client of gemini-cli, whose users these accounts belong to. As Google says of installed
 * programs, its secret is part of the program's published source and protects nothing.
 * @see https://github.com/google-gemini/gemini-cli/blob/main/packages/core/src/code_assist/oauth2.ts
 */
const CLIENT: GoogleClient = {
  clientId: "681255809395-oo8ft2oprdrnp9e3aqf6av3hmdib135j.apps.googleusercontent.com",
  clientSecret: "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",
  redirectUri: "https://codeassist.google.com/authcode",
  scopes: [
    "https://www.googleapis.com/auth/cloud-platform",
    "https://www.googleapis.com/auth/userinfo.email",
    "https://www.googleapis.com/auth/userinfo.profile",
  ],
  prompt: "select_account consent",
};

export const Settings = googleSettings(CLIENT);
export const signIn = googleSignIn(CLIENT);
