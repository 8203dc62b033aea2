#!/usr/bin/env node
// Old versions of Node read this file before they can be told: only syntax that Node 14 parses.
import { nodeVersionProblem } from '../commands/node-version.ts';

const problem = nodeVersionProblem(process.version);
if (problem === null) {
  import('./main.ts').then((cli) => cli.main());
} else {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 2;
}
