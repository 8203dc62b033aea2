import type { ReviewPolicy } from '../../../src/model/config.ts';
import type { Driver } from './driver.ts';

/** What a flow works on: an article of its own, and a branch of its own. */
export interface Ground {
  branch: string;
  /** Its article's file, from the top of the repository. */
  path: string;
  edit(body: string): Record<string, string>;
}

/** Something that people do with pull requests, until their text is on main. */
export interface Flow {
  name: string;
  policy?: Partial<ReviewPolicy>;
  /** Who owns its article by CODEOWNERS. */
  owners?: string;
  run(driver: Driver, ground: Ground): Promise<unknown>;
}
