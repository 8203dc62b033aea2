// Stands for node:child_process in commander's bundle: it is for subcommands that are programs of
// their own, which kb has none of, and loading it would be part of every start.
module.exports = {
  spawn() {
    throw new Error('kb has no subcommand that is a program of its own');
  },
};
