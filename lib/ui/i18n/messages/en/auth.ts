export const auth = {
  email: "E-mail",
  password: "Password",
  name: "Name",
  nameHelp: "How the portal calls you. Administrators see it too.",
  newPassword: "New password",
  passwordHelp:
    "At least 10 characters. A few unrelated words are easy to remember and hard to guess.",
  wrong: {
    name: "A name of 1 to 100 characters.",
    email: "An e-mail address, such as ada@example.org.",
    password: "At least 10 characters.",
    passwordMissing: "Your password.",
  },
  signIn: {
    title: "Sign in",
    purpose: "Your keys, your usage and every request you sent.",
    submit: "Sign in",
    mismatch: "This e-mail address and password do not belong together.",
    forgot: "Forgot your password? An administrator can give you a link to set a new one.",
    noAccount: "No account yet?",
    signUp: "Sign up",
    needsSetUp:
      "This portal has no administrator yet. Open the set-up link that the terminal printed at the first start.",
  },
  signUp: {
    title: "Create your account",
    purpose: "One account holds your keys and shows what they are used for.",
    invited: "You were invited. Choose a name and a password.",
    submit: "Create account",
    taken: "There is already an account with this e-mail address. Sign in instead.",
    have: "Already have an account?",
    signIn: "Sign in",
    closedTitle: "Sign-up is closed",
    closedBody:
      "New accounts are made by an administrator of this portal. Ask for an invitation link.",
    inviteTitle: "You need an invitation",
    inviteBody:
      "Paste the invitation link, or the code at its end, that an administrator gave you.",
    inviteField: "Invitation link or code",
    inviteWrong: "An invitation has at least 20 characters.",
    inviteSubmit: "Continue",
    badTitle: "This invitation does not work",
    badBody:
      "It was used already, has expired, or was taken back. Ask an administrator for a new one.",
    needsSetUpTitle: "Not set up yet",
  },
  reset: {
    title: "Set a new password",
    purpose: "All sessions of your account end, then you sign in with the new password.",
    forEmail: "For the account {email}.",
    submit: "Set password",
    doneTitle: "Password set",
    doneBody: "Sign in with your new password.",
    badTitle: "This link does not work",
    badBody:
      "Links to set a password work once and for a limited time. Ask an administrator for a new one.",
  },
} as const;
