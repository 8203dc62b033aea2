import type { Construct } from '../reading.ts';
import { anchorConstruct } from './anchor.ts';
import { blockquoteConstruct } from './blockquote.ts';
import { breakConstruct } from './break.ts';
import { calloutConstruct } from './callout.ts';
import { codeBlockConstruct } from './code-block.ts';
import { definitionConstruct } from './definition-list.ts';
import { detailsConstruct } from './details.ts';
import { formConstruct } from './form.ts';
import { headingConstruct } from './heading.ts';
import { imageConstruct } from './image.ts';
import { listConstruct } from './list.ts';
import { ruleConstruct } from './rule.ts';
import { scriptsConstruct } from './superscript.ts';
import { svgConstruct } from './svg.ts';
import { tableConstruct } from './table.ts';
import { tabsConstruct } from './tabs.ts';
import { videoConstruct } from './video.ts';

/** Every construct, the ones that classes and looks tell first. An element is read by the first that knows it. */
export const constructs: readonly Construct[] = [
  formConstruct,
  tabsConstruct,
  videoConstruct,
  calloutConstruct,
  headingConstruct,
  codeBlockConstruct,
  tableConstruct,
  listConstruct,
  blockquoteConstruct,
  detailsConstruct,
  definitionConstruct,
  imageConstruct,
  svgConstruct,
  anchorConstruct,
  scriptsConstruct,
  breakConstruct,
  ruleConstruct,
];
