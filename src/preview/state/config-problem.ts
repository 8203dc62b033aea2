import type { Content } from '../../model/content.ts';
import type { Finding } from '../../model/finding.ts';
import { configFile } from '../../repository/reading/content-path.ts';

/** What is wrong with kb.yaml; null while it can be read. Until it is mended, defaults stand in. */
export function configProblem({ problems }: Content): Finding | null {
  return problems.find(({ file, severity }) => file === configFile && severity === 'error') ?? null;
}
