// Loaded into web and worker before their own code: when the supervisor is gone (even by kill -9),
// they end in good order instead of holding the port against the next start.
process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
process.channel?.unref();
