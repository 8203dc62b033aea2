#!/usr/bin/env node
// Old versions of Node read this file before they can be told: only syntax that Node 14 parses.
import module from 'node:module';
import { fileURLToPath } from 'node:url';
import { nodeVersionProblem } from '../commands/node-version.ts';

const problem = nodeVersionProblem(process.version);
if (problem === null) {
  // What Node compiled is kept beside the program: who may write there may change the program itself.
  module.enableCompileCache(fileURLToPath(new URL('../../.compile-cache', import.meta.url)));
  import('./main.ts').then((cli) => cli.main());
} else {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 2;
}
