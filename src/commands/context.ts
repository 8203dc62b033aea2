/** What every use case is told about where and when it runs. */
export interface Context {
  /** Absolute path of the content folder. */
  contentDir: string;
  /** Absolute path of the ledger; null: beside the content folder, by workspace. */
  ledgerPath: string | null;
  /** Where relative file names of the command line start. */
  cwd: string;
  /** Where the content's history lies, when the content folder is a copy of what a commit held. */
  past?: { root: string; commit: string };
  /** ISO date that reviews are judged at. */
  today: string;
  /** The chosen workspace; null: the only one. */
  workspaceName: string | null;
  env: NodeJS.ProcessEnv;
  /** Aborted by Ctrl-C: finish what runs, begin nothing new. */
  signal: AbortSignal;
  /** A line for people who asked for more. */
  verbose(line: string): void;
  /** A line that everybody should see, beside the result. */
  warn(line: string): void;
}
