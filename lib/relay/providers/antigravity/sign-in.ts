import { type GoogleClient, googleSettings, googleSignIn } from "../google-sign-in";

/**
 * The client of Antigravity. Its maker publishes no secret for it: an admin enters one, or a client of
 * their own. Nothing listens at the call-back address: the admin pastes the address of the failed page.
 */
const CLIENT: GoogleClient = {
  clientId: "1071006060591-tmhssin2h21lcre235vtolojh4g403ep.apps.googleusercontent.com",
  clientSecret: undefined,
  redirectUri: "http://localhost:45462",
  scopes: [
    "https://www.googleapis.com/auth/cloud-platform",
    "https://www.googleapis.com/auth/userinfo.email",
    "https://www.googleapis.com/auth/userinfo.profile",
    "https://www.googleapis.com/auth/cclog",
    "https://www.googleapis.com/auth/experimentsandconfigs",
  ],
  prompt: "select_account consent",
};

export const Settings = googleSettings(CLIENT);
export const signIn = googleSignIn(CLIENT);
