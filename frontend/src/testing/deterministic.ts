import fc from "fast-check";

// On a build server a run says something about the change, not about the dice: the same cases each time.
// Everywhere else they are new in each run, and a failure prints its seed.
if (process.env.CI) fc.configureGlobal({ seed: 20261121 });
