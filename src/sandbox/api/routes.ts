import { adminRoutes } from './admins.ts';
import { articleDraftRoutes } from './article-drafts.ts';
import { articleSearchRoutes } from './article-search.ts';
import { articleVersionRoutes } from './article-versions.ts';
import { articleRoutes } from './articles.ts';
import { audienceRoutes } from './audiences.ts';
import { collectionRoutes } from './collections.ts';
import { contentSearchRoutes } from './content-search.ts';
import { helpCenterRoutes } from './help-centers.ts';
import { internalArticleRoutes } from './internal-articles.ts';
import { redirectRoutes } from './redirects.ts';
import type { ApiRoute } from './route.ts';
import { tagRoutes } from './tags.ts';
import { teamRoutes } from './teams.ts';

/** Everything the sandbox answers. Fixed paths stand before those with a parameter in their place. */
export const API_ROUTES: readonly ApiRoute[] = [
  ...adminRoutes,
  ...teamRoutes,
  ...tagRoutes,
  ...helpCenterRoutes,
  ...collectionRoutes,
  ...redirectRoutes,
  ...articleSearchRoutes,
  ...articleRoutes,
  ...articleDraftRoutes,
  ...articleVersionRoutes,
  ...internalArticleRoutes,
  ...audienceRoutes,
  ...contentSearchRoutes,
];

export interface RouteMatch {
  readonly route: ApiRoute;
  readonly params: Readonly<Record<string, string>>;
}

interface CompiledRoute {
  readonly route: ApiRoute;
  readonly segments: readonly string[];
}

const compiled: readonly CompiledRoute[] = API_ROUTES.map((route) => ({
  route,
  segments: route.path.split('/').slice(1),
}));

/** The route of a call, if there is one. A slash at the end makes no difference. */
export function matchRoute(method: string, pathname: string): RouteMatch | undefined {
  const segments = pathname.replace(/\/+$/, '').split('/').slice(1);
  for (const candidate of compiled) {
    if (candidate.route.method !== method || candidate.segments.length !== segments.length)
      continue;
    const params = paramsOf(candidate.segments, segments);
    if (params !== undefined) return { route: candidate.route, params };
  }
  return undefined;
}

function paramsOf(
  pattern: readonly string[],
  segments: readonly string[],
): Readonly<Record<string, string>> | undefined {
  const params: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? '';
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name !== undefined && segment !== '') params[name] = segment;
    else if (part !== segment) return undefined;
  }
  return params;
}
