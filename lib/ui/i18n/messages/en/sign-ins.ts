/** Connecting an account by signing in at its provider. */
export const signIns = {
  way: "How to connect",
  browser: "Sign in",
  byHand: "Enter tokens",
  browserHelp:
    "You sign in at the provider in another tab. Only share an account that you are entitled to share.",
  addresses: "Addresses and client",
  begin: "Go on to sign in",
  open: "Open the sign-in page",
  address: "Sign-in address",
  pasteHelp:
    "Agree there, then paste the code that is shown, or the whole address of the page at which the browser ended, even if that page could not be opened.",
  pasted: "Code or address",
  pastedMissing: "Paste the code, or the address that the browser ended at.",
  finish: "Connect the account",
  typeCode: "Type this code there",
  waiting: "Waiting until you have agreed there. This page goes on by itself.",
  expires: "Good for {minutes, plural, one {# minute} other {# minutes}}.",
  connected: "{name} is connected.",
  again: "Sign in again",
  againTitle: "Sign in again: {name}",
  againPurpose: "The account keeps its history, its limits and its place in the pool.",
};
