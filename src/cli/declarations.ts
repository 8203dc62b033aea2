import { adopt } from './commands/adopt.ts';
import { ask } from './commands/ask.ts';
import { check } from './commands/check.ts';
import { doctor } from './commands/doctor.ts';
import { drift } from './commands/drift.ts';
import { evaluation } from './commands/eval.ts';
import { init } from './commands/init.ts';
import { scaffolding } from './commands/new.ts';
import { plan } from './commands/plan.ts';
import { publish } from './commands/publish.ts';
import { review } from './commands/review.ts';
import { sandbox } from './commands/sandbox.ts';
import { translated } from './commands/translated.ts';
import type { CommandDeclaration } from './declaration.ts';

/** Every command, in the order help lists them. */
export const declarations: readonly CommandDeclaration[] = [
  init,
  scaffolding,
  check,
  review,
  translated,
  plan,
  publish,
  adopt,
  drift,
  ask,
  evaluation,
  doctor,
  sandbox,
];
