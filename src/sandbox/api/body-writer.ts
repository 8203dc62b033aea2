import { RefusedBody, type SavedBody, saveBody } from '../habits/save-body.ts';
import type { Op } from '../state/tables.ts';
import type { Workspace } from '../workspace.ts';
import { invalid } from './api-error.ts';

/** Saves the bodies of one request, and gathers what must be committed with them. */
export interface BodyWriter {
  /**
   * @param place what the heading ids belong to: an article and a locale
   * @throws ApiError 400 when the store refuses the body: the whole request fails then.
   */
  save(html: string, place: string, knownHeadingIds: readonly string[]): SavedBody;
  ops(): readonly Op[];
}

export function createBodyWriter(workspace: Workspace): BodyWriter {
  const ops: Op[] = [];
  const addresses = new Map<string, string>();

  function hostImage(source: string): string {
    const known = addresses.get(source);
    if (known !== undefined) return known;
    const hosted = workspace.images.host(source);
    addresses.set(source, hosted.address);
    ops.push(...hosted.ops);
    return hosted.address;
  }

  function keepImage(source: string): string {
    workspace.images.assertFetchable(source);
    return source;
  }

  return {
    save(html, place, knownHeadingIds) {
      const profile = workspace.profile();
      let made = knownHeadingIds.length;
      const nextHeadingId = (): string => {
        made += 1;
        return workspace.headingId(place, made);
      };
      const imageAddress = profile.imageHosting === 'rehosted' ? hostImage : keepImage;
      try {
        return saveBody(html, { profile, knownHeadingIds, nextHeadingId, hostImage: imageAddress });
      } catch (error) {
        if (error instanceof RefusedBody) throw invalid(error.message, 'body');
        throw error;
      }
    },
    ops: () => ops,
  };
}
